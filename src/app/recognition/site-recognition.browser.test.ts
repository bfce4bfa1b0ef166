import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MatcherService } from "../../../workers/matcher/matcher-service.ts";
import { features } from "../../../workers/matcher/testing/vectors.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import type { Core } from "../../adapters/storage/core.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { OPERATING_POINTS } from "../../domain/biometrics/operating-points.ts";
import { identificationThreshold } from "../../domain/biometrics/operating-point.ts";
import { chosenPoint, DEFAULT_RECOGNITION_POLICY } from "../../domain/biometrics/recognition-policy.ts";
import type { RecognitionPolicy } from "../../domain/biometrics/recognition-policy.ts";
import type { RefreshFacts } from "../../domain/biometrics/refreshing.ts";
import { fuseProbes } from "../../domain/biometrics/identification.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { Subject } from "../observable.ts";
import type { Recogniser, RecogniserStatus } from "../ports/recogniser.ts";
import { SiteRecognition } from "./site-recognition.ts";

afterEach(deleteStores);

const MODEL_SET = "0123456789abcdef";
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** The real matcher in this page, without cameras and models. */
class PageRecogniser {
  readonly status = new Subject<RecogniserStatus>({ kind: "closed" });
  readonly matcher = new MatcherService();

  async open({ profile, tenant, epoch, epochKey, templates }: Parameters<Recogniser["open"]>[0]): ReturnType<Recogniser["open"]> {
    await this.matcher.open({ profile, modelSet: MODEL_SET, tenant, epoch, epochKey });
    const loaded = await this.matcher.load(templates);
    if (loaded.ok) this.status.next({ kind: "ready", profile, inference: { threads: 1, backend: "wasm", loadMs: 1, modelSet: MODEL_SET }, gallery: loaded.value });
    return loaded;
  }

  readonly add: Recogniser["add"] = (row) => this.matcher.add(row);
  readonly remove: Recogniser["remove"] = (personId) => this.matcher.remove(personId);
  readonly rekey: Recogniser["rekey"] = (epoch, epochKey) => this.matcher.rekey(epoch, epochKey);
  readonly setRoster: Recogniser["setRoster"] = (people) => this.matcher.setRoster(people);
  readonly closePairs: Recogniser["closePairs"] = (minimum, limit, among) => this.matcher.closePairs(minimum, limit, among);
  readonly leaveOneOut: Recogniser["leaveOneOut"] = () => this.matcher.leaveOneOut();
  readonly sealRefreshed: Recogniser["sealRefreshed"] = (row, probe, at) => this.matcher.sealRefreshed(row, probe.slice(), at);
}

/** A view of a face: the face itself with some of another mixed in. */
function view(face: number, other: number, part: number): Float32Array {
  return fuseProbes("accurate", [
    { probe: features(face, "accurate"), weight: 1 - part },
    { probe: features(other, "accurate"), weight: part },
  ]);
}

