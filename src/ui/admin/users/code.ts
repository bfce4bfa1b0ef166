export const CODE_DIGITS = 6;

/** Whether it has the form of an authenticator app's code. */
export const isCode = (code: string): boolean => code.length === CODE_DIGITS;

/** What was typed or pasted, as digits 0 to 9: the space in the middle is left out, and digits of other scripts count. */
export function codeDigits(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "").slice(0, CODE_DIGITS);
}
