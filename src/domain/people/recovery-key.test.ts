import { expect, test } from "vitest";
import { readRecoveryKey, RECOVERY_KEY_SYMBOLS, writeGroups } from "./recovery-key.ts";

const bytes = Uint8Array.from({ length: RECOVERY_KEY_SYMBOLS }, (_, index) => index * 9);

test("a recovery key is read however it was typed", () => {
  const text = writeGroups(bytes);
  expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  const symbols = text.replaceAll("-", "");
  for (const typed of [text, text.toLowerCase(), symbols, text.replaceAll("-", " – "), text.replaceAll("0", "o").replaceAll("1", "l"), text.replaceAll("1", "I")]) expect(readRecoveryKey(typed)).toBe(symbols);
});

test.each(["", "0000", "U".repeat(28), "0".repeat(27), "0".repeat(29), "０".repeat(27) + "!"])("%j is no recovery key", (text) => {
  expect(readRecoveryKey(text)).toBeNull();
});

test("each symbol stands for five bits: none is likelier than another", () => {
  const counts = new Map<string, number>();
  for (const symbol of writeGroups(Uint8Array.from({ length: 256 }, (_, byte) => byte)).replaceAll("-", "")) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  expect([...counts.values()]).toEqual(Array<number>(32).fill(8));
});
