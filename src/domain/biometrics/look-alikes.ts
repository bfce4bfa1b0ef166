import { identificationThreshold, scoreAtFmr } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";

/**
 * Part of the people of a site who may be taken for somebody's look-alike although they are strangers to each other, and
 * then type their PIN after their face for nothing.
 */
export const NEEDLESS_RATE = 0.005;

/**
 * The score between the closest references of two people from which on the two count as look-alikes.
 *
 * Never above the threshold: where a reference of the one, taken as a probe, would name the other, the face alone does
 * not tell them apart. Below it as far as {@link NEEDLESS_RATE} allows, because a probe on another day is now nearer and
 * now further than the references are. Between two people of several references each there are about
 * `comparisonsPerPerson` squared independent comparisons, and each person is compared with all the others.
 *
 * @param people who are compared with each other; fewer than 2 count as 2.
 */
export function lookAlikeLevel(point: OperatingPoint, people: number): number {
  const comparisons = point.comparisonsPerPerson ** 2 * (Math.max(2, people) - 1);
  return Math.min(identificationThreshold(point, people), scoreAtFmr(point, Math.log10(NEEDLESS_RATE / comparisons)));
}
