import type { Rounding } from "../rules/types.ts";

/**
 * Rounds minutes.
 *
 * @param origin minute at which the units begin: local midnight for times, so that they follow the clock on the wall
 */
export function rounded(minutes: number, { unitMinutes, mode }: Rounding, origin = 0): number {
  if (unitMinutes === 1) return minutes;
  const units = (minutes - origin) / unitMinutes;
  const whole = mode === "down" ? Math.floor(units) : mode === "up" ? Math.ceil(units) : Math.floor(units + 0.5);
  return origin + whole * unitMinutes;
}
