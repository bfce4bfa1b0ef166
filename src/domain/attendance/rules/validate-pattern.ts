import { isDay } from "./days.ts";
import type { Shift, ShiftPattern } from "./types.ts";
import type { Findings } from "./validate.ts";

const MINUTES_A_DAY = 1440;
const WEEK = 7;
const CYCLE_AT_MOST = 366;

export function patternProblems(pattern: ShiftPattern, shifts: readonly Shift[], path: string, findings: Findings): void {
  const { kind, days, anchor } = pattern;
  if (kind === "weekly" ? days.length !== WEEK : days.length < 1 || days.length > CYCLE_AT_MOST) findings.add(`${path}.days`, "wrong-count");
  if (kind === "cycle" && (anchor === undefined || !isDay(anchor))) findings.add(`${path}.anchor`, "bad-day");
  const known = new Map(shifts.map((shift) => [shift.id, shift]));
  const spans = days.map((ids, day) => spansOf(ids, known, `${path}.days.${day}`, findings));
  spans.forEach((span, day) => {
    const next = (day + 1) % spans.length;
    const after = spans[next];
    if (span === null || after === null || after === undefined) return;
    if (span.end - MINUTES_A_DAY > after.start) findings.add(`${path}.days.${next}`, "overlap");
  });
}

/** From the first start to the last end of a day; null where nothing is worked, or where it does not stand. */
function spansOf(ids: readonly string[], known: ReadonlyMap<string, Shift>, path: string, findings: Findings): { readonly start: number; readonly end: number } | null {
  const spans = ids.map((id) => {
    const shift = known.get(id);
    if (shift === undefined) {
      findings.add(path, "unknown-shift");
      return null;
    }
    return { start: shift.periods[0]?.start ?? 0, end: shift.periods.at(-1)?.end ?? 0 };
  });
  const there = spans.filter((span) => span !== null);
  if (new Set(ids).size < ids.length) findings.add(path, "duplicate");
  else
    there.forEach(({ start }, index) => {
      const before = there[index - 1];
      if (before !== undefined && start < before.end) findings.add(path, start < before.start ? "order" : "overlap");
    });
  const first = there[0];
  const last = there.at(-1);
  return first === undefined || last === undefined || there.length < spans.length ? null : { start: first.start, end: last.end };
}
