import type { SecondCopyState } from "../../app/ports/copies.ts";
import type { EntryBody } from "../../domain/attendance/entries.ts";
import type { PunchDatabase } from "./database.ts";
import type { Journal, JournalTail } from "./journal/journal.ts";
import { rebuildFrom } from "./journal/rebuild.ts";
import { snapshotOf } from "./journal/snapshot.ts";
import { changeNote, readNote } from "./journal/note.ts";
import type { CopiesNote } from "./journal/note.ts";

/** Entries that the second copy may be behind and still be filled before the start goes on: less than a second's work. */
const FILL_AT_ONCE = 2_000;
/** The last entries are looked at one by one; a gap further back is found by the daily scrub. */
const NEAR_THE_END = 512;

/** What was found, as the log tells it. */
export type Loss = EntryBody<"data-loss">;

export interface CopiesChecked {
  readonly second: SecondCopyState;
  readonly losses: readonly Loss[];
  /** Entries that the two copies held together when the check began. */
  readonly entries: number;
}

interface First {
  /** Head as its own row tells; 0 where that is gone. */
  readonly seq: number;
  readonly revision: number;
  /** Number of the last entry that is there. */
  readonly last: number;
  /** Whether a second copy was complete before. */
  readonly copied: boolean;
  /** Entries near the end that are not there and were not told of yet. */
  readonly missing: readonly number[];
}

/**
 * Compares the ends of the two copies and brings them together, before anything is read of the first. Reads the ends
 * alone, so that it takes as long for a million entries as for a thousand.
 */
export async function checkCopies(database: PunchDatabase, journal: Journal): Promise<CopiesChecked> {
  const first = await firstCopy(database);
  const tail = await journal.tail();
  if (!tail.ok) {
    const second = tail.error.kind === "journal/unsupported" ? "unsupported" : "failed";
    return { second, losses: lostInFirst(first, 0, null), entries: Math.max(first.seq, first.last) };
  }
  const second = tail.value;
  const entries = Math.max(first.seq, first.last, second.seq);
  const checked = isBehind(first, second) ? await rebuildFirst(database, journal, first, second) : await fillSecond(database, journal, first, second);
  const now = await firstCopy(database);
  const lost = [...now.missing, ...range(now.last + 1, now.seq)].slice(-NEAR_THE_END);
  // A new store has nothing in it: a note would make it look used.
  if (entries > 0) await changeNote(database, (note) => noted(note, checked.second === "whole", lost));
  return { ...checked, entries };
}

/** The second copy is complete: from now on an empty one is a loss. */
export async function noteCopied(database: PunchDatabase): Promise<void> {
  await changeNote(database, (note) => noted(note, true, []));
}

/** Writes the second copy anew from the first. */
export async function rewriteSecond(database: PunchDatabase, journal: Journal): Promise<boolean> {
  const rewritten = await journal.rewrite(snapshotOf(database, { seq: 0, revision: 0 }));
  if (rewritten.ok && rewritten.value) await noteCopied(database);
  return rewritten.ok && rewritten.value;
}

async function firstCopy(database: PunchDatabase): Promise<First> {
  const [head, note, lastKey] = await Promise.all([database.meta.get("head"), readNote(database), database.log.orderBy("seq").lastKey()]);
  const last = typeof lastKey === "number" ? lastKey : 0;
  const near = await database.log.where("seq").above(Math.max(0, last - NEAR_THE_END)).primaryKeys();
  const there = new Set<number>([...near, ...note.lost]);
  const missing: number[] = [];
  for (let seq = Math.max(1, last - NEAR_THE_END + 1); seq < last; seq++) if (!there.has(seq)) missing.push(seq);
  return { seq: head?.key === "head" ? head.seq : 0, revision: head?.key === "head" ? (head.revision ?? 0) : 0, last, copied: note.copied, missing };
}

