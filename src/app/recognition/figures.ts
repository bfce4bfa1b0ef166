import { addCounts, NO_COUNTS } from "../../domain/attendance/door-figures.ts";
import type { DoorCounts } from "../../domain/attendance/door-figures.ts";
import type { LeftOutPerson } from "../../domain/biometrics/leave-one-out.ts";
import { proportion } from "../../domain/biometrics/proportion.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import type { DoorFigures, GroupFigures, PersonFigures, Proportion } from "../api/recognition.ts";

/** A group with fewer punches says nothing: of 100 with 2 refused, the interval is already 0.6 to 7 %. */
export const ENOUGH_PUNCHES = 100;

/** A person's figures with what groups are made of. */
export interface PersonInFigures {
  readonly person: Person;
  readonly figures: PersonFigures;
  readonly hits: number;
}

/** Everybody who is active and is enrolled or was at the door, worst first. */
export function personFigures(
  people: readonly Person[],
  left: readonly LeftOutPerson[],
  found: ReadonlyMap<PersonId, { readonly found: number; readonly searched: number }>,
  door: ReadonlyMap<PersonId, DoorCounts>,
): readonly PersonInFigures[] {
  const references = new Map(left.map((one) => [one.personId, one.references.length]));
  return people
    .filter(({ id, status }) => status === "active" && (references.has(id) || door.has(id)))
    .map((person) => {
      const { found: hits, searched } = found.get(person.id) ?? { found: 0, searched: 0 };
      const figures: PersonFigures = {
        personId: person.id,
        references: references.get(person.id) ?? 0,
        found: proportion(hits, searched),
        ...doorFigures(door.get(person.id) ?? NO_COUNTS),
      };
      return { person, figures, hits };
    })
    .sort((a, b) => byRejects(a.figures, b.figures) || foundOf(a) - foundOf(b));
}

/** The same by department and by employment type, worst first in each. */
export function groupFigures(subjects: readonly PersonInFigures[]): readonly GroupFigures[] {
  return [
    ...groupsBy("department", subjects, ({ department }) => department),
    ...groupsBy("employment-type", subjects, ({ employmentType }) => employmentType),
  ];
}

/**
 * The highest reject rate over the lowest, of the groups of one kind with enough punches; of the two kinds the larger. The
 * rates are taken as (rejected + 1/2) / (n + 1), so that a group in which nobody was refused does not make it infinite.
 */
export function worstToBest(groups: readonly GroupFigures[]): number | null {
  const ratios = (["department", "employment-type"] as const).flatMap((kind) => {
    const rates = groups.filter(({ by, rejectRate }) => by === kind && rejectRate.n >= ENOUGH_PUNCHES).map(({ afterRefusal, rejectRate }) => (afterRefusal + 0.5) / (rejectRate.n + 1));
    return rates.length < 2 ? [] : [Math.max(...rates) / Math.min(...rates)];
  });
  return ratios.length === 0 ? null : Math.max(...ratios);
}

function groupsBy(by: GroupFigures["by"], subjects: readonly PersonInFigures[], nameOf: (person: Person) => string): readonly GroupFigures[] {
  const members = new Map<string, PersonInFigures[]>();
  for (const subject of subjects) {
    const name = nameOf(subject.person);
    const of = members.get(name);
    if (of === undefined) members.set(name, [subject]);
    else of.push(subject);
  }
  return [...members].map(([name, of]) => groupOf(by, name, of)).sort(byRejects);
}

function groupOf(by: GroupFigures["by"], name: string, members: readonly PersonInFigures[]): GroupFigures {
  let [hits, searched] = [0, 0];
  let counts = NO_COUNTS;
  for (const member of members) {
    hits += member.hits;
    searched += member.figures.found.n;
    counts = addCounts(counts, member.figures);
  }
  return { by, name, people: members.length, found: proportion(hits, searched), ...doorFigures(counts) };
}

function doorFigures({ recognised, challenged, secondFactor, afterRefusal }: DoorCounts): DoorFigures {
  return { recognised, challenged, secondFactor, afterRefusal, rejectRate: proportion(afterRefusal, recognised + afterRefusal) };
}

/** Not by the rate itself: one of two says less than forty of a hundred. */
function byRejects(a: DoorFigures, b: DoorFigures): number {
  return low(b.rejectRate) - low(a.rejectRate) || b.afterRefusal - a.afterRefusal;
}

function low(rate: Proportion): number {
  return rate.low ?? 0;
}

function foundOf({ figures }: PersonInFigures): number {
  return figures.found.value ?? 1;
}
