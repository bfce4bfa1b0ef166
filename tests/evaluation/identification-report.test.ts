import { describe, expect, test } from "vitest";
import { compareProbes } from "../../src/domain/biometrics/identification.ts";
import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import { identificationReport, type Person } from "./identification-report.ts";
import { enrol, search, similarity } from "./scores.ts";
import { numbers, SyntheticFace, UNREADABLE } from "./synthetic.ts";

/** Threshold 1 at any size of the gallery, margin 0.2. */
const POINT: OperatingPoint = {
  profile: "accurate",
  fpirTarget: 1e-3,
  comparisonsPerPerson: 1,
  curve: [
    { log10Fmr: 0, score: 1 },
    { log10Fmr: -20, score: 1.000001 },
  ],
  margin: 0.2,
  frameSlack: 0.2,
  source: { dataset: "made up", images: 0, nonMatedPairs: 0, modelSet: "", date: "2026-11-22", note: "" },
};

function crowd(sizes: readonly number[], seed = 1): { readonly faces: readonly SyntheticFace[]; readonly people: readonly Person[] } {
  const random = numbers(seed);
  const faces = sizes.map(() => new SyntheticFace(random));
  return { faces, people: faces.map((face, index) => ({ name: `person ${String(index)}`, pictures: Array.from({ length: sizes[index] ?? 0 }, () => face.picture()) })) };
}

describe("similarity", () => {
  test.each(["accurate", "clear"] as const)("is what the domain computes for profile %s", (profile) => {
    const random = numbers(7);
    const [one, other] = [0, 1].map(() => Float32Array.from({ length: profile === "accurate" ? 704 : 128 }, () => random() / 20)) as [Float32Array, Float32Array];
    expect(similarity(profile, one, other)).toBeCloseTo(compareProbes(profile, one, other), 9);
  });

  test("of a search is the one with a person's fused references, best person first", () => {
    const vector = (...values: readonly number[]): Float32Array => Float32Array.from({ length: 128 }, (_, index) => values[index] ?? 0);
    const gallery = [enrol("clear", "a", [vector(2), vector(4)]), enrol("clear", "b", [vector(1), vector(1)]), enrol("clear", "c", [vector(9)])];
    const { candidates, people } = search("clear", gallery, vector(0));
    expect(people).toBe(3);
    expect(candidates).toEqual([
      { personId: "b", score: -1 },
      { personId: "a", score: -3 },
    ]);
  });
});

describe("identificationReport", () => {
  test("enrols those with more pictures than references and searches with the rest", () => {
    const { people } = crowd([5, 4, 3, 1, 1]);
    const report = identificationReport(people, 3, "accurate", POINT);
    expect(report).toMatchObject({ n: 2, mated: 3, nonMated: 3, fte: { n: 2, value: 0 }, fta: { n: 12, value: 0 }, rank1: { value: 1 } });
    expect(report.operating).toMatchObject({ chosenFpir: 1e-3, fpir: { n: 3, value: 0 }, fnir: { n: 3, value: 0 }, wrongPerson: { value: 0 } });
  });

  test("counts a missed person when a picture shows somebody else", () => {
    const { faces, people } = crowd([6, 6, 1]);
    const pictures = people.map((person, index) => (index === 0 ? { ...person, pictures: [...person.pictures.slice(0, 5), faces[2]?.picture() ?? UNREADABLE] } : person));
    const report = identificationReport(pictures.slice(0, 2), 3, "accurate", POINT);
    expect(report.operating.fnir).toMatchObject({ n: 6, value: 1 / 6 });
    expect(report.operating.wrongPerson.value).toBe(0);
  });

  test("counts another person named, and ranks it wrong, when a picture is filed under the wrong name", () => {
    const { faces, people } = crowd([4, 4]);
    const swapped = people.map((person, index) => (index === 0 ? { ...person, pictures: [...person.pictures.slice(0, 3), faces[1]?.picture() ?? UNREADABLE] } : person));
    const report = identificationReport(swapped, 3, "accurate", POINT);
    expect(report.rank1.value).toBe(0.5);
    expect(report.operating).toMatchObject({ fnir: { value: 0.5 }, wrongPerson: { value: 0.5 } });
    expect(report.named).toMatchObject([{ search: "person 0", candidate: "person 1" }]);
  });

  test("counts a stranger named when somebody who is enrolled comes under another name", () => {
    const { faces, people } = crowd([4, 4, 1, 1]);
    const twice = [...people, { name: "person 0 again", pictures: [faces[0]?.picture() ?? UNREADABLE] }];
    const report = identificationReport(twice, 3, "accurate", POINT);
    expect(report.operating.fpir).toMatchObject({ n: 3, value: 1 / 3 });
    expect(report.named.map(({ search: name }) => name)).toEqual(["person 0 again"]);
    // Above that score, which none of the rates allows to be reached, the right people are missed.
    expect(report.fnirAtFpir["0.1"]?.value).toBeGreaterThan(0);
  });

  test("misses both when two enrolled people look the same, because of the margin", () => {
    const { faces, people } = crowd([4]);
    const twin = { name: "twin", pictures: Array.from({ length: 4 }, () => faces[0]?.picture() ?? UNREADABLE) };
    const report = identificationReport([...people, twin], 3, "accurate", POINT);
    expect(report.operating.fnir.value).toBe(1);
    expect(identificationReport([...people, twin], 3, "accurate", { ...POINT, margin: 0 }).operating.fnir.value).toBeLessThan(1);
  });

  test("tells failures to enrol and to acquire apart, with their reasons", () => {
    const { people } = crowd([4, 4, 1]);
    const [first, second, third] = people as [Person, Person, Person];
    const report = identificationReport(
      [
        { ...first, pictures: [UNREADABLE, UNREADABLE, { failure: "landmark/no-face" }, ...first.pictures.slice(3)] },
        { ...second, pictures: [UNREADABLE, ...second.pictures.slice(1)] },
        third,
        { name: "nobody", pictures: [{ failure: "landmark/no-face" }] },
      ],
      3,
      "accurate",
      POINT,
    );
    expect(report).toMatchObject({ n: 1, mated: 1, nonMated: 1, fte: { n: 2, value: 0.5 }, fteReasons: { "picture/unreadable": 1 } });
    expect(report.fta).toMatchObject({ n: 10, value: 0.5 });
    expect(report.ftaReasons).toEqual({ "picture/unreadable": 3, "landmark/no-face": 2 });
  });

  test("says that nothing is known when nobody is there", () => {
    expect(identificationReport([], 3, "accurate", POINT)).toMatchObject({ n: 0, rank1: { value: null }, operating: { fpir: { value: null }, fnir: { value: null } } });
  });
});
