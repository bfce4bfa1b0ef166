/** Crockford's base 32: no I, L, O and U, which are taken for digits or make words. */
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;
/** Symbols of a recovery key, 5 bits each: 140 bits, in seven groups of four. */
export const RECOVERY_KEY_SYMBOLS = 28;
/** Symbols of a temporary passphrase: 100 bits, in five groups of four. */
export const TEMPORARY_PASSPHRASE_SYMBOLS = 20;

/** @param random one byte for each symbol; the lower five bits are used */
export function writeGroups(random: Uint8Array): string {
  const symbols = Array.from(random, (byte) => SYMBOLS[byte & 31] ?? "").join("");
  return symbols.replace(new RegExp(`(.{${String(GROUP)}})(?=.)`, "g"), "$1-");
}

/** The symbols alone, however they were typed: case, spaces and hyphens do not matter, and look-alikes stand for what they look like. Null when it is no recovery key. */
export function readRecoveryKey(text: string): string | null {
  const symbols = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  return symbols.length === RECOVERY_KEY_SYMBOLS && /^[0-9A-HJKMNP-TV-Z]+$/.test(symbols) ? symbols : null;
}
