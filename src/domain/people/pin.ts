/** Digits of an employee's PIN. */
export const PIN_DIGITS = 6;

/** Draws PINs until one is not among the first that anyone would try. `random` gives 32 random bits. */
export function drawPin(random: () => number): string {
  const limit = 10 ** PIN_DIGITS;
  // Numbers past the last whole multiple would make low PINs likelier.
  const fair = Math.floor(2 ** 32 / limit) * limit;
  for (;;) {
    const number = random() >>> 0;
    if (number >= fair) continue;
    const pin = String(number % limit).padStart(PIN_DIGITS, "0");
    if (!isTrivialPin(pin)) return pin;
  }
}

/** One repeated block (111111, 121212, 123123), a run up or down (234567, 987654), or mirrored pairs of one step (112233). */
export function isTrivialPin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0));
  if (steps.every((step) => step === steps[0] && Math.abs(step) <= 1)) return true;
  if ([1, 2, 3].some((length) => digits.every((digit, index) => digit === digits[index % length]))) return true;
  return steps.every((step, index) => (index % 2 === 0 ? step === 0 : Math.abs(step) === 1 && step === steps[1]));
}

/** The PIN that opens the way out of the kiosk, chosen by the administrator: 6 to 12 digits. */
export function isKioskPin(pin: string): boolean {
  return /^\d{6,12}$/.test(pin);
}
