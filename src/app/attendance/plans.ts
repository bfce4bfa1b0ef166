import { parsePersonPlan } from "../../domain/attendance/rules/stored.ts";
import type { PersonPlan } from "../../domain/attendance/rules/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Paper, RecordRing, Store } from "../ports/store.ts";

export const planPaperId = (personId: PersonId): string => `plan:${personId}`;

/** It has no end: it is read as long as the person is there. */
export function planPaper(plan: PersonPlan): Paper {
  return { id: planPaperId(plan.personId), kind: "plan", subject: plan.personId, untilUtcDay: null, value: plan };
}

/**
 * Those that the ring opens; what cannot be read is as if it were not there.
 *
 * @param personId of that person alone
 */
export async function readPlans(store: Pick<Store, "papers">, ring?: RecordRing, personId?: PersonId): Promise<ReadonlyMap<PersonId, PersonPlan>> {
  const papers = await store.papers({ kinds: ["plan"], ...(personId === undefined ? {} : { subject: personId }) }, ring);
  const plans = papers.map(({ value }) => parsePersonPlan(value)).filter((plan) => plan !== null);
  return new Map(plans.map((plan) => [plan.personId, plan]));
}

export async function readPlan(store: Pick<Store, "paper">, personId: PersonId, ring?: RecordRing): Promise<PersonPlan | null> {
  return parsePersonPlan((await store.paper(planPaperId(personId), ring))?.value);
}
