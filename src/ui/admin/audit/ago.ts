import { locale } from "../../i18n/localize.ts";

/** How long ago, in words: minutes, hours or days. */
export function ago(at: number): string {
  const minutes = Math.max(0, Math.round((Date.now() - at) / 60_000));
  const words = new Intl.RelativeTimeFormat(locale.value);
  if (minutes < 90) return words.format(-minutes, "minute");
  return minutes < 48 * 60 ? words.format(-Math.round(minutes / 60), "hour") : words.format(-Math.round(minutes / 1440), "day");
}
