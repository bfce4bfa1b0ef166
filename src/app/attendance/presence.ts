import type { DayResult, PunchUse } from "../../domain/attendance/engine/types.ts";
import { addDays } from "../../domain/attendance/rules/days.ts";
import { shiftPlanner } from "../../domain/attendance/rules/shift-on-day.ts";
import type { ShiftOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { Day, PersonPlan, RuleBook } from "../../domain/attendance/rules/types.ts";
import { OPEN_IN_MAX_MS } from "../../domain/attendance/direction.ts";
import { calendarDay } from "../../domain/attendance/day.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, Present } from "../api/attendance.ts";
import type { RecordRing } from "../ports/store.ts";
import type { Reckoning } from "./ports.ts";

const MINUTE_MS = 60_000;
/** Who came so long before a shift came for it, milliseconds. */
const BEFORE_SHIFT_MS = 12 * 3_600_000;

interface PresenceFacts {
  readonly people: readonly Person[];
  readonly ring: RecordRing;
  readonly now: EpochMs;
  readonly zone: string;
  readonly book: RuleBook;
  readonly plans: ReadonlyMap<PersonId, PersonPlan>;
  readonly reckoning: Reckoning;
}

/** Who is where at this moment, out of yesterday's and today's punches and shifts. */
export async function presentOf({ people, ring, now, zone, book, plans, reckoning }: PresenceFacts): Promise<Result<readonly Present[], AttendanceFailure>> {
  const today = calendarDay(now, zone);
  const from = addDays(today, -1);
  const results = await reckoning.days({ from, to: today, people: people.map(({ id }) => id) }, { ring });
  if (!results.ok) return results;
  const plan = shiftPlanner(book, from, today);
  return ok(
    results.value.people.map(({ person, days }) => {
      const shifts = plan({ ...person, plan: plans.get(person.id) ?? null });
      return present(person, days, shifts, now, today);
    }),
  );
}

const lastOf = ({ device, seq, wallMs, direction, method }: PunchUse): Present["last"] => ({ deviceId: device, seq, wallMs, direction, method });

function present(person: Person, days: readonly DayResult[], shifts: readonly ShiftOnDay[], now: EpochMs, today: Day): Present {
  const last = days.flatMap(({ punches }) => punches).filter(counts).sort((one, other) => one.wallMs - other.wallMs).findLast(({ wallMs }) => wallMs <= now) ?? null;
  const current = shifts.find((shift) => periodsOf(shift).some(({ startMs, endMs }) => now >= startMs && now < endMs)) ?? shifts.find(({ day }) => day === today) ?? null;
  const base = { person, shift: current, last: last === null ? null : lastOf(last) };
  if (last !== null && isArrival(last) && now - last.wallMs <= OPEN_IN_MAX_MS) return { ...base, state: "in", since: last.wallMs };
  const graceMs = (current?.group?.graceLateMinutes ?? 0) * MINUTE_MS;
  const periods = current === null ? [] : periodsOf(current);
  const period = periods.find(({ startMs, endMs }) => now >= startMs && now < endMs);
  const result = days.find(({ day }) => day === current?.day);
  if (period !== undefined && result !== undefined && isExcused(result, period, now)) return { ...base, state: result.marks.includes("leave") ? "leave" : "away", since: period.startMs };
  const atToday = last !== null && shifts.some((shift) => shift === current && periodsOf(shift).some(({ startMs }) => last.wallMs >= startMs - BEFORE_SHIFT_MS));
  if (last !== null && atToday && !isArrival(last)) return { ...base, state: "out", since: last.wallMs };
  if (period !== undefined) return { ...base, state: now < period.startMs + graceMs ? "expected" : "missing", since: period.startMs };
  const ahead = periods.find(({ startMs }) => startMs > now);
  if (ahead !== undefined) return { ...base, state: "expected", since: ahead.startMs };
  return last === null || current === null || current.shifts.length === 0 ? { ...base, state: "free", since: null } : { ...base, state: "out", since: last.wallMs };
}

/** Leave and trips take their time off a period: what is left of it begins after them or ends before them. */
function isExcused({ periods }: DayResult, period: { readonly startMs: EpochMs; readonly endMs: EpochMs }, now: EpochMs): boolean {
  return periods.some(({ startMs, endMs, minutes }) => {
    const excused = minutes.leave + minutes.away;
    return excused > 0 && startMs >= period.startMs && endMs <= period.endMs && (excused >= minutes.planned || now < startMs || now >= endMs);
  });
}

const periodsOf = ({ shifts }: ShiftOnDay): readonly { readonly startMs: EpochMs; readonly endMs: EpochMs }[] => shifts.flatMap(({ periods }) => periods);

const counts = ({ use }: PunchUse): boolean => use !== "suppressed" && use !== "undone" && use !== "ignored";

/** What it counts as, where that is known; else what was recorded. */
const isArrival = ({ use, direction }: PunchUse): boolean => (use === "in" || use === "out" ? use === "in" : direction === "in");
