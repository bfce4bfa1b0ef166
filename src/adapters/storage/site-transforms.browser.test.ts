import { afterEach, describe, expect, it } from "vitest";
import { MatcherService } from "../../../workers/matcher/matcher-service.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { fuseProbes } from "../../domain/biometrics/identification.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Core } from "./core.ts";
import { renewSiteTransform } from "./site-transforms.ts";
import type { SiteTransformSet } from "./site-transforms.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const MODELS = { profile: "accurate", modelSet: "m" } as const;
/** Features with both parts of unit length: the score with themselves is 2. */
const face = (salt: number): Float32Array => fuseProbes("accurate", [{ probe: Float32Array.from({ length: 704 }, (_, index) => Math.sin((index + 1) * (salt + 1.37))), weight: 1 }]);

async function transformsOf(core: Core): Promise<SiteTransformSet> {
  const transforms = await core.transforms();
  if (!transforms) throw new Error("locked");
  return transforms;
}

async function matcherOf(core: Core): Promise<MatcherService> {
  const matcher = new MatcherService();
  const { templates, ...facts } = core.gallery();
  valueOf(await matcher.open({ ...MODELS, ...facts, ...(await transformsOf(core)) }));
  const report = valueOf(await matcher.load(templates));
  expect(report.refused).toEqual([]);
  await core.galleryLoaded(report);
  return matcher;
}

async function enrol(core: Core, matcher: MatcherService, personId: PersonId): Promise<SealedTemplate> {
  valueOf(await core.people.giveConsent(personId, "1", "en"));
  const row = valueOf(await matcher.seal(personId, [face(3)], 1));
  valueOf(await core.people.storeTemplate(row));
  return row;
}

describe("a site's transform", () => {
  it("is made once, also by two tabs at a time, and is the same after a restart", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const other = await openCore(prefix, clock);
    const [one, two] = await Promise.all([transformsOf(core), transformsOf(other)]);
    expect(two.transform.id).toBe(one.transform.id);
    expect(one.earlierTransforms).toEqual([]);
    core.close();
    other.close();
    expect((await transformsOf(await openCore(prefix, clock))).transform).toEqual(one.transform);
  });

  it("turns what is stored when it is renewed, with nobody's face, and takes the old seed away", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    const person = await addPerson(core, "E-1");
    const row = await enrol(core, await matcherOf(core), person.id);
    expect(row.transform).toBe((await transformsOf(core)).transform.id);

    await renewSiteTransform(core.store.tenant, core.store.keys, (work) => core.store.writeKeys(work));
    const renewed = await matcherOf(core);
    expect(valueOf(await renewed.search(face(3), 1)).candidates[0]?.score).toBeCloseTo(2, 4);
    const { transform, earlierTransforms } = await transformsOf(core);
    expect(core.store.templates.get(person.id)?.transform).toBe(transform.id);
    expect(transform.id).not.toBe(row.transform);
    expect(earlierTransforms).toEqual([]);
    expect(valueOf(await (await matcherOf(core)).search(face(3), 1)).candidates[0]?.score).toBeCloseTo(2, 4);
  });

  it("goes along into another epoch", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    const person = await addPerson(core, "E-1");
    await enrol(core, await matcherOf(core), person.id);
    valueOf(await core.store.turnEpoch({ reason: "age", withoutFaces: [], withoutRecords: [] }));
    expect(valueOf(await (await matcherOf(core)).search(face(3), 1)).candidates[0]?.score).toBeCloseTo(2, 4);
  });
});
