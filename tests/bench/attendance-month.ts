/** Invented people with everything that happens in a month, the same every time. */
import type { EpochMs } from "../../src/domain/clock.ts";
import type { SiteFacts } from "../../src/contracts/attendance.ts";
import type { EnginePerson, EnginePunch } from "../../src/domain/attendance/engine/types.ts";
import { addDays, dayNumber } from "../../src/domain/attendance/rules/days.ts";
import { group, shift, siteRules, weekly } from "../../src/domain/attendance/rules/testing/rules.ts";
import type { PersonId } from "../../src/domain/people/types.ts";

const HOUR = 3_600_000;
/** Shanghai. */
const OFFSET_MS = 8 * HOUR;

/** 0 to 1 out of a number, the same every time. */
function chance(seed: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

export function siteOf(from: string, to: string): SiteFacts {
  const now = (dayNumber(addDays(to, 10)) * 24 * HOUR) as EpochMs;
  const rules = siteRules({
    shifts: [shift("day", ["9:00-18:00"], { breaks: [{ start: 720, end: 780, paid: false }] }), shift("night", ["22:00-30:00"]), shift("morning", ["8:00-12:00"]), shift("noon", ["12:30-16:30"]), shift("flex", ["8:00-17:00"], { kind: "flexible", latestStart: 600 })],
    patterns: [weekly("week", "day day day day day - -"), weekly("nights", "night night night night - - -"), weekly("twice", "morning+noon morning+noon morning+noon morning+noon morning+noon - -"), weekly("flexible", "flex flex flex flex flex - -")],
    groups: [
      group("nights", "nights", { departments: ["Nights"] }),
      group("twice", "twice", { departments: ["Twice"], pairing: "multiple" }),
      group("flexible", "flexible", { departments: ["Flexible"], lateFinish: [{ stayedMinutes: 120, laterMinutes: 60 }] }),
      group("all", "week", { overtime: { ...group("all", "week").overtime, approval: "automatic" } }),
    ],
  });
  return {
    book: { siteId: "site", versions: [{ version: 1, from: "2020-01-01", rules, by: "bench", at: 0, note: "" }] },
    zone: rules.zone,
    from,
    to,
    watermarks: [{ device: "gate", untilMs: now }],
    outages: [],
    now,
  };
}

const DEPARTMENTS = ["Yard", "Yard", "Nights", "Twice", "Flexible"] as const;
/** Hours of arrival and departure. */
const HOURS: Readonly<Record<(typeof DEPARTMENTS)[number], readonly number[]>> = { Yard: [9, 18], Nights: [22, 30], Twice: [8, 12, 12.4, 16.5], Flexible: [9, 18] };

export function peopleOf(first: number, count: number, from: string, days: number): readonly EnginePerson[] {
  const start = dayNumber(from) - 2;
  return Array.from({ length: count }, (_, index): EnginePerson => {
    const number = first + index;
    const department = DEPARTMENTS[number % DEPARTMENTS.length] ?? "Yard";
    const punches: EnginePunch[] = [];
    const leaveDay = start + 3 + (number % 20);
    for (let day = start; day < start + days + 4; day++) {
      const seed = number * 5_003 + day;
      // Sundays, and two days of a hundred with nothing.
      if ((day + 3) % 7 === 6 || chance(seed) < 0.02 || day === leaveDay) continue;
      for (const [turn, hour] of (HOURS[department]).entries()) {
        // One of a hundred is forgotten; the others come within a quarter of an hour, with some far off.
        if (chance(seed + 77 * turn + 1) < 0.01) continue;
        const spread = chance(seed + 31 * turn) < 0.05 ? 90 : 12;
        const minutes = (chance(seed + 13 * turn + 5) - 0.6) * spread * (turn % 2 === 0 ? 1 : -1);
        punches.push({
          device: "gate",
          seq: number * 100_000 + (day - start) * 8 + turn + 1,
          wallMs: (day * 24 * HOUR - OFFSET_MS + hour * HOUR + Math.floor(minutes * 60_000)) as EpochMs,
          direction: turn % 2 === 0 ? "in" : "out",
          directionSource: "auto",
          method: "face",
          status: "accepted",
          timeState: "T0",
          siteId: "site",
        });
      }
    }
    return {
      personId: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}` as PersonId,
      department,
      employmentType: "full-time",
      addedAt: 0 as EpochMs,
      plan: null,
      punches,
      spells: [{ requestId: `leave-${number}`, kind: "leave", leaveKind: "annual", paid: true, fromMs: (leaveDay * 24 * HOUR - OFFSET_MS) as EpochMs, toMs: ((leaveDay + 1) * 24 * HOUR - OFFSET_MS) as EpochMs }],
      corrections: [],
      locked: [],
    };
  });
}