/** Three references of a face that differ a little. */
const views = (face: number): Float32Array[] => [0.1, 0.15, 0.2].map((part, index) => view(face, 1000 + 10 * face + index, part));

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error("not within twenty seconds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("recognition of a site", () => {
  let clock: SetClock;
  let core: Core;
  let prefix: string;
  let recogniser: PageRecogniser;
  let recognition: SiteRecognition;
  let scheduled: (() => void)[];

  function recognitionOf(of: Core): SiteRecognition {
    recogniser = new PageRecogniser();
    scheduled = [];
    return new SiteRecognition({
      recogniser,
      store: of.store,
      settings: of.setup.settings,
      rows: of.people.rows,
      operatingPoints: OPERATING_POINTS,
      firstProfile: "accurate",
      contents: () => of.gallery(),
      loaded: (report) => of.galleryLoaded(report),
      clock,
      scheduler: { after: (_delayMs, run) => (scheduled.push(run), () => undefined) },
    });
  }

  beforeEach(async () => {
    clock = new SetClock();
    ({ core, prefix } = await setUpCore(clock));
    recognition = recognitionOf(core);
    valueOf(await recognition.openGallery());
  });

  async function enrol(employeeNumber: string, references: Float32Array[], department = "Assembly"): Promise<PersonId> {
    const { id } = await addPerson(core, employeeNumber);
    valueOf(await core.people.update(id, { employeeNumber, name: "Ada Miller", department, employmentType: "full-time" }));
    valueOf(await core.people.giveConsent(id, "2026-03", "en"));
    const row = valueOf(await recogniser.matcher.seal(id, references.map((reference) => reference.slice()), clock.wall()));
    valueOf(await core.people.storeTemplate(row));
    return id;
  }

  async function choose(policy: Partial<RecognitionPolicy>): Promise<void> {
    valueOf(await core.setup.change({ recognition: { ...DEFAULT_RECOGNITION_POLICY, ...policy } }));
  }

  const searched = async (face: number): Promise<readonly PersonId[]> =>
    valueOf(await recogniser.matcher.search(view(face, 1, 0.1), 5, "roster")).candidates.map(({ personId }) => personId);

  it("finds two people who look alike at enrolment, and again after a new start", async () => {
    const anna = await enrol("1", views(1));
    const bert = await enrol("2", views(2));
    const twin = await enrol("3", [view(1, 3, 0.3), view(1, 4, 0.3)]);
    expect(await recognition.findLookAlikes(twin)).toEqual([anna]);
    expect(await recognition.findLookAlikes(bert)).toEqual([]);
    await until(() => recognition.lookAlikes.value.length === 1);

    core.close();
    core = await openCore(prefix, clock);
    recognition = recognitionOf(core);
    expect(recognition.lookAlikesOf(anna)).toEqual([]);
    valueOf(await recognition.openGallery());
    await until(() => recognition.lookAlikesOf(anna).length > 0);
    expect([anna, bert, twin].map((personId) => recognition.lookAlikesOf(personId))).toEqual([[twin], [], [anna]]);
    expect(recognition.lookAlikes.value[0]?.log10Fmr).toBeLessThan(-5);
  });

  it("forgets the pair when one of the two withdraws", async () => {
    const anna = await enrol("1", views(1));
    const twin = await enrol("2", views(1));
    await until(() => recognition.lookAlikesOf(anna).length > 0);
    valueOf(await core.people.withdrawConsent(twin));
    await until(() => recognition.lookAlikesOf(anna).length === 0);
    expect(recognition.lookAlikes.value).toEqual([]);
  });

  it("compares with the roster alone from the moment the site says so, and after a new start", async () => {
    const anna = await enrol("1", views(1), "Assembly");
    const bert = await enrol("2", views(2), "Quality");
    expect(await searched(2)).toContain(bert);
    await choose({ comparison: "roster", rosterDepartments: ["Assembly"] });
    await until(async () => !(await searched(2)).includes(bert));
    expect(await searched(2)).toEqual([anna]);
    core.close();
    core = await openCore(prefix, clock);
    recognition = recognitionOf(core);
    valueOf(await recognition.openGallery());
    expect(await searched(2)).toEqual([anna]);
    valueOf(await core.people.update(bert, { employeeNumber: "2", name: "Bert", department: "Assembly", employmentType: "intern" }));
    await until(async () => (await searched(2)).includes(bert));
  });

  it("reports on references and on what was met at the door", async () => {
    const anna = await enrol("1", views(1), "Assembly");
    const bert = await enrol("2", views(2), "Quality");
    const odd = await enrol("3", [...views(3).slice(0, 2), features(77, "accurate")], "Quality");
    clock.pass(DAY_MS);
    valueOf(await core.ledger.punch({ personId: anna, method: "face", stepUps: ["challenge"], scoreOverThreshold: 0.4 }));
    clock.pass(60_000);
    valueOf(await core.ledger.attempt("no-candidate"));
    clock.pass(60_000);
    valueOf(await core.ledger.punch({ personId: bert, method: "pin" }));
    const report = valueOf(await recognition.report("2026-03-03"));
    expect(report).toMatchObject({
      profile: "accurate",
      people: 3,
      references: 9,
      operating: { fpirTarget: 1e-3, threshold: identificationThreshold(chosenPoint(OPERATING_POINTS.accurate, DEFAULT_RECOGNITION_POLICY), 3) },
      fnir: { n: 9 },
      fpir: { n: 9, value: 0 },
      attempts: { notRecognised: 1, ambiguous: 0, attackSuspected: 0, livenessUndecided: 0 },
      worstToBest: null,
    });
    expect(report.fnir.value).toBeCloseTo(1 / 9, 9);
    expect(report.persons.map(({ personId, recognised, challenged, afterRefusal }) => [personId, recognised, challenged, afterRefusal])).toEqual([
      [bert, 0, 0, 1],
      [odd, 0, 0, 0],
      [anna, 1, 1, 0],
    ]);
    expect(report.persons.find(({ personId }) => personId === odd)?.found).toMatchObject({ n: 3, value: 2 / 3 });
    expect(report.groups.filter(({ by }) => by === "department").map(({ name, people }) => [name, people])).toEqual([["Quality", 2], ["Assembly", 1]]);
    // In Shanghai the punches were on 3 March; from the day after nothing is left of them.
    const later = valueOf(await recognition.report("2026-03-04"));
    expect(later.persons.every(({ recognised, afterRefusal }) => recognised + afterRefusal === 0)).toBe(true);
  });

  it.each(["3 March", "2026-02-30", ""])("refuses to report since %j", async (since) => {
    expect(await recognition.report(since)).toMatchObject({ ok: false, error: { kind: "recognition/bad-date" } });
  });

  describe("with references that may be refreshed", () => {
    let anna: PersonId;
    const facts: RefreshFacts = { score: 1.9, lead: 1, people: 2, pad: "bona-fide", stepUps: [], enrolmentQuality: true };
    const rowOf = (personId: PersonId): SealedTemplate | undefined => core.store.templates.get(personId);
    /** Offers the probe and lets the time pass in which the punch could be taken back. */
    const refresh = async (probe: Float32Array, meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<boolean> => {
      const done = recognition.refreshReference(anna, probe, facts);
      await meanwhile();
      for (const run of scheduled.splice(0)) run();
      return valueOf(await done);
    };
    const scoreWith = async (probe: Float32Array): Promise<number> => valueOf(await recogniser.matcher.search(probe, 1)).candidates[0]?.score ?? 0;

    beforeEach(async () => {
      await choose({ refreshReferences: true });
      anna = await enrol("1", views(1));
      await enrol("2", views(2));
      await recognition.findLookAlikes(anna);
      clock.pass(2 * WEEK_MS);
    });

    it("adds one reference, says so in the log, and leaves the enrolled ones", async () => {
      const probe = view(1, 5, 0.4);
      const before = await scoreWith(probe);
      expect(await refresh(probe)).toBe(true);
      expect(rowOf(anna)).toMatchObject({ references: 4, refreshedAtMs: clock.wallMs });
      await until(async () => (await scoreWith(probe)) > before + 0.05);
      // The mean of the three enrolled ones and this one.
      const mean = fuseProbes("accurate", [...views(1), probe].map((reference) => ({ probe: reference, weight: 1 })));
      expect(await scoreWith(mean)).toBeCloseTo(2, 4);
      const day = Math.floor(clock.wallMs / DAY_MS);
      expect((await core.store.entries(day, day)).at(-1)).toMatchObject({ subject: anna, content: { type: "refreshed", body: { references: 4 } } });
    });

    it("puts a later one in place of the last, after a week and not before", async () => {
      expect(await refresh(view(1, 5, 0.4))).toBe(true);
      clock.pass(WEEK_MS - 1);
      expect(await refresh(view(1, 6, 0.4))).toBe(false);
      clock.pass(1);
      expect(await refresh(view(1, 6, 0.4))).toBe(true);
      expect(rowOf(anna)?.references).toBe(4);
    });

    it.each([
      ["the site does not allow it", () => choose({})],
      ["the person has withdrawn", () => core.people.withdrawConsent(anna)],
      [
        "somebody looks like them",
        async () => {
          await enrol("3", views(1));
          await until(() => recognition.lookAlikesOf(anna).length > 0);
        },
      ],
    ])("leaves everything as it is when %s", async (_when, happens) => {
      await happens();
      const before = rowOf(anna);
      expect(await refresh(view(1, 5, 0.4))).toBe(false);
      expect(rowOf(anna)).toBe(before);
    });

    it("leaves everything as it is when the person says that the punch is not theirs", async () => {
      const { punch } = valueOf(await core.ledger.punch({ personId: anna, method: "face" }));
      expect(await refresh(view(1, 5, 0.4), () => core.ledger.undo(punch))).toBe(false);
      expect(rowOf(anna)?.references).toBe(3);
      clock.pass(DAY_MS);
      valueOf(await core.ledger.punch({ personId: anna, method: "face" }));
      expect(await refresh(view(1, 5, 0.4))).toBe(true);
    });

    it("does not put back what was made of a template that is gone meanwhile", async () => {
      const done = recognition.refreshReference(anna, view(1, 5, 0.4), facts);
      for (const run of scheduled.splice(0)) run();
      valueOf(await core.people.withdrawConsent(anna));
      await done;
      expect(rowOf(anna)).toBeUndefined();
      expect(await core.database.templates.get(anna)).toBeUndefined();
    });
  });

  it("offers a renewal to whoever is recognised less and less clearly, and erases the trend with the face", async () => {
    const anna = await enrol("1", views(1));
    for (let week = 0; week < 12; week++) {
      for (let day = 0; day < 5; day++) {
        valueOf(await core.ledger.punch({ personId: anna, method: "face", scoreOverThreshold: 0.6 - 0.03 * week + 0.01 * day }));
        clock.pass(DAY_MS);
      }
      clock.pass(2 * DAY_MS);
    }
    for (const run of scheduled.splice(0)) run();
    expect(recognition.renewals.value.map(({ personId, reason }) => [personId, reason])).toEqual([[anna, "sinking"]]);

    core.close();
    core = await openCore(prefix, clock);
    recognition = recognitionOf(core);
    expect(core.store.standing(anna).trend?.weeks).toHaveLength(12);
    expect(recognition.renewals.value).toHaveLength(1);

    valueOf(await core.people.withdrawConsent(anna));
    expect(core.store.standing(anna).trend).toBeUndefined();
    for (const run of scheduled.splice(0)) run();
    expect(recognition.renewals.value).toEqual([]);
    core.close();
    core = await openCore(prefix, clock);
    expect(core.store.standing(anna)).toMatchObject({ latest: { punch: { method: "face" } } });
    expect(core.store.standing(anna).trend).toBeUndefined();
  });
});
