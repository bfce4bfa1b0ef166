import { afterEach, describe, expect, it } from "vitest";
import type { JournalPlace } from "../../../contracts/journal.ts";
import { deleteBucket, valueOf } from "../testing/harness.ts";
import { damageFile, filesOf, removeFile } from "../testing/journal-files.ts";
import type { WriteSet } from "./journal.ts";
import { OpfsJournal } from "./opfs-journal.ts";

const SEGMENT = 16 * 1024;
const open: { readonly journal: OpfsJournal; readonly bucket: string }[] = [];

afterEach(async () => {
  for (const { journal } of open) journal.close();
  for (const { bucket } of open.splice(0)) await deleteBucket(bucket);
});

function place(more: Partial<JournalPlace> = {}): JournalPlace {
  const bucket = `j${crypto.randomUUID().slice(0, 8)}`;
  return { bucket, folder: "journal", lockName: bucket, segmentBytes: SEGMENT, spares: 2, names: 0, nameSettlesMs: 0, ...more };
}

function journalAt(where: JournalPlace): OpfsJournal {
  const journal = new OpfsJournal(where);
  open.push({ journal, bucket: where.bucket });
  return journal;
}

function setOf(seq: number, bytes = 300): WriteSet {
  return { fromSeq: seq - 1, toSeq: seq, revision: seq, puts: [{ table: "log", rows: [{ seq, envelope: crypto.getRandomValues(new Uint8Array(bytes)) }] }], deletes: [{ table: "people", keys: [`p${String(seq)}`] }] };
}

async function filled(where: JournalPlace, count: number, journal = journalAt(where)): Promise<readonly WriteSet[]> {
  const sets = Array.from({ length: count }, (_, index) => setOf(index + 1));
  for (const set of sets) valueOf(await journal.append(set));
  return sets;
}

async function replayed(journal: OpfsJournal, after = 0): Promise<{ readonly sets: readonly WriteSet[]; readonly damaged: number }> {
  const sets: WriteSet[] = [];
  const { damaged } = valueOf(await journal.replay(after, (set) => Promise.resolve(void sets.push(set))));
  return { sets, damaged };
}

