import type { MakeUpPolicy, OvertimeRule, Rounding, RuleGroup, ShiftPattern } from "./types.ts";
import type { Findings } from "./validate.ts";

export const ROUNDING_UNITS: readonly Rounding["unitMinutes"][] = [1, 5, 6, 10, 15, 30, 60];

const MULTIPLIER_LEAST = 1;
const MULTIPLIER_MOST = 5;
const LAST_SAFE_DAY_OF_MONTH = 28;

export function groupProblems(group: RuleGroup, patterns: readonly ShiftPattern[], path: string, findings: Findings): void {
  belongs(group.departments, `${path}.departments`, findings);
  belongs(group.employmentTypes, `${path}.employmentTypes`, findings);
  if (!patterns.some(({ id }) => id === group.patternId)) findings.add(`${path}.patternId`, "unknown-pattern");
  findings.whole(`${path}.windowBeforeMinutes`, group.windowBeforeMinutes, 0, 720);
  findings.whole(`${path}.windowAfterMinutes`, group.windowAfterMinutes, 0, 720);
  findings.whole(`${path}.graceLateMinutes`, group.graceLateMinutes, 0, 120);
  findings.whole(`${path}.graceEarlyMinutes`, group.graceEarlyMinutes, 0, 120);
  thresholds(group, path, findings);
  group.lateFinish.forEach(({ stayedMinutes, laterMinutes }, index) => {
    findings.whole(`${path}.lateFinish.${index}.stayedMinutes`, stayedMinutes, 1, 720);
    findings.whole(`${path}.lateFinish.${index}.laterMinutes`, laterMinutes, 1, 720);
  });
  findings.unique(group.lateFinish.map(({ stayedMinutes }) => String(stayedMinutes)), (index) => `${path}.lateFinish.${index}.stayedMinutes`);
  rounding(group.roundIn, `${path}.roundIn`, findings);
  rounding(group.roundOut, `${path}.roundOut`, findings);
  if (group.autoOutAfterMinutes !== null) findings.whole(`${path}.autoOutAfterMinutes`, group.autoOutAfterMinutes, 0, 720);
  overtimeProblems(group.overtime, `${path}.overtime`, findings);
  makeUpProblems(group.makeUp, `${path}.makeUp`, findings);
  if (group.approval.length === 0) findings.add(`${path}.approval`, "empty");
  findings.unique(group.approval, () => `${path}.approval`);
  findings.whole(`${path}.decideWithinHours`, group.decideWithinHours, 1, 720);
  findings.whole(`${path}.confirmByDay`, group.confirmByDay, 1, LAST_SAFE_DAY_OF_MONTH);
}

/** Null is everybody; an empty list would be nobody. */
function belongs(list: readonly string[] | null, path: string, findings: Findings): void {
  if (list === null) return;
  if (list.length === 0 || list.some((entry) => entry.trim() === "")) findings.add(path, "empty");
  findings.unique(list, () => path);
}

function thresholds({ graceLateMinutes, seriousLateMinutes, absentMinutes, halfDayMinutes }: RuleGroup, path: string, findings: Findings): void {
  for (const [name, value] of Object.entries({ seriousLateMinutes, halfDayMinutes, absentMinutes })) {
    if (value === null || !findings.whole(`${path}.${name}`, value, 1, 1440)) continue;
    // What is not late yet cannot be more than late.
    if (value <= graceLateMinutes) findings.add(`${path}.${name}`, "order");
  }
  if (absentMinutes !== null && halfDayMinutes !== null && halfDayMinutes >= absentMinutes) findings.add(`${path}.halfDayMinutes`, "order");
}

function rounding({ unitMinutes }: Rounding, path: string, findings: Findings): void {
  if (!ROUNDING_UNITS.includes(unitMinutes)) findings.add(`${path}.unitMinutes`, "out-of-range");
}

function overtimeProblems(rule: OvertimeRule, path: string, findings: Findings): void {
  for (const [kind, value] of Object.entries(rule.multiplier)) {
    if (!(value >= MULTIPLIER_LEAST && value <= MULTIPLIER_MOST)) findings.add(`${path}.multiplier.${kind}`, "out-of-range");
  }
  findings.whole(`${path}.minimumMinutes`, rule.minimumMinutes, 0, 480);
  if (rule.dailyCapMinutes !== null && findings.whole(`${path}.dailyCapMinutes`, rule.dailyCapMinutes, 1, 1440) && rule.dailyCapMinutes < rule.minimumMinutes) findings.add(`${path}.dailyCapMinutes`, "order");
  rounding(rule.rounding, `${path}.rounding`, findings);
}

function makeUpProblems(policy: MakeUpPolicy, path: string, findings: Findings): void {
  findings.unique(policy.kinds, () => `${path}.kinds`);
  findings.whole(`${path}.quota`, policy.quota, -1, 100);
  findings.whole(`${path}.quotaFromDay`, policy.quotaFromDay, 1, LAST_SAFE_DAY_OF_MONTH);
  findings.whole(`${path}.windowDays`, policy.windowDays, 0, 92);
  if (policy.cutOffDay !== null) findings.whole(`${path}.cutOffDay`, policy.cutOffDay, 1, LAST_SAFE_DAY_OF_MONTH);
  findings.unique(policy.health, () => `${path}.health`);
  if (policy.healthRequired.some((field) => !policy.health.includes(field))) findings.add(`${path}.healthRequired`, "out-of-range");
}
