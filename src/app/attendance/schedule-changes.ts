import { addDays, daysBetween } from "../../domain/attendance/rules/days.ts";
import { firstOverlap } from "../../domain/attendance/rules/overlap.ts";
import { shiftPlanner, type PlannedPerson } from "../../domain/attendance/rules/shift-on-day.ts";
import type { Day, PersonPlan, PlanAssignment, PlannedDay, RuleBook } from "../../domain/attendance/rules/types.ts";
import { versionOn } from "../../domain/attendance/rules/version.ts";
import type { PersonId } from "../../domain/people/types.ts";

/** How far after a new pattern begins it is tried for overlaps with single days: longer rosters are hardly made ahead. */
const ASSIGNED_DAYS_TRIED = 70;

export interface DayChange {
  readonly day: Day;
  /** Null goes back to the pattern. */
  readonly shiftIds: readonly string[] | null;
}

export function emptyPlan(personId: PersonId): PersonPlan {
  return { personId, assignments: [], days: [] };
}

/** The plan with one more assignment, in place of one from the same day, which is kept for when it is taken back. */
export function withAssignment(plan: PersonPlan, assignment: PlanAssignment): PersonPlan {
  const before = plan.assignments.find(({ from }) => from === assignment.from);
  return { ...plan, assignments: inTurn([...plan.assignments.filter((each) => each !== before), assignment]), ...(before === undefined ? {} : { replaced: [...(plan.replaced ?? []), before] }) };
}

/** The plan without the assignment from that day, and with the one whose place it took; null where there is none. */
export function withoutAssignment({ replaced = [], ...plan }: PersonPlan, from: Day): PersonPlan | null {
  const assignments = plan.assignments.filter((each) => each.from !== from);
  if (assignments.length === plan.assignments.length) return null;
  const before = replaced.findLast((each) => each.from === from);
  const rest = replaced.filter((each) => each !== before);
  return { ...plan, assignments: before === undefined ? assignments : inTurn([...assignments, before]), ...(rest.length === 0 ? {} : { replaced: rest }) };
}

const inTurn = (assignments: readonly PlanAssignment[]): readonly PlanAssignment[] => [...assignments].sort((one, other) => (one.from < other.from ? -1 : 1));

/** The plan with other bounds of duty, and with nothing of those that it had. */
export function withDuty({ personId, assignments, replaced, days, cancelledSwaps }: PersonPlan, duty: Pick<PersonPlan, "exempt" | "firstDay" | "lastDay">): PersonPlan {
  return { personId, assignments, ...(replaced === undefined ? {} : { replaced }), days, ...(cancelledSwaps === undefined ? {} : { cancelledSwaps }), ...duty };
}

/** First and last days of duty that one plan has and the other has not: the days between them change. */
export function boundsMoved(before: Pick<PersonPlan, "firstDay" | "lastDay">, after: Pick<PersonPlan, "firstDay" | "lastDay">): readonly Day[] {
  return (["firstDay", "lastDay"] as const).flatMap((bound) => (before[bound] === after[bound] ? [] : [before[bound], after[bound]].filter((day) => day !== undefined)));
}

/** The plan with other single days; what came of a swap gives way too. */
export function withDays(plan: PersonPlan, changes: readonly DayChange[]): PersonPlan {
  const changed = new Map(changes.map((change) => [change.day, change]));
  const kept = plan.days.filter(({ day }) => !changed.has(day));
  const made = [...changed.values()].flatMap(({ day, shiftIds }): readonly PlannedDay[] => (shiftIds === null ? [] : [{ day, shiftIds: [...shiftIds], cause: "roster" }]));
  return { ...plan, days: [...kept, ...made].sort((one, other) => (one.day < other.day ? -1 : 1)) };
}

/**
 * What copying single days of some weeks to a later place changes: a day that had none has none there either.
 *
 * @param days how many, from `from` on
 */
export function copied(plan: PersonPlan, from: Day, days: number, to: Day): readonly DayChange[] {
  const planned = new Map(plan.days.map((single) => [single.day, single]));
  return Array.from({ length: days }, (_, index): DayChange => ({ day: addDays(to, index), shiftIds: planned.get(addDays(from, index))?.shiftIds ?? null })).filter(({ day, shiftIds }) => {
    const there = planned.get(day)?.shiftIds ?? null;
    return JSON.stringify(there) !== JSON.stringify(shiftIds);
  });
}

/** Whether the rules of those days know every shift. */
export function knownShifts(book: RuleBook, changes: readonly DayChange[]): boolean {
  return changes.every(({ day, shiftIds }) => {
    const shifts = versionOn(book, day)?.rules.shifts;
    return shiftIds === null || (shifts !== undefined && shiftIds.every((id) => shifts.some((shift) => shift.id === id)));
  });
}

/** Whether group and pattern are there when the assignment begins. */
export function knownAssignment(book: RuleBook, { from, groupId, patternId }: PlanAssignment): boolean {
  const rules = versionOn(book, from)?.rules;
  if (rules === undefined) return false;
  return (groupId === undefined || rules.groups.some(({ id }) => id === groupId)) && (patternId === undefined || rules.patterns.some(({ id }) => id === patternId));
}

/** The first day round those that were changed on which a shift begins before the one before it is over. */
export function overlapAround(person: Omit<PlannedPerson, "plan">, plan: PersonPlan, book: RuleBook, days: readonly Day[]): Day | null {
  for (const [first, last] of runs(days)) {
    const found = firstOverlap(shiftPlanner(book, addDays(first, -1), addDays(last, 1))({ ...person, plan }));
    if (found !== null) return found;
  }
  return null;
}

/** The days on which a new assignment can meet what was planned before. */
export function daysTried({ from }: PlanAssignment): readonly Day[] {
  return daysBetween(from, addDays(from, ASSIGNED_DAYS_TRIED));
}

/** First and last of each stretch of days that follow each other. */
function runs(days: readonly Day[]): readonly (readonly [Day, Day])[] {
  const sorted = [...days].sort();
  const found: [Day, Day][] = [];
  for (const day of sorted) {
    const last = found.at(-1);
    if (last !== undefined && day <= addDays(last[1], 1)) last[1] = day;
    else found.push([day, day]);
  }
  return found;
}
