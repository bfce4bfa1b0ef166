import { afterEach, describe, expect, test } from "vitest";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, setUpSite, signIn } from "../../adapters/storage/testing/site.ts";
import type { Core } from "../../adapters/storage/core.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { IncidentDraft } from "../../domain/compliance/incident.ts";
import { SiteCompliance } from "./site-compliance.ts";

const HOUR_MS = 3_600_000;
const template = (personId: PersonId): SealedTemplate => ({ personId, profile: "clear", modelSet: "m", epoch: 1, createdAtMs: 0, references: 1, wrappedKey: new Uint8Array(40), envelope: new Uint8Array(64) });
const ELSEWHERE = { kind: "elsewhere", reference: "DPIA 7", signedBy: "Ida Moreau", signedOn: "2020-01-01", nextReviewOn: "2999-01-01" } as const;

function complianceOf(core: Core): { readonly compliance: SiteCompliance; readonly look: () => void } {
  let look = (): void => undefined;
  const compliance = new SiteCompliance({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    newId: () => crypto.randomUUID(),
    every: (_, run) => {
      look = run;
      return () => undefined;
    },
  });
  return { compliance, look: () => look() };
}

const types = async (core: Core): Promise<readonly string[]> => (await core.store.latest(20)).map(({ header }) => header.type);

afterEach(deleteStores);

describe("compliance", () => {
  test("keeps faces shut on a new tablet until an assessment is recorded, each version of which is kept", async () => {
    const { core } = await setUpSite(new SetClock());
    const { compliance } = complianceOf(core);
    expect(compliance.faceClosed.value).toBe("not-assessed");
    expect(await compliance.recordAssessment({ ...ELSEWHERE, signedBy: "" })).toMatchObject({ error: { kind: "compliance/assessment-bad", problems: [{ field: "signedBy" }] } });
    expect(compliance.faceClosed.value).toBe("not-assessed");
    valueOf(await compliance.recordAssessment(ELSEWHERE));
    expect(compliance.faceClosed.value).toBeNull();
    valueOf(await compliance.recordAssessment({ ...ELSEWHERE, reference: "DPIA 8" }));
    expect(valueOf(await compliance.assessments()).map(({ version, draft }) => [version, draft.kind === "elsewhere" && draft.reference])).toEqual([[2, "DPIA 8"], [1, "DPIA 7"]]);
    expect((await types(core)).filter((type) => type === "assessment")).toHaveLength(2);
  });

  test("does not shut a tablet that holds faces already, and tells of it", async () => {
    const { core } = await setUpSite(new SetClock());
    const person = await addPerson(core, "E-1");
    valueOf(await core.people.giveConsent(person.id, "1", "en"));
    valueOf(await core.people.storeTemplate(template(person.id)));
    const { compliance } = complianceOf(core);
    await compliance.load();
    expect(compliance.faceClosed.value).toBeNull();
    expect(compliance.concerns.value).toMatchObject({ assessmentMissing: true, filing: { here: 1, elsewhere: 0 } });
    valueOf(await compliance.recordAssessment(ELSEWHERE));
    expect(compliance.concerns.value).toMatchObject({ assessmentMissing: false });
  });

  test("switches faces off with a reason and a fresh factor, in another tab within a second, and after a restart", async () => {
    const clock = new SetClock();
    const { core, keeper, prefix } = await setUpSite(clock);
    const { compliance } = complianceOf(core);
    valueOf(await compliance.recordAssessment(ELSEWHERE));
    const other = await openCore(prefix, clock);
    const there = complianceOf(other).compliance;
    expect(there.faceClosed.value).toBeNull();
    expect(await compliance.switchFaces(false, "  ")).toMatchObject({ error: { kind: "compliance/reason-empty" } });
    clock.pass(10 * 60_000);
    expect((await compliance.switchFaces(false, "Order 12/2026")).ok).toBe(false);
    core.sessions.signOut();
    await signIn(core, clock, keeper);
    const asked = performance.now();
    valueOf(await compliance.switchFaces(false, "Order 12/2026"));
    expect(compliance.faceClosed.value).toBe("switched-off");
    await expect.poll(() => there.faceClosed.value, { interval: 20 }).toBe("switched-off");
    expect(performance.now() - asked).toBeLessThan(1000);
    other.close();
    await other.closed();
    const later = await openCore(prefix, clock);
    expect(complianceOf(later).compliance.faceClosed.value).toBe("switched-off");
    later.close();
    await later.closed();
    valueOf(await compliance.switchFaces(true, "The order was lifted"));
    expect(compliance.faceClosed.value).toBeNull();
    expect((await types(core)).filter((type) => type === "face-use")).toHaveLength(2);
  });

  test("has clocks that run out told, and keeps every step beside the first words", async () => {
    const clock = new SetClock();
    const { core } = await setUpSite(clock);
    const { compliance, look } = complianceOf(core);
    const draft: IncidentDraft = { what: "The tablet is gone", foundAt: core.store.now().wallMs, severity: "severe", people: null, data: ["faces"] };
    expect(await compliance.openIncident({ ...draft, what: " " })).toMatchObject({ error: { kind: "compliance/incident-bad" } });
    const { id } = valueOf(await compliance.openIncident(draft));
    await expect.poll(() => compliance.concerns.value?.openIncidents).toBe(1);
    expect(compliance.concerns.value?.overdue).toEqual([]);
    expect(await compliance.addStep(id, { kind: "closed", text: "Over" })).toMatchObject({ error: { kind: "compliance/step-not-now" } });
    for (const clockName of ["h1", "h4", "h72"] as const) valueOf(await compliance.addStep(id, { kind: "clock", clock: clockName, outcome: "done", text: "Told" }));
    const { id: second } = valueOf(await compliance.openIncident({ ...draft, foundAt: (core.store.now().wallMs - 2 * HOUR_MS) as IncidentDraft["foundAt"] }));
    await expect.poll(() => compliance.concerns.value?.openIncidents).toBe(2);
    look();
    expect(compliance.concerns.value?.overdue).toMatchObject([{ incident: second, clock: "h1" }]);
    valueOf(await compliance.addStep(id, { kind: "closed", text: "Over" }));
    const kept = valueOf(await compliance.incidents()).find((incident) => incident.id === id);
    expect(kept).toMatchObject({ draft, steps: [{ draft: { clock: "h1" } }, { draft: { clock: "h4" } }, { draft: { clock: "h72" } }, { draft: { kind: "closed" } }] });
    expect((await types(core)).filter((type) => type === "incident")).toHaveLength(6);
  });

  test("lets HR report incidents, the auditor read, and neither switch nor sign", async () => {
    const clock = new SetClock();
    const { core, keeper } = await setUpSite(clock);
    const hr = await addUser(core, clock, "People", [{ role: "hr" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, hr);
    const { compliance } = complianceOf(core);
    expect(await compliance.recordAssessment(ELSEWHERE)).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await compliance.switchFaces(false, "because")).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await compliance.setFacesElsewhere(5)).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect((await compliance.openIncident({ what: "Gone", foundAt: core.store.now().wallMs, severity: "low", people: 0, data: [] })).ok).toBe(true);
    core.sessions.signOut();
    expect(compliance.concerns.value).toBeNull();
    expect(await compliance.incidents()).toMatchObject({ error: { kind: "access/not-signed-in" } });
  });
});
