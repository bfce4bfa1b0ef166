import type { PersonId } from "../people/types.ts";
import { identificationThreshold } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";
import { proportion } from "./proportion.ts";
import type { Proportion } from "./proportion.ts";

/** Each of a person's references taken as a probe. */
export interface LeftOutPerson {
  readonly personId: PersonId;
  /** The score against the mean of the person's other references, null with only one; and the best against anybody else's mean, null when there is nobody. */
  readonly references: readonly { readonly own: number | null; readonly other: number | null }[];
}

export interface LeaveOneOut {
  readonly references: number;
  /** Mated searches that did not name the person: below the threshold, or not ahead of somebody else by the margin. */
  readonly fnir: Proportion;
  /**
   * Non-mated searches that reached the threshold for somebody. The margin would have kept some of those from being named.
   */
  readonly fpir: Proportion;
  readonly found: ReadonlyMap<PersonId, { readonly found: number; readonly searched: number }>;
}

/**
 * What the site's own references say of its recognition. One reference is less than the several frames that the kiosk
 * decides by, and references of one enrolment agree more than probes of other days do: the two err on opposite sides.
 *
 * @param people with whom the kiosk compares
 */
export function leaveOneOutFigures(left: readonly LeftOutPerson[], point: OperatingPoint, people: number): LeaveOneOut {
  const threshold = identificationThreshold(point, people);
  const found = new Map<PersonId, { readonly found: number; readonly searched: number }>();
  let references = 0;
  let [mated, missed, nonMated, reached] = [0, 0, 0, 0];
  for (const person of left) {
    references += person.references.length;
    const searched = person.references.filter(({ own }) => own !== null);
    const named = searched.filter(({ own, other }) => own !== null && own >= threshold && (other === null || own - other >= point.margin));
    found.set(person.personId, { found: named.length, searched: searched.length });
    mated += searched.length;
    missed += searched.length - named.length;
    for (const { other } of person.references) {
      if (other === null) continue;
      nonMated += 1;
      if (other >= threshold) reached += 1;
    }
  }
  return { references, fnir: proportion(missed, mated), fpir: proportion(reached, nonMated), found };
}
