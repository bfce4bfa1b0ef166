import type { EnginePerson, EnginePunch } from "../engine/types.ts";
import type { EpochMs } from "../../clock.ts";
import type { PersonId } from "../../people/types.ts";
import { addDays } from "./days.ts";
import { localDay } from "./local-time.ts";
import { shiftPlanner, type PlannedPerson } from "./shift-on-day.ts";
import type { Day, PersonPlan, RuleBook } from "./types.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const SAMPLE_DEVICE = "sample";
const NOBODY = "00000000-0000-4000-8000-000000000000" as PersonId;

/** Minutes from the shift's start and its end, in turns of the days of work; null for a punch that is missing. */
const ANOMALIES: readonly (readonly [inMinutes: number | null, outMinutes: number | null])[] = [
  [4, 1],
  [12, 2],
  [45, 135],
  [-3, -25],
  [-8, null],
  [null, null],
  [-6, 4],
];

/** Free days: somebody comes in all the same, on the first from ten o'clock for four hours, on the second at two in the night after it for three. */
const FREE_DAY_SPELLS: readonly (readonly [number, number])[] = [
  [10 * 60, 14 * 60],
  [26 * 60, 29 * 60],
];

/**
 * A made-up person of a group and what they punched in seven days: a little after the start, late, seriously late with
 * overtime, away early, without an end, not there at all, in time, and at work on a free day, once after midnight. The times lie round the shifts of the
 * rules that `shiftsFrom` holds, so that both sets of rules judge the same punches.
 */
export function sampleWeek(shiftsFrom: RuleBook, groupId: string | null, from: Day, zone: string): EnginePerson {
  const plan: PersonPlan = { personId: NOBODY, assignments: groupId === null ? [] : [{ from: "1970-01-01", groupId }], days: [], firstDay: "1970-01-01" };
  const person: PlannedPerson = { addedAt: 0 as EpochMs, department: "", employmentType: "full-time", plan };
  const days = shiftPlanner(shiftsFrom, from, addDays(from, 6))(person);
  const punches: EnginePunch[] = [];
  const punch = (wallMs: number, direction: "in" | "out"): void => {
    punches.push({ device: SAMPLE_DEVICE, seq: punches.length + 1, wallMs: wallMs as EpochMs, direction, directionSource: "auto", method: "face", status: "accepted", timeState: "T0", siteId: "sample" });
  };
  let worked = 0;
  let free = 0;
  for (const { day, shifts } of days) {
    const periods = shifts.flatMap((shift) => shift.periods);
    const [first] = periods;
    const last = periods.at(-1);
    if (first === undefined || last === undefined) {
      const spell = FREE_DAY_SPELLS[free];
      free += 1;
      if (spell === undefined) continue;
      const local = localDay(day, zone);
      punch(local.at(spell[0]), "in");
      punch(local.at(spell[1]), "out");
      continue;
    }
    const [inMinutes, outMinutes] = ANOMALIES[worked % ANOMALIES.length] ?? [null, null];
    worked += 1;
    if (inMinutes !== null) punch(first.startMs + inMinutes * MINUTE_MS, "in");
    // Between the spells of a split shift people leave and come back in time.
    periods.slice(1).forEach((period, index) => {
      if (inMinutes === null) return;
      punch(periods[index]?.endMs ?? period.startMs, "out");
      punch(period.startMs, "in");
    });
    if (outMinutes !== null) punch(last.endMs + outMinutes * MINUTE_MS, "out");
  }
  return { personId: NOBODY, department: "", employmentType: "full-time", addedAt: 0 as EpochMs, plan, punches, spells: [], corrections: [], locked: [] };
}

/** When a sample week is over and everything about it is known. */
export function afterWeek(from: Day, zone: string): EpochMs {
  return (localDay(addDays(from, 8), zone).startMs + 12 * HOUR_MS) as EpochMs;
}
