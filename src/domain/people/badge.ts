import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** Begins the text of every badge, so that another QR code is told from one: the 1 is the form's version. */
const PREFIX = "CFB1:";
/** Bytes of a badge's code: nobody guesses 128 random bits. */
export const BADGE_BYTES = 16;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** What the QR code of a badge says: prefix and code in base64url, 27 characters. */
export function badgeText(code: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = "";
  for (const byte of code) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += DIGITS.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return PREFIX + (bits === 0 ? text : text + DIGITS.charAt((held << (6 - bits)) & 63));
}

/** The code that a text holds; null when it is no badge's. */
export function badgeCode(text: string): Uint8Array | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith(PREFIX)) return null;
  const code = new Uint8Array(BADGE_BYTES);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of trimmed.slice(PREFIX.length)) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) return null;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    if (at === BADGE_BYTES) return null;
    code[at] = (held >> bits) & 255;
    at += 1;
    held &= (1 << bits) - 1;
  }
  // Another spelling of the same code is none: its last digit would hold bits that no byte has.
  return at === BADGE_BYTES && badgeText(code) === trimmed ? code : null;
}

/** What is kept of a code, hex. It is random and long: a plain hash cannot be searched. */
export const badgeHash = (code: Uint8Array): string => bytesToHex(sha256(code));
