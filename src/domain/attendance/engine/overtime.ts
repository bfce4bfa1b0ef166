import type { OvertimeKind, OvertimeRule, RuleGroup } from "../rules/types.ts";
import { rounded } from "./rounding.ts";
import { lengthOf } from "./segments.ts";
import type { Segments } from "./segments.ts";
import { minutesOf, takeOff } from "./spells.ts";
import type { Spell, Taken } from "./spells.ts";
import type { DayMinutes, Reason } from "./types.ts";

/** Shorter stays are of no interest to anybody, minutes: nothing is said of them. */
const WORTH_A_WORD_MINUTES = 10;

export interface DayOvertime {
  readonly overtime: DayMinutes["overtime"];
  readonly pending: number;
  readonly reasons: readonly Reason[];
  readonly requestIds: readonly string[];
}

const NO_MINUTES: DayMinutes["overtime"] = { workday: 0, rest: 0, holiday: 0 };
export const NO_OVERTIME: DayOvertime = { overtime: NO_MINUTES, pending: 0, reasons: [], requestIds: [] };

/**
 * What counts of the time outside the shifts.
 *
 * @param time outside the shifts, as the rules' switches let it count
 * @param spells approved overtime
 */
export function overtimeOf(time: Segments, kind: OvertimeKind, group: RuleGroup, spells: readonly Spell[]): DayOvertime {
  const total = lengthOf(time);
  if (total === 0) return NO_OVERTIME;
  const { overtime: rule } = group;
  const reasons: Reason[] = [];
  if (rule.approval === "none") {
    if (total >= WORTH_A_WORD_MINUTES) reasons.push({ code: "overtime-not-counted", minutes: total, why: "not-reckoned" });
    return { ...NO_OVERTIME, reasons };
  }
  const { taken } = takeOff(time, spells);
  const covered = rule.approval === "automatic" ? total : minutesOf(taken);
  const minutes = counted(covered, rule, reasons);
  const open = total - covered;
  let pending = 0;
  if (open > 0 && open >= rule.minimumMinutes) {
    // What is approved later counts with the minimum, the rounding and the cap that were in force.
    if (rule.approval === "after") pending = Math.max(0, Math.min(rounded(open, rule.rounding), (rule.dailyCapMinutes ?? Number.POSITIVE_INFINITY) - minutes));
    reasons.push({ code: "overtime-not-counted", minutes: open, why: "not-approved" });
  } else if (open >= WORTH_A_WORD_MINUTES && covered === 0) {
    reasons.push({ code: "overtime-not-counted", minutes: open, why: "below-minimum" });
  }
  const { approval, multiplier } = rule;
  reasons.unshift(...shares(minutes, covered, taken).map((share) => ({ code: "overtime" as const, kind, approval, multiplier: multiplier[kind], ...share })));
  const requestIds = taken.map(({ spell }) => spell.approved.requestId);
  return { overtime: minutes === 0 ? NO_MINUTES : { ...NO_MINUTES, [kind]: minutes }, pending, reasons, requestIds };
}

/**
 * What counts, by the requests that cover it: one may be paid and the other taken as leave. Rounding and the cap fall on the
 * last; what no request covers counts by itself.
 *
 * @param covered minutes before rounding, `taken` among them
 */
function shares(minutes: number, covered: number, taken: readonly Taken[]): readonly { readonly minutes: number; readonly requestId?: string }[] {
  const parts: readonly { readonly minutes: number; readonly requestId?: string }[] = taken.map(({ spell, minutes: own }) => ({ minutes: own, requestId: spell.approved.requestId }));
  const rest = covered - minutesOf(taken);
  const all = rest > 0 ? [...parts, { minutes: rest }] : parts;
  let left = minutes;
  return all
    .map((part, index) => {
      const own = index === all.length - 1 ? left : Math.min(left, part.minutes);
      left -= own;
      return { ...part, minutes: own };
    })
    .filter((part) => part.minutes > 0);
}

function counted(covered: number, { minimumMinutes, dailyCapMinutes, rounding }: OvertimeRule, reasons: Reason[]): number {
  if (covered === 0) return 0;
  if (covered < minimumMinutes) {
    if (covered >= WORTH_A_WORD_MINUTES) reasons.push({ code: "overtime-not-counted", minutes: covered, why: "below-minimum" });
    return 0;
  }
  const minutes = Math.max(0, rounded(covered, rounding));
  if (dailyCapMinutes === null || minutes <= dailyCapMinutes) return minutes;
  reasons.push({ code: "overtime-not-counted", minutes: minutes - dailyCapMinutes, why: "above-cap" });
  return Math.max(0, dailyCapMinutes);
}
