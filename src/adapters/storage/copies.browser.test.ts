import { afterEach, describe, expect, it } from "vitest";
import type { Person } from "../../domain/people/types.ts";
import type { Core } from "./core.ts";
import { addPerson, bucketsOf, deleteBucket, deleteStores, openCore, SetClock, setUpCore, SMALL_JOURNAL, valueOf } from "./testing/harness.ts";
import { damageFile, filesOf, putFile } from "./testing/journal-files.ts";

afterEach(deleteStores);

const clock = new SetClock();

/** A tablet that was used, closed. */
async function used(punches = 5): Promise<{ readonly prefix: string; readonly person: Person; readonly length: number; readonly punches: readonly string[] }> {
  const { core, prefix } = await setUpCore(clock);
  const person = await addPerson(core, "1");
  for (let turn = 0; turn < punches; turn++) {
    clock.pass(600_000);
    valueOf(await core.ledger.punch({ personId: person.id, method: "face" }));
  }
  const length = core.store.length;
  const ids = await punchesOf(core);
  core.close();
  return { prefix, person, length, punches: ids };
}

async function punchesOf(core: Core): Promise<readonly string[]> {
  return valueOfPunches(await core.store.entries(0, 1e9));
}

function valueOfPunches(entries: Awaited<ReturnType<Core["store"]["entries"]>>): readonly string[] {
  return entries.filter(({ content }) => content?.type === "punch").map(({ receipt }) => receipt);
}

async function lossesOf(core: Core): Promise<readonly unknown[]> {
  return (await core.store.entries(0, 1e9)).flatMap(({ content }) => (content?.type === "data-loss" ? [content.body] : []));
}

const journalOf = (prefix: string): { readonly bucket: string; readonly folder: string } => ({ bucket: `${prefix}journal`, folder: "journal" });

