import { afterEach, describe, expect, it } from "vitest";
import { MatcherService } from "../../../workers/matcher/matcher-service.ts";
import type { Core } from "../../adapters/storage/core.ts";
import { renewSiteTransform } from "../../adapters/storage/site-transforms.ts";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { setUpSite, signIn } from "../../adapters/storage/testing/site.ts";
import { fuseProbes } from "../../domain/biometrics/identification.ts";
import { err, ok } from "../../domain/result.ts";
import { failure } from "../../domain/errors.ts";
import { BootPolicies } from "./boot-policies.ts";

afterEach(deleteStores);

const face = fuseProbes("accurate", [{ probe: Float32Array.from({ length: 704 }, (_, index) => Math.sin((index + 1) * 4.37)), weight: 1 }]);

/** A matcher as the tablet opens it; null while faces are locked. */
async function matcherOf(core: Core): Promise<MatcherService | null> {
  const transforms = await core.transforms();
  if (!transforms) return null;
  const matcher = new MatcherService();
  const { templates, ...facts } = core.gallery();
  valueOf(await matcher.open({ profile: "accurate", modelSet: "m", ...facts, ...transforms }));
  const report = valueOf(await matcher.load(templates));
  expect(report.refused).toEqual([]);
  await core.galleryLoaded(report);
  return matcher;
}

const scoreOf = async (matcher: MatcherService | null): Promise<number | undefined> => (matcher ? valueOf(await matcher.search(face.slice(), 1)).candidates[0]?.score : undefined);

function bootOf(core: Core): BootPolicies {
  return new BootPolicies({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    held: () => core.sessions.held,
    renewTransform: () => renewSiteTransform(core.store.tenant, core.store.keys, (work) => core.store.writeKeys(work)),
    openGallery: async () => ((await matcherOf(core)) ? ok() : err(failure("recognition/locked"))),
  });
}

async function enrolledSite() {
  const clock = new SetClock();
  const site = await setUpSite(clock);
  const person = await addPerson(site.core, "E-1");
  const pin = valueOf(await site.core.people.issuePin(person.id));
  valueOf(await site.core.people.giveConsent(person.id, "1", "en"));
  const matcher = await matcherOf(site.core);
  valueOf(await site.core.people.storeTemplate(valueOf(await (matcher as MatcherService).seal(person.id, [face.slice()], 1))));
  return { ...site, clock, person, pin };
}

describe("a tablet whose faces wait for an administrator", () => {
  it("recognises nobody after a start, takes PINs, and recognises again when an administrator has signed in", async () => {
    const { core, prefix, clock, keeper, pin } = await enrolledSite();
    const boot = bootOf(core);
    valueOf(await boot.choose("attended"));
    expect([boot.policy.value, boot.locked.value]).toEqual(["attended", false]);
    expect(await scoreOf(await matcherOf(core))).toBeCloseTo(2, 4);
    core.close();

    const started = await openCore(prefix, clock);
    const later = bootOf(started);
    expect([later.policy.value, later.locked.value]).toEqual(["attended", true]);
    expect(await matcherOf(started)).toBeNull();
    const known = valueOf(await started.ledger.verifyPin("E-1", pin));
    expect((await started.ledger.punch({ personId: known, method: "pin" })).ok).toBe(true);

    await signIn(started, clock, keeper);
    await expect.poll(() => later.locked.value).toBe(false);
    expect(await scoreOf(await matcherOf(started))).toBeCloseTo(2, 4);
    await expect.poll(async () => (await started.store.latest(20)).some(({ content }) => content?.type === "sign-in" && content.body.purpose === "unlock")).toBe(true);
  });

  it("keeps nothing on the tablet that opens a face, whatever else it boots with", async () => {
    const { core, prefix, clock } = await enrolledSite();
    valueOf(await bootOf(core).choose("attended"));
    core.close();
    const started = await openCore(prefix, clock);
    const { vault, epochKey } = started.store.keys;
    const rows = await vault.keys.toArray();
    expect(rows.map(({ id }) => id).sort()).toEqual(["device", "epoch-key", "face-guard"]);
    const matcher = new MatcherService();
    const { templates } = started.gallery();
    valueOf(await matcher.open({ profile: "accurate", modelSet: "m", tenant: started.store.tenant, epoch: epochKey.epoch, epochKey: epochKey.key }));
    expect(valueOf(await matcher.load(templates))).toMatchObject({ people: 0, refused: [{}] });
  });

  it("erases a face while it is locked, and takes the others along", async () => {
    const { core, prefix, clock, keeper, person } = await enrolledSite();
    const other = await addPerson(core, "E-2", "Ben");
    valueOf(await core.people.giveConsent(other.id, "1", "en"));
    valueOf(await core.people.storeTemplate(valueOf(await ((await matcherOf(core)) as MatcherService).seal(other.id, [face.slice()], 2))));
    valueOf(await bootOf(core).choose("attended"));
    core.close();
    const started = await openCore(prefix, clock);
    const boot = bootOf(started);
    valueOf(await started.store.turnEpoch({ reason: "erasure", withoutFaces: [person.id], withoutRecords: [] }));
    expect(boot.locked.value).toBe(true);
    await signIn(started, clock, keeper);
    await expect.poll(() => boot.locked.value).toBe(false);
    const found = valueOf(await ((await matcherOf(started)) as MatcherService).search(face.slice(), 2));
    expect(found).toMatchObject({ people: 1, candidates: [{ personId: other.id }] });
    const again = valueOf(await ((await matcherOf(started)) as MatcherService).seal(person.id, [face.slice()], 3));
    expect((await started.people.storeTemplate(again)).ok).toBe(true);
  });

  it("starts by itself again when that is chosen, and renews keys and templates without a face", async () => {
    const { core, prefix, clock, person } = await enrolledSite();
    const boot = bootOf(core);
    valueOf(await boot.choose("attended"));
    const before = core.store.templates.get(person.id);
    valueOf(await boot.renew());
    expect(core.store.templates.get(person.id)?.transform).not.toBe(before?.transform);
    valueOf(await boot.choose("unattended"));
    core.close();
    const started = await openCore(prefix, clock);
    expect(bootOf(started).locked.value).toBe(false);
    expect(await scoreOf(await matcherOf(started))).toBeCloseTo(2, 4);
  });

  it("is chosen by nobody who may not", async () => {
    const { core } = await enrolledSite();
    core.sessions.signOut();
    expect(await bootOf(core).choose("attended")).toMatchObject({ error: { kind: "access/not-signed-in" } });
    expect(core.store.bootPolicy).toBe("unattended");
  });
});
