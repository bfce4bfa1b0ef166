import type { Shift, ShiftPeriod } from "./types.ts";
import type { Findings } from "./validate.ts";

const MINUTES_A_DAY = 1440;
const SHORT_CHARACTERS = 3;
const PERIODS_AT_MOST = 3;

export function shiftProblems(shift: Shift, path: string, findings: Findings): void {
  findings.text(`${path}.short`, shift.short, SHORT_CHARACTERS);
  const { kind, periods } = shift;
  if (periods.length < 1 || periods.length > (kind === "fixed" ? PERIODS_AT_MOST : 1)) findings.add(`${path}.periods`, "wrong-count");
  const plain = periods.map((period, index) => spellStands(period, `${path}.periods.${index}`, findings)).every(Boolean);
  // What follows would say the same again of spells that cannot stand by themselves.
  if (!plain || periods.length === 0) return;
  inOrder(periods, `${path}.periods`, findings);
  const first = periods[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return;
  if (last.end - first.start > MINUTES_A_DAY) findings.add(`${path}.periods.${periods.length - 1}.end`, "out-of-range");
  breakProblems(shift, path, findings);
  if (kind === "flexible" && (shift.latestStart === undefined || !Number.isInteger(shift.latestStart) || shift.latestStart < first.start || shift.latestStart >= first.end)) findings.add(`${path}.latestStart`, "out-of-range");
  if (kind === "hours") findings.whole(`${path}.requiredMinutes`, shift.requiredMinutes ?? 0, 1, Math.max(1, minutesWithin(shift)));
}

/** Minutes of all periods, without unpaid breaks. */
export function minutesWithin({ periods, breaks }: Pick<Shift, "periods" | "breaks">): number {
  const sum = (spells: readonly ShiftPeriod[]): number => spells.reduce((minutes, { start, end }) => minutes + end - start, 0);
  return sum(periods) - sum(breaks.filter(({ paid }) => !paid));
}

function spellStands({ start, end }: ShiftPeriod, path: string, findings: Findings): boolean {
  const begins = findings.whole(`${path}.start`, start, 0, MINUTES_A_DAY - 1);
  if (!Number.isInteger(end) || end >= 2 * MINUTES_A_DAY) findings.add(`${path}.end`, "out-of-range");
  else if (begins && end <= start) findings.add(`${path}.end`, "order");
  else if (begins && end - start > MINUTES_A_DAY) findings.add(`${path}.end`, "out-of-range");
  else return begins;
  return false;
}

function inOrder(spells: readonly ShiftPeriod[], path: string, findings: Findings): void {
  spells.forEach(({ start }, index) => {
    const before = spells[index - 1];
    if (before === undefined || start >= before.end) return;
    findings.add(`${path}.${index}.start`, start < before.start ? "order" : "overlap");
  });
}

function breakProblems(shift: Shift, path: string, findings: Findings): void {
  const { breaks, periods } = shift;
  const stand = breaks.map(({ start, end }, index) => {
    const inside = Number.isInteger(start) && Number.isInteger(end) && periods.some((period) => period.start <= start && end <= period.end);
    if (end <= start) findings.add(`${path}.breaks.${index}.end`, "order");
    else if (!inside) findings.add(`${path}.breaks.${index}.start`, "out-of-range");
    return end > start && inside;
  });
  if (!stand.every(Boolean)) return;
  inOrder(breaks, `${path}.breaks`, findings);
  if (breaks.length > 0 && minutesWithin(shift) <= 0) findings.add(`${path}.breaks`, "out-of-range");
}
