import { msg, str } from "@lit/localize";

import type { Proportion } from "../../../app/api/recognition.ts";
import { locale } from "../../i18n/localize.ts";
import { count } from "../parts/format.ts";

/** How many of `n` there were. */
export function foundOf({ n, value }: Proportion): number {
  return value === null ? 0 : Math.round(value * n);
}

/** `12 of 690`; a dash where nothing was counted. */
export function ofWords(proportion: Proportion): string {
  return proportion.n === 0 ? "–" : msg(str`${count(foundOf(proportion))} of ${count(proportion.n)}`, { id: "admin.recognition.of" });
}

/** Per cent with as many digits as are worth reading: two below ten. */
export function percent(value: number): string {
  return value.toLocaleString(locale.value, { style: "percent", maximumSignificantDigits: value < 0.1 ? 2 : 3 });
}

/** `1.7 %, likely between 1 % and 3 %`; empty where nothing was counted. */
export function intervalWords({ value, low, high }: Proportion): string {
  if (value === null || low === null || high === null) return "";
  return msg(str`${percent(value)}, likely between ${percent(low)} and ${percent(high)}`, { id: "admin.recognition.interval" });
}

/** Rarer than this nobody has measured. */
const RAREST_LOG10 = -9;

/** How often strangers come as close as a pair: one in so many comparisons, to two digits. */
export function oneIn(log10Fmr: number): string {
  const rarest = log10Fmr <= RAREST_LOG10;
  const times = (10 ** -Math.max(log10Fmr, RAREST_LOG10)).toLocaleString(locale.value, { maximumSignificantDigits: 2 });
  return rarest ? msg(str`less than once in ${times} comparisons`, { id: "admin.recognition.rarer" }) : msg(str`once in ${times} comparisons`, { id: "admin.recognition.one-in" });
}

/** A chosen FPIR in words. */
export function onceIn(fpir: number): string {
  return msg(str`Once in ${count(Math.round(1 / fpir))} searches by strangers`, { id: "admin.policy.fpir.one-in" });
}
