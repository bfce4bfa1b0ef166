import { decideIdentity } from "../../src/domain/biometrics/identification.ts";
import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import { identificationThreshold } from "../../src/domain/biometrics/operating-point.ts";
import { proportion, type Proportion } from "../../src/domain/biometrics/proportion.ts";
import type { CandidateList, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { enrol, search, type Enrolled } from "./scores.ts";
import { thresholdAt } from "./statistics.ts";
import type { Acquired } from "./usable.ts";

/** Everything there is of one person, in the order of the pictures' names. */
export interface Person {
  readonly name: string;
  readonly pictures: readonly Acquired[];
}

/** Rates at which the threshold is read from the non-mated searches themselves. */
export const FPIRS = [0.1, 0.01, 0.001] as const;

/** Open-set identification. Proportions of searches leave out pictures that gave no probe; `fta` counts those. */
export interface IdentificationReport {
  readonly references: number;
  readonly n: number;
  readonly mated: number;
  readonly nonMated: number;
  /** Of the people with more pictures than references: none of the references gave a probe. */
  readonly fte: Proportion;
  readonly fteReasons: Readonly<Record<string, number>>;
  /** Of all pictures that the protocol uses. */
  readonly fta: Proportion;
  readonly ftaReasons: Readonly<Record<string, number>>;
  readonly rank1: Proportion;
  readonly fnirAtFpir: Readonly<Record<string, Proportion>>;
  readonly operating: {
    readonly chosenFpir: number;
    readonly threshold: number;
    readonly margin: number;
    readonly fpir: Proportion;
    readonly fnir: Proportion;
    /** Of the mated searches: another enrolled person was named. Part of `fnir`. */
    readonly wrongPerson: Proportion;
  };
  /** Enrolled people, and non-mated searches, that the operating point takes for an enrolled person: look at the pictures. */
  readonly named: readonly { readonly search: string; readonly candidate: string; readonly score: number }[];
}

interface Search {
  readonly person: string;
  readonly list: CandidateList;
}

/**
 * People with more pictures than `references` are enrolled with the first ones and searched for with the rest; of
 * everybody else the first picture is a non-mated search.
 */
export function identificationReport(people: readonly Person[], references: number, profile: RecogniserProfile, point: OperatingPoint): IdentificationReport {
  const wanted = people.filter(({ pictures }) => pictures.length > references);
  const gallery = wanted.flatMap(({ name, pictures }): Enrolled[] => {
    const probes = probesOf(pictures.slice(0, references));
    return probes.length === 0 ? [] : [enrol(profile, name, probes)];
  });
  const enrolled = new Set(gallery.map(({ person }) => person));
  const searches = (name: string, pictures: readonly Acquired[]): Search[] => probesOf(pictures).map((probe) => ({ person: name, list: search(profile, gallery, probe) }));
  const mated = wanted.filter(({ name }) => enrolled.has(name)).flatMap(({ name, pictures }) => searches(name, pictures.slice(references)));
  const others = people.filter(({ pictures }) => pictures.length <= references);
  const nonMated = others.flatMap(({ name, pictures }) => searches(name, pictures.slice(0, 1)));
  const used = [...wanted.flatMap(({ pictures }) => pictures), ...others.flatMap(({ pictures }) => pictures.slice(0, 1))];
  const failed = wanted.filter(({ name }) => !enrolled.has(name));

  const decide = ({ list }: Search): string | null => {
    // One picture stands for all the frames of a walk-up.
    const outcome = decideIdentity([{ search: list }, { search: list }, { search: list }], list, point);
    return outcome?.kind === "identified" ? outcome.personId : null;
  };
  const tops = Float64Array.from(nonMated, ({ list }) => list.candidates[0]?.score ?? Number.NEGATIVE_INFINITY).sort();
  const found = (threshold: number): number => mated.filter(({ person, list: { candidates: [first] } }) => first?.personId === person && first.score >= threshold).length;
  const named = nonMated.filter((each) => decide(each) !== null);
  const right = mated.filter((each) => decide(each) === each.person).length;
  const wrong = mated.filter((each) => ![each.person, null].includes(decide(each)));
  return {
    references,
    n: gallery.length,
    mated: mated.length,
    nonMated: nonMated.length,
    fte: proportion(failed.length, wanted.length),
    fteReasons: countReasons(failed.flatMap(({ pictures }) => pictures.slice(0, 1))),
    fta: proportion(used.filter((picture) => "failure" in picture).length, used.length),
    ftaReasons: countReasons(used),
    rank1: proportion(found(Number.NEGATIVE_INFINITY), mated.length),
    fnirAtFpir: Object.fromEntries(FPIRS.map((fpir) => [String(fpir), proportion(mated.length - found(thresholdAt(tops, fpir)), mated.length)])),
    operating: {
      chosenFpir: point.fpirTarget,
      threshold: identificationThreshold(point, gallery.length),
      margin: point.margin,
      fpir: proportion(named.length, nonMated.length),
      fnir: proportion(mated.length - right, mated.length),
      wrongPerson: proportion(wrong.length, mated.length),
    },
    named: [...named, ...wrong].map(({ person, list: { candidates: [first] } }) => ({ search: person, candidate: first?.personId ?? "", score: first?.score ?? Number.NaN })),
  };
}

function probesOf(pictures: readonly Acquired[]): readonly Float32Array[] {
  return pictures.flatMap((picture) => ("probe" in picture ? [picture.probe] : []));
}

function countReasons(pictures: readonly Acquired[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const picture of pictures) {
    if ("failure" in picture) counts[picture.failure] = (counts[picture.failure] ?? 0) + 1;
  }
  return counts;
}
