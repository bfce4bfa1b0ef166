/** How durations are written: `8:30`, or `8.50`. */
export type HourStyle = "h:mm" | "decimal";

const MINUTES_AN_HOUR = 60;
/** Two decimals tell every minute from the next: a minute is 0.0167 hours. */
const DECIMALS = 2;

/** @param minutes none below 0 */
export function hoursText(minutes: number, style: HourStyle): string {
  if (style === "decimal") return (minutes / MINUTES_AN_HOUR).toFixed(DECIMALS);
  const whole = Math.round(minutes);
  return `${Math.floor(whole / MINUTES_AN_HOUR)}:${String(whole % MINUTES_AN_HOUR).padStart(2, "0")}`;
}

/** The minutes that {@link hoursText} wrote; NaN for any other text. */
export function minutesOf(text: string, style: HourStyle): number {
  if (style === "decimal") return /^\d+\.\d{2}$/.test(text) ? Math.round(Number(text) * MINUTES_AN_HOUR) : Number.NaN;
  const parts = /^(\d+):([0-5]\d)$/.exec(text);
  return parts ? Number(parts[1]) * MINUTES_AN_HOUR + Number(parts[2]) : Number.NaN;
}
