import type { Person } from "../../people/types.ts";
import type { Day, PersonPlan, PlanAssignment, RuleGroup, SiteRules } from "./types.ts";

/** What of the plan is in force on a day; null where it says nothing. */
export function assignmentOn(plan: PersonPlan | null, day: Day): PlanAssignment | null {
  return plan?.assignments.findLast(({ from }) => from <= day) ?? null;
}

/** The group that a person belongs to on a day: the one the plan names, or the first of the list that fits. Null where none does. */
export function groupOf(person: Pick<Person, "department" | "employmentType">, rules: SiteRules, plan: PersonPlan | null, day: Day): RuleGroup | null {
  const named = assignmentOn(plan, day)?.groupId;
  return (named === undefined ? undefined : rules.groups.find(({ id }) => id === named)) ?? rules.groups.find((group) => fits(group, person)) ?? null;
}

function fits({ departments, employmentTypes }: RuleGroup, person: Pick<Person, "department" | "employmentType">): boolean {
  return (departments === null || departments.includes(person.department)) && (employmentTypes === null || employmentTypes.includes(person.employmentType));
}