function isBehind(first: First, second: JournalTail): boolean {
  const has = Math.min(first.seq, first.last);
  if (second.seq === 0 && second.revision === 0) return false;
  if (second.seq > has || first.missing.length > 0) return true;
  return second.seq === first.seq && second.revision > first.revision;
}

/** The first copy lost its end, some of its rows, or everything. */
async function rebuildFirst(database: PunchDatabase, journal: Journal, first: First, second: JournalTail): Promise<Pick<CopiesChecked, "second" | "losses">> {
  const [gap] = first.missing;
  const has = gap === undefined ? Math.min(first.seq, first.last) : gap - 1;
  // Without its head, rows of any age may be gone with it.
  const after = first.seq === 0 ? { seq: 0, revision: 0 } : { seq: has, revision: has === first.seq ? first.revision : 0 };
  const rebuilt = await rebuildFrom(journal, database, after);
  if (!rebuilt.ok) return { second: "failed", losses: lostInFirst(first, 0, null) };
  const now = await firstCopy(database);
  const until = Math.max(second.seq, second.cutShortTo ?? 0, first.seq);
  const lost = now.missing.length + Math.max(0, until - now.last);
  const back = rebuilt.value.entries;
  const loss: Loss = {
    copy: "A",
    what: first.last === 0 ? "empty" : back + lost > 0 ? "entries missing" : "rows missing",
    found: Math.max(1, back + lost),
    rebuilt: Math.max(back, lost === 0 ? 1 : 0),
    lost,
    ...(back === 0 ? {} : { firstSeq: has + 1, lastSeq: until }),
  };
  const damaged = rebuilt.value.damaged > 0 || second.gapped;
  const losses = rebuilt.value.damaged > 0 ? [loss, damagedSecond(rebuilt.value.damaged)] : [loss];
  return { second: damaged ? "filling" : "whole", losses };
}

/** The second copy is new, behind, or not in order. */
async function fillSecond(database: PunchDatabase, journal: Journal, first: First, second: JournalTail): Promise<Pick<CopiesChecked, "second" | "losses">> {
  const losses = [...lostInFirst(first, second.seq, second)];
  if (second.damaged > 0) return { second: "filling", losses: [...losses, damagedSecond(second.damaged)] };
  const empty = second.seq === 0 && second.revision === 0;
  if (empty && first.copied) return { second: "filling", losses: [...losses, { copy: "B", what: "empty", found: first.seq, rebuilt: first.seq, lost: 0 }] };
  if (second.gapped || (empty && first.seq > 0) || first.seq - second.seq > FILL_AT_ONCE) return { second: "filling", losses };
  if (first.seq > second.seq || first.revision > second.revision) {
    for await (const set of snapshotOf(database, second)) {
      const appended = await journal.append(set);
      if (!appended.ok) return { second: "failed", losses };
    }
  }
  return { second: "whole", losses };
}

/** Entries that the head counts and neither copy has. */
function lostInFirst(first: First, secondSeq: number, second: JournalTail | null): readonly Loss[] {
  const until = Math.max(first.seq, secondSeq, second?.cutShortTo ?? 0);
  const lost = first.missing.length + Math.max(0, until - Math.max(first.last, secondSeq));
  return lost === 0 ? [] : [{ copy: "A", what: "entries missing", found: lost, rebuilt: 0, lost }];
}

const damagedSecond = (frames: number): Loss => ({ copy: "B", what: "damaged", found: frames, rebuilt: frames, lost: 0 });

/** Once complete, a copy that is empty was lost; told once, a lost entry is not news. */
function noted(note: CopiesNote, copied: boolean, lost: readonly number[]): CopiesNote {
  const all = [...new Set([...note.lost, ...lost])];
  if ((note.copied || !copied) && all.length === note.lost.length) return note;
  return { ...note, copied: note.copied || copied, lost: all };
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, Math.min(to - from + 1, NEAR_THE_END)) }, (_, index) => from + index);