describe("the journal", () => {
  it("gives back every write-set in order when it is opened anew", async () => {
    const where = place();
    const first = journalAt(where);
    const sets = await filled(where, 130, first);
    first.close();
    const again = journalAt(where);
    expect(valueOf(await again.tail())).toMatchObject({ seq: 130, revision: 130, damaged: 0, gapped: false, cutShortTo: null });
    expect(await replayed(again)).toEqual({ sets, damaged: 0 });
    expect((await replayed(again, 120)).sets).toEqual(sets.slice(120));
    again.close();
    const third = journalAt(where);
    expect(await replayed(third, 120)).toEqual({ sets: sets.slice(120), damaged: 0 });
    expect((await replayed(third)).sets).toEqual(sets);
  });

  it("has names made long before they are needed, and uses them up in their order", async () => {
    const where = place({ names: 4 });
    const journal = journalAt(where);
    valueOf(await journal.prepareAhead());
    const made = await filesOf(where);
    expect(made).toHaveLength(7);
    const sets = await filled(where, 100, journal);
    valueOf(await journal.prepareAhead());
    const after = await filesOf(where);
    expect(after.slice(0, 7)).toEqual(made);
    expect(after.length).toBeGreaterThan(7);
    journal.close();
    const again = journalAt(where);
    expect(valueOf(await again.tail())).toMatchObject({ seq: 100, damaged: 0, gapped: false });
    expect(await replayed(again)).toEqual({ sets, damaged: 0 });
    expect(valueOf(await again.inspect()).damaged).toBe(0);
  });

  it("has its next segments made before they are needed", async () => {
    const where = place();
    const journal = journalAt(where);
    valueOf(await journal.prepareAhead());
    const made = await filesOf(where);
    expect(made).toHaveLength(3);
    await filled(where, 60, journal);
    expect(await filesOf(where)).toEqual(made);
    valueOf(await journal.prepareAhead());
    expect((await filesOf(where)).length).toBeGreaterThan(made.length);
  });

  it("takes a write-set that is larger than a segment", async () => {
    const where = place();
    const journal = journalAt(where);
    const sets = [setOf(1), setOf(2, 3 * SEGMENT), setOf(3)];
    for (const set of sets) {
      valueOf(await journal.reserve(set));
      valueOf(await journal.append(set));
    }
    journal.close();
    expect(await replayed(journalAt(where))).toEqual({ sets, damaged: 0 });
  });

  it("cuts off a last frame that a power cut left unfinished, and goes on behind the one before", async () => {
    const where = place();
    const first = journalAt(where);
    const sets = await filled(where, 5, first);
    first.close();
    const [name] = await filesOf(where);
    await damageFile(where, name!, (bytes) => {
      const end = bytes.subarray(0, -64).findLastIndex((byte) => byte !== 0);
      return bytes.fill(0, end - 40, end + 1);
    });
    const again = journalAt(where);
    expect(valueOf(await again.tail())).toMatchObject({ seq: 4, damaged: 0, cutShortTo: 5 });
    valueOf(await again.append(sets[4]!));
    again.close();
    expect(await replayed(journalAt(where))).toEqual({ sets, damaged: 0 });
  });

  it("counts a frame that is broken before the end, and reads the others", async () => {
    const where = place();
    const first = journalAt(where);
    const sets = await filled(where, 5, first);
    first.close();
    const [name] = await filesOf(where);
    await damageFile(where, name!, (bytes) => {
      bytes[64 + 448 + 200]! ^= 0x10;
      return bytes;
    });
    const again = journalAt(where);
    expect(valueOf(await again.tail())).toMatchObject({ seq: 5, damaged: 1 });
    expect(await replayed(again)).toEqual({ sets: sets.filter((_, index) => index !== 1), damaged: 1 });
  });

  it("tells of a full segment that is gone, cut short or blank", async () => {
    const where = place();
    const first = journalAt(where);
    await filled(where, 130, first);
    first.close();
    const names = await filesOf(where);
    await removeFile(where, names[1]!);
    const again = journalAt(where);
    expect(valueOf(await again.inspect()).damaged).toBe(1);
    again.close();
    await damageFile(where, names[2]!, (bytes) => bytes.slice(0, 5_000));
    const third = journalAt(where);
    expect(valueOf(await third.inspect()).damaged).toBe(2);
    third.close();
    await damageFile(where, names[3]!, (bytes) => bytes.fill(0));
    expect(valueOf(await journalAt(where).inspect()).damaged).toBeGreaterThanOrEqual(3);
  });

  it("remembers that write-sets were left out", async () => {
    const where = place();
    const journal = journalAt(where);
    valueOf(await journal.append(setOf(1)));
    valueOf(await journal.append(setOf(9)));
    journal.close();
    expect(valueOf(await journalAt(where).tail())).toMatchObject({ seq: 9, gapped: true });
  });

  it("orders the writers of two tabs", async () => {
    const where = place();
    const [one, two] = [journalAt(where), journalAt(where)];
    const sets = Array.from({ length: 80 }, (_, index) => setOf(index + 1));
    for (const [index, set] of sets.entries()) valueOf(await (index % 3 === 0 ? one : two).append(set));
    expect(valueOf(await one.tail()).seq).toBe(80);
    expect(await replayed(one)).toEqual({ sets, damaged: 0 });
  });

  it("begins anew with a snapshot and what came meanwhile, for another tab too", async () => {
    const where = place();
    const [one, two] = [journalAt(where), journalAt(where)];
    await filled(where, 100, one);
    const snapshot: WriteSet[] = [{ ...setOf(1), fromSeq: 0, toSeq: 60 }, { ...setOf(1), fromSeq: 60, toSeq: 100 }];
    const meanwhile = [setOf(101), setOf(102)];
    async function* slowly(): AsyncGenerator<WriteSet> {
      yield snapshot[0]!;
      valueOf(await two.append(meanwhile[0]!));
      yield snapshot[1]!;
      valueOf(await one.append(meanwhile[1]!));
    }
    expect(valueOf(await one.rewrite(slowly()))).toBe(true);
    const later = setOf(103);
    valueOf(await two.append(later));
    expect((await replayed(one)).sets).toEqual([...snapshot, ...meanwhile, later]);
    const before = valueOf(await one.tail()).bytes;
    await new Promise((resolve) => setTimeout(resolve, 5));
    valueOf(await one.prepareAhead());
    expect(valueOf(await one.tail()).bytes).toBeLessThan(before);
    expect((await replayed(two)).sets).toEqual([...snapshot, ...meanwhile, later]);
  });

  it("keeps what it had when a rewrite is cut off", async () => {
    const where = place();
    const first = journalAt(where);
    const sets = await filled(where, 50, first);
    async function* cutOff(): AsyncGenerator<WriteSet> {
      yield { ...setOf(1), fromSeq: 0, toSeq: 25 };
      first.close();
      await Promise.resolve();
      yield setOf(26);
    }
    await first.rewrite(cutOff()).catch(() => undefined);
    first.close();
    const again = journalAt(where);
    expect(await replayed(again)).toEqual({ sets, damaged: 0 });
  });

  it("refuses what does not fit a full disk, and stays whole", async () => {
    const where = place({ quotaBytes: 6 * SEGMENT, spares: 1 });
    const journal = journalAt(where);
    valueOf(await journal.prepareAhead());
    const sets: WriteSet[] = [];
    let refusal = "";
    for (let seq = 1; seq < 2_000 && refusal === ""; seq++) {
      const set = setOf(seq);
      const reserved = await journal.reserve(set);
      if (!reserved.ok) refusal = reserved.error.kind;
      else {
        const appended = await journal.append(set);
        // What was reserved never fails.
        expect(appended.ok).toBe(true);
        sets.push(set);
      }
    }
    expect(refusal).toBe("journal/full");
    journal.close();
    expect(await replayed(journalAt(where))).toEqual({ sets, damaged: 0 });
  });
});
