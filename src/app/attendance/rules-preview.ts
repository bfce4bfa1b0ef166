import { sameContent } from "../../domain/attendance/rules/changed.ts";
import { addDays, weekdayOf } from "../../domain/attendance/rules/days.ts";
import { afterWeek, SAMPLE_DEVICE, sampleWeek } from "../../domain/attendance/rules/sample-week.ts";
import type { Day, RuleBook, SiteRules } from "../../domain/attendance/rules/types.ts";
import type { DayResult } from "../../domain/attendance/engine/types.ts";
import { versionOn } from "../../domain/attendance/rules/version.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, DayResults, Progress, RulesPreview } from "../api/attendance.ts";
import type { RecordRing } from "../ports/store.ts";
import type { DayComputer, Reckoning } from "./ports.ts";

/** A book of one version, in force on every day there is. */
export function alone(siteId: string, rules: SiteRules): RuleBook {
  return { siteId, versions: [{ version: 1, from: "1970-01-01", rules, by: "", at: 0, note: "" }] };
}

/** A made-up week of somebody of a group: the same punches under the rules in force and under the draft. */
export async function sampleUnder(computer: DayComputer, book: RuleBook, draft: SiteRules, from: Day, groupId: string): Promise<Result<RulesPreview, AttendanceFailure>> {
  const inForce = versionOn(book, from)?.rules ?? null;
  const knownBefore = inForce?.groups.some(({ id }) => id === groupId) === true;
  const before = inForce === null || !knownBefore ? null : alone(book.siteId, withoutDevices(inForce));
  const after = alone(book.siteId, withoutDevices(draft));
  const person = sampleWeek(before ?? after, groupId, from, draft.zone);
  const now = afterWeek(from, draft.zone);
  const compute = async (rules: RuleBook): Promise<Result<readonly DayResult[], AttendanceFailure>> =>
    computer.compute({ book: rules, zone: draft.zone, from, to: addDays(from, 6), people: [person], watermarks: [{ device: SAMPLE_DEVICE, untilMs: now }], outages: [], now });
  const later = await compute(after);
  if (!later.ok) return later;
  const earlier = before === null ? ok<readonly DayResult[]>([]) : await compute(before);
  if (!earlier.ok) return earlier;
  return ok({ days: paired(earlier.value, later.value) });
}

/** Somebody's last whole week, Monday to Sunday, as it is and as it would have been. */
export async function personUnder(reckoning: Reckoning, siteId: string, draft: SiteRules, today: Day, personId: PersonId, ring: RecordRing): Promise<Result<RulesPreview, AttendanceFailure>> {
  const from = addDays(today, -7 - weekdayOf(today));
  const query = { from, to: addDays(from, 6), people: [personId] };
  const before = await reckoning.days(query, { ring });
  if (!before.ok) return before;
  const after = await reckoning.days(query, { ring, book: alone(siteId, draft), withoutLocks: true });
  if (!after.ok) return after;
  const daysOf = (results: DayResults): readonly DayResult[] => results.people[0]?.days ?? [];
  return ok({ days: paired(daysOf(before.value), daysOf(after.value)) });
}

/** In how many people's days something that is seen would be otherwise; days that are not over are left out. */
export async function difference(
  reckoning: Reckoning,
  query: { readonly from: Day; readonly to: Day; readonly people: readonly PersonId[] },
  siteId: string,
  draft: SiteRules,
  options: { readonly ring: RecordRing; readonly onProgress?: (progress: Progress) => void; readonly signal?: AbortSignal },
): Promise<Result<{ readonly days: number; readonly people: number; readonly ofDays: number }, AttendanceFailure>> {
  const { ring, onProgress, signal } = options;
  const total = query.people.length * 2;
  const half = (offset: number) => ({ ring, ...(signal === undefined ? {} : { signal }), ...(onProgress === undefined ? {} : { onProgress: ({ done }: Progress) => onProgress({ done: offset + done, total }) }) });
  const before = await reckoning.days(query, { ...half(0), withoutLocks: true });
  if (!before.ok) return err(before.error);
  const after = await reckoning.days(query, { ...half(query.people.length), book: alone(siteId, draft), withoutLocks: true });
  if (!after.ok) return err(after.error);
  const later = new Map(after.value.people.map(({ person, days }) => [person.id, new Map(days.map((day) => [day.day, day]))]));
  let [otherDays, otherPeople, ofDays] = [0, 0, 0];
  for (const { person, days } of before.value.people) {
    const theirs = later.get(person.id);
    const other = days.filter((day) => {
      const then = theirs?.get(day.day);
      return then !== undefined && differs(day, then);
    }).length;
    ofDays += days.length;
    otherDays += other;
    if (other > 0) otherPeople += 1;
  }
  return ok({ days: otherDays, people: otherPeople, ofDays });
}

/** Whether a person would see the day otherwise: what it is marked with, and its minutes. */
function differs(one: DayResult, other: DayResult): boolean {
  return one.dayKind !== other.dayKind || !sameContent(one.minutes, other.minutes) || !sameContent([...one.marks].sort(), [...other.marks].sort());
}

function paired(before: readonly DayResult[], after: readonly DayResult[]): RulesPreview["days"] {
  const earlier = new Map(before.map((day) => [day.day, day]));
  return after.map((day) => ({ before: earlier.get(day.day) ?? null, after: day }));
}

/** In a made-up week every tablet has been heard of. */
function withoutDevices(rules: SiteRules): SiteRules {
  return { ...rules, devices: [] };
}
