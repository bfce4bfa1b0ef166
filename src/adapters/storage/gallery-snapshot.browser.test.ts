import { afterEach, describe, expect, it } from "vitest";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { encodeEnvelope, NONCE_BYTES } from "../../domain/envelope.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Core } from "./core.ts";
import { sourceOf } from "./epoch-source.ts";
import { GALLERY_FROM } from "./gallery-snapshot.ts";
import { WORTH_A_SNAPSHOT } from "./roster-snapshot.ts";
import { deleteStores, importPeople, openCore, SetClock, setUpCore } from "./testing/harness.ts";

afterEach(deleteStores);

const PEOPLE = WORTH_A_SNAPSHOT + 10;

const randomBytes = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const sealed = (keyId: string, length: number): Uint8Array => encodeEnvelope({ keyId, epoch: 1, nonce: randomBytes(NONCE_BYTES), sealed: randomBytes(length) });

function templateOf(personId: PersonId, createdAtMs: number): SealedTemplate {
  return { personId, profile: "accurate", modelSet: "m", epoch: 1, createdAtMs, references: 1, transform: "t", wrappedKey: sealed("epoch-1", 48), envelope: sealed(`face-${personId}`, 300) };
}

/** Rows of their own, as enrolling leaves them. */
async function enrol(core: Core, people: readonly PersonId[], createdAtMs: number): Promise<void> {
  const rows = people.map((personId) => ({ id: crypto.randomUUID(), template: templateOf(personId, createdAtMs) }));
  await core.keys.vault.templates.bulkPut(rows);
  await core.database.templatePointers.bulkPut(rows.map(({ id, template }) => ({ personId: template.personId, templateId: id })));
}

/** A site of many faces that was started once, so that its templates lie together, and is closed. */
async function largeSite(): Promise<{ readonly prefix: string; readonly clock: SetClock }> {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  await importPeople(core, PEOPLE);
  await enrol(core, [...core.store.people.keys()], 1);
  core.close();
  const again = await openCore(prefix, clock);
  await again.store.tidy();
  expect(await together(again)).toBeGreaterThan(1);
  again.close();
  return { prefix, clock };
}

const together = (core: Core): Promise<number> => core.store.keys.vault.roster.where("id").aboveOrEqual(GALLERY_FROM).count();

async function facesOf(prefix: string, clock: SetClock): Promise<ReadonlyMap<PersonId, SealedTemplate>> {
  const core = await openCore(prefix, clock);
  const faces = new Map([...core.store.templates].sort(([one], [other]) => (one < other ? -1 : 1)));
  core.close();
  return faces;
}

describe("templates that lie together", () => {
  it("are those of the rows, with whoever was enrolled anew, and without whoever has none", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    const [one, two] = [core.store.findByNumber("1"), core.store.findByNumber("2")].map((stored) => stored!.person.id);
    await enrol(core, [one!], 2);
    await core.database.templatePointers.delete(two!);
    core.close();
    const quick = await facesOf(prefix, clock);
    const slowly = await openCore(prefix, clock);
    expect(await together(slowly)).toBeGreaterThan(1);
    await slowly.store.keys.vault.roster.clear();
    slowly.close();
    expect(quick).toEqual(await facesOf(prefix, clock));
    expect([quick.size, quick.get(one!)?.createdAtMs, quick.has(two!)]).toEqual([PEOPLE - 1, 2, false]);
  });

  it("count for nothing where a part of them is damaged", async () => {
    const { prefix, clock } = await largeSite();
    const before = await facesOf(prefix, clock);
    const core = await openCore(prefix, clock);
    const { roster } = core.store.keys.vault;
    const row = (await roster.get(GALLERY_FROM))!;
    if (!("bytes" in row)) throw new Error("no templates lie there");
    const bytes = row.bytes.slice();
    bytes[100]! ^= 1;
    await roster.put({ ...row, bytes });
    core.close();
    expect(await facesOf(prefix, clock)).toEqual(before);
  });

  it("go into the next epoch in place of a row that was damaged meanwhile", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    const { id } = core.store.findByNumber("4")!.person;
    const { templateId } = (await core.database.templatePointers.get(id))!;
    const { templates } = core.store.keys.vault;
    const row = (await templates.get(templateId))!;
    await templates.put({ ...row, template: { ...row.template, envelope: new Uint8Array(3) } });
    const { templates: taken } = await sourceOf(core.store.keys.vault, core.database, { templates: core.store.templates, templateIds: new Map([[id, templateId]]) });
    expect(taken.find((one) => one.id === templateId)?.template).toEqual(row.template);
  });

  it("bring nobody's face back whose row is gone", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    const { id } = core.store.findByNumber("3")!.person;
    const pointer = (await core.database.templatePointers.get(id))!;
    await core.store.keys.vault.templates.delete(pointer.templateId);
    core.close();
    const later = await openCore(prefix, clock);
    expect([later.store.templates.has(id), later.store.unreadableTemplates.has(id)]).toEqual([false, true]);
  });
});