describe("the two copies", () => {
  it("agree after use, and nothing is told", async () => {
    const { prefix, length } = await used();
    const again = await openCore(prefix, clock);
    expect(await lossesOf(again)).toEqual([]);
    expect(again.store.length).toBe(length + 1);
    expect(again.copies.status.value).toMatchObject({ second: "whole", losses: [] });
  });

  it("rebuild the first when its whole bucket is gone, and tell of it until an administrator has read it", async () => {
    const { prefix, person, length, punches } = await used();
    await deleteBucket(`${prefix}punch`);
    const again = await openCore(prefix, clock);
    expect(await punchesOf(again)).toEqual(punches);
    expect(again.people.rows.value.map((row) => row.person.id)).toEqual([person.id]);
    expect(await lossesOf(again)).toEqual([{ copy: "A", what: "empty", found: length, rebuilt: length, lost: 0, firstSeq: 1, lastSeq: length }]);
    expect(again.setup.settings.value).not.toBeNull();
    again.close();
    const third = await openCore(prefix, clock);
    expect(third.copies.status.value.losses).toHaveLength(1);
    await third.copies.acknowledge();
    expect(third.copies.status.value.losses).toEqual([]);
    expect(await lossesOf(third)).toHaveLength(1);
  });

  it("give the first its lost end back", async () => {
    const { prefix, length, punches } = await used();
    const opened = await openCore(prefix, clock);
    const { database } = opened;
    const head = await database.meta.get("head");
    if (head?.key !== "head") throw new Error("no head");
    // As after a disk that took back its last writes: rows and head alike.
    await database.log.where("seq").above(length - 2).delete();
    await database.meta.put({ ...head, seq: length - 2, revision: (head.revision ?? 0) - 3 });
    opened.close();
    const again = await openCore(prefix, clock);
    expect(await punchesOf(again)).toEqual(punches);
    expect(await lossesOf(again)).toMatchObject([{ copy: "A", rebuilt: 3, lost: 0 }]);
  });

  it("give a hole in the log back, near the end at the start and anywhere at the scrub", async () => {
    const { prefix, punches, length } = await used(8);
    const opened = await openCore(prefix, clock);
    await opened.database.log.delete(length - 3);
    opened.close();
    const again = await openCore(prefix, clock);
    expect(await punchesOf(again)).toEqual(punches);
    expect(await lossesOf(again)).toMatchObject([{ copy: "A", what: "entries missing", rebuilt: 1, lost: 0 }]);
    await again.database.log.delete(4);
    await again.copies.scrub(new AbortController().signal);
    expect(await lossesOf(again)).toHaveLength(2);
    expect(await again.database.log.count()).toBe(again.store.length);
  });

  it("give back rows that do not open, and quarantine those that neither has", async () => {
    const { prefix, person } = await used();
    const opened = await openCore(prefix, clock);
    const row = await opened.database.people.get(person.id);
    const settings = await opened.database.meta.get("settings");
    if (!row || settings?.key !== "settings") throw new Error("no rows");
    await opened.database.people.put({ ...row, envelope: flipped(row.envelope) });
    await opened.database.meta.put({ ...settings, envelope: flipped(settings.envelope) });
    opened.close();
    const again = await openCore(prefix, clock);
    expect(again.people.rows.value).toHaveLength(1);
    expect(again.setup.settings.value).not.toBeNull();
    expect(await again.store.quarantined()).toEqual([]);
    expect(await lossesOf(again)).toMatchObject([{ copy: "A", what: "unreadable rows", found: 2, rebuilt: 2, lost: 0 }]);
    await again.database.people.put({ ...row, envelope: flipped(row.envelope) });
    again.close();
    await deleteBucket(`${prefix}journal`);
    const third = await openCore(prefix, clock);
    expect(await third.store.quarantined()).toMatchObject([{ store: "people" }]);
    expect((await third.store.latest(10)).map(({ content }) => content?.type)).toContain("quarantined");
  });

  it("bring a commit that the power stopped between them into the first, and tell of no loss", async () => {
    const { prefix, person, punches } = await used();
    const opened = await openCore(prefix, clock);
    const { database } = opened;
    const [head, standing] = [await database.meta.get("head"), await database.standings.get(person.id)];
    clock.pass(600_000);
    const { receipt, seq } = valueOf(await opened.ledger.punch({ personId: person.id, method: "face" })).punch;
    if (head?.key !== "head" || !standing) throw new Error("no rows");
    await database.log.delete(seq);
    await database.meta.put(head);
    await database.standings.put(standing);
    opened.close();
    const again = await openCore(prefix, clock);
    expect(await punchesOf(again)).toEqual([...punches, receipt]);
    expect(again.store.standing(person.id).latest?.punch.seq).toBe(seq);
    expect(await lossesOf(again)).toEqual([]);
  });

  it("give back what is gone or older beside a log that is whole", async () => {
    const { prefix, person } = await used();
    const opened = await openCore(prefix, clock);
    const { database } = opened;
    const older = await database.standings.get(person.id);
    clock.pass(600_000);
    const { seq } = valueOf(await opened.ledger.punch({ personId: person.id, method: "face" })).punch;
    const file = crypto.getRandomValues(new Uint8Array(60_000));
    valueOf(await opened.store.exclusively(() => opened.store.commit({ entries: [], papers: [{ id: "file", kind: "attachment", subject: person.id, untilUtcDay: null, value: file }] })));
    if (!older) throw new Error("no row");
    await database.standings.put(older);
    await database.papers.delete("file/1");
    opened.close();
    const again = await openCore(prefix, clock);
    expect(again.store.standing(person.id).latest?.punch.seq).toBe(seq);
    expect((await again.store.paper("file"))?.value).toEqual(file);
    expect(await again.store.quarantined()).toEqual([]);
    expect(await lossesOf(again)).toMatchObject([{ copy: "A", what: "rows missing", lost: 0 }]);
  });

  it("do not move the end of the log back when the second is behind and the first has a hole", async () => {
    const { prefix, length, punches } = await used();
    const opened = await openCore(prefix, clock);
    await opened.database.log.delete(length - 1);
    opened.close();
    const [name] = await filesOf(journalOf(prefix));
    await damageFile(journalOf(prefix), name ?? "", (bytes) => {
      // The start's own entry: the last frame.
      const end = bytes.subarray(0, -64).findLastIndex((byte) => byte !== 0);
      return bytes.fill(0, end - 40, end + 1);
    });
    const again = await openCore(prefix, clock);
    expect(await punchesOf(again)).toEqual(punches);
    expect(await again.database.log.count()).toBe(again.store.length);
    expect(again.store.length).toBeGreaterThan(length + 1);
    expect(await lossesOf(again)).toMatchObject([{ copy: "A", what: "entries missing", rebuilt: 1, lost: 0 }]);
  });

  it("keep the second one's files when they cannot be read, and both are whole when they can again", async () => {
    const { prefix, person, punches } = await used();
    await putFile(`${prefix}journal`, "no folder");
    const blind = await openCore(prefix, clock, { journal: { ...SMALL_JOURNAL, folder: "no folder" } });
    expect(blind.copies.status.value.second).toBe("failed");
    clock.pass(600_000);
    const { receipt } = valueOf(await blind.ledger.punch({ personId: person.id, method: "face" })).punch;
    blind.close();
    const again = await openCore(prefix, clock);
    await settled(again);
    expect(await lossesOf(again)).toEqual([]);
    again.close();
    await deleteBucket(`${prefix}punch`);
    expect(await punchesOf(await openCore(prefix, clock))).toEqual([...punches, receipt]);
  });

  it("write the second anew when it is damaged", async () => {
    const { prefix, punches } = await used();
    const [name] = await filesOf(journalOf(prefix));
    await damageFile(journalOf(prefix), name ?? "", (bytes) => {
      bytes[3_000] = (bytes[3_000] ?? 0) ^ 1;
      return bytes;
    });
    const again = await openCore(prefix, clock);
    expect(await lossesOf(again)).toMatchObject([{ copy: "B", what: "damaged" }]);
    await settled(again);
    again.close();
    await deleteBucket(`${prefix}punch`);
    const third = await openCore(prefix, clock);
    expect(await punchesOf(third)).toEqual(punches);
    expect(third.people.rows.value).toHaveLength(1);
  });

  it("write the second anew when it is gone", async () => {
    const { prefix, punches } = await used();
    const opened = await openCore(prefix, clock);
    await opened.copies.tend();
    opened.close();
    await deleteBucket(`${prefix}journal`);
    const again = await openCore(prefix, clock);
    expect(await lossesOf(again)).toMatchObject([{ copy: "B", what: "empty", lost: 0 }]);
    await settled(again);
    again.close();
    await deleteBucket(`${prefix}punch`);
    expect(await punchesOf(await openCore(prefix, clock))).toEqual(punches);
  });

  it("never look like a new tablet when both are gone, nor when the keys are", async () => {
    const { prefix } = await used();
    (await openCore(prefix, clock)).close();
    await deleteBucket(`${prefix}punch`);
    await deleteBucket(`${prefix}journal`);
    await expect(openCore(prefix, clock)).rejects.toThrow("store/emptied");
    const other = await used();
    await deleteBucket(`${other.prefix}punch`);
    for (const name of [...(await bucketsOf(`${other.prefix}keys-`)), ...(await bucketsOf(`${other.prefix}second-keys-`))]) await deleteBucket(name);
    await expect(openCore(other.prefix, clock)).rejects.toThrow("store/keys-lost");
  });
});

function flipped(envelope: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(envelope);
  const last = copy.length - 1;
  copy[last] = (copy[last] ?? 0) ^ 1;
  return copy;
}

function settled({ copies }: Core): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = ({ second }: { readonly second: string }): void => {
      if (second === "whole") resolve();
      if (second === "failed") reject(new Error("not written"));
    };
    look(copies.status.value);
    copies.status.subscribe(look);
  });
}
