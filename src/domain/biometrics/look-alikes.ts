import { identificationThreshold, scoreAtFmr } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";

/**
 * Part of the people of a site who may be taken for somebody's look-alike although they are strangers to each other, and
 * then type their PIN after their face for nothing.
 */
export const NEEDLESS_RATE = 0.005;

/**
 * How much rarer a stranger must be than at the threshold before an enrolment is stopped because the face is there under
 * another number. Whoever is stopped wrongly, a sibling or a twin, is left without the face way; a double enrolment that
 * is not stopped is found as a pair of look-alikes at once. So it is stopped only where there is little doubt.
 */
const SAME_FACE_STRICTER = 10;

/**
 * The score between the means of two people's references from which on the two count as look-alikes.
 *
 * Never above the threshold: where the mean of the one, taken as a probe, would name the other, the face alone does not
 * tell them apart. Below it as far as {@link NEEDLESS_RATE} allows, because a probe on another day is now nearer and now
 * further than the references are: on a part of Labeled Faces in the Wild, 2026-11-22, profile `accurate`, a further picture
 * of the one came to 0.80 of the means' score, give or take 0.14 (94,978 comparisons of strangers), and of people who are
 * related it can be expected to come nearer. With a mean on both sides, scores of strangers rise as `comparisonsPerPerson`
 * says for one side, twice.
 *
 * @param people who are compared with each other; fewer than 2 count as 2.
 */
export function lookAlikeLevel(point: OperatingPoint, people: number): number {
  const comparisons = point.comparisonsPerPerson ** 2 * (Math.max(2, people) - 1);
  return Math.min(identificationThreshold(point, people), scoreAtFmr(point, Math.log10(NEEDLESS_RATE / comparisons)));
}

/** The score from which on a face that is being enrolled counts as enrolled already, under another number. */
export function sameFaceLevel(point: OperatingPoint, people: number): number {
  return identificationThreshold({ ...point, fpirTarget: point.fpirTarget / SAME_FACE_STRICTER }, people);
}
