import { Temporal } from "temporal-polyfill";
import type { SeedOutage, SeedPerson, SeedPunch } from "./types.ts";

/** Deterministic numbers from a seed (mulberry32), 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of one person on one day, as the month tells it beside the ordinary days. */
export type Anomaly =
  | { readonly kind: "late"; readonly minutes: number }
  | { readonly kind: "early"; readonly minutes: number }
  | { readonly kind: "no-in" | "no-out" | "no-punch" | "double-scan" | "wrong-direction" | "holiday-work" }
  | { readonly kind: "stays"; readonly minutes: number };

export interface GenerateOptions {
  readonly seed: number;
  readonly zone: string;
  readonly people: readonly SeedPerson[];
  /** Days on which the shift is worked, `YYYY-MM-DD`. */
  readonly workdays: (person: SeedPerson) => readonly string[];
  /** Start and end on a day, local; the end may lie on the day after. */
  readonly shift: (person: SeedPerson, day: string) => { readonly start: string; readonly end: string };
  /** By employee number and day. */
  readonly anomalies: Readonly<Record<string, Readonly<Record<string, Anomaly>>>>;
  readonly outages: readonly SeedOutage[];
}

/**
 * Punches of a month in the order of their times. An ordinary day begins 1 to 15 minutes early and ends 1 to 20 minutes
 * late, so that nobody is late or early who is not said to be. In an outage people punch by PIN.
 */
export function generateMonth({ seed, zone, people, workdays, shift, anomalies, outages }: GenerateOptions): readonly SeedPunch[] {
  const next = numbers(seed);
  const within = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const punches: SeedPunch[] = [];
  for (const person of people) {
    const odd = anomalies[person.number] ?? {};
    let wrongBefore = false;
    const days = [...new Set([...workdays(person), ...Object.keys(odd)])].sort();
    for (const day of days) {
      const { start, end } = shift(person, day);
      const came = moved(start, -within(1, 15));
      const went = moved(end, within(1, 20));
      const made = dayOf(person.number, start, end, came, went, odd[day]);
      // Whoever pressed the wrong direction looks what the tablet says the next time.
      punches.push(...(wrongBefore ? made.map((punch, index): SeedPunch => (index === 0 ? { ...punch, direction: "in" } : punch)) : made));
      wrongBefore = odd[day]?.kind === "wrong-direction";
    }
  }
  return punches
    .map((punch): SeedPunch => (punch.method === undefined && outages.some(({ from, to }) => punch.at >= from && punch.at < to) ? { ...punch, method: "pin" } : punch))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.number < b.number ? -1 : 1))
    .filter(({ at }) => isLocalTime(at, zone));
}

function dayOf(number: string, start: string, end: string, came: string, went: string, odd: Anomaly | undefined): readonly SeedPunch[] {
  const come: SeedPunch = { number, at: came };
  const go: SeedPunch = { number, at: went };
  switch (odd?.kind) {
    case undefined:
    case "holiday-work":
      return [come, go];
    case "late":
      return [{ number, at: moved(start, odd.minutes) }, go];
    case "early":
      return [come, { number, at: moved(end, -odd.minutes) }];
    case "stays":
      return [come, { number, at: moved(end, odd.minutes) }];
    case "no-in":
      return [{ ...go, direction: "out" }];
    case "no-out":
      return [come];
    case "no-punch":
      return [];
    case "double-scan":
      return [come, { number, at: `${came}:30` }, go];
    case "wrong-direction":
      return [come, { ...go, direction: "in" }];
  }
}

function moved(local: string, minutes: number): string {
  return Temporal.PlainDateTime.from(local).add({ minutes }).toString({ smallestUnit: "minute" });
}

/** Times that a clock skips when it is put forward are nobody's punch. */
function isLocalTime(local: string, zone: string): boolean {
  const plain = Temporal.PlainDateTime.from(local);
  return plain.toZonedDateTime(zone).toPlainDateTime().equals(plain);
}
