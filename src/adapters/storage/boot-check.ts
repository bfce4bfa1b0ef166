import type { SecondCopyState } from "../../app/ports/copies.ts";
import type { EntryBody } from "../../domain/attendance/entries.ts";
import type { PunchDatabase } from "./database.ts";
import type { Result } from "../../domain/result.ts";
import { putRight, readBehind } from "./journal/compare.ts";
import type { Compared, CopyPlace } from "./journal/compare.ts";
import type { Journal, JournalFailure, JournalTail } from "./journal/journal.ts";
import { rebuildFrom } from "./journal/rebuild.ts";
import { snapshotOf } from "./journal/snapshot.ts";
import { changeNote, readNote } from "./journal/note.ts";
import type { CopiesNote } from "./journal/note.ts";

/** Entries that the second copy may be behind and still be filled before the start goes on: less than a second's work. */
const FILL_AT_ONCE = 2_000;
/** The last entries are looked at one by one; a gap further back is found by the daily scrub. */
const NEAR_THE_END = 512;
/** Entries that are compared in memory; more than that are written over from the second copy. */
const COMPARED_AT_MOST = 20_000;

/** What was found, as the log tells it. */
export type Loss = EntryBody<"data-loss">;

export interface CopiesChecked {
  readonly second: SecondCopyState;
  readonly losses: readonly Loss[];
  /** Entries that the two copies held together when the check began. */
  readonly entries: number;
  /** Whether nothing was written into either: what was read then is safe in both. */
  readonly untouched: boolean;
  /** Why the second copy cannot be used; null where it can. */
  readonly failed: string | null;
}

type Checked = Omit<CopiesChecked, "entries">;

interface First {
  /** Head as its own row tells; 0 where that is gone. */
  readonly seq: number;
  readonly revision: number;
  /** Number of the last entry that is there. */
  readonly last: number;
  /** Whether a second copy was complete before. */
  readonly copied: boolean;
  readonly sure: CopyPlace | null;
  /** Entries near the end that are not there and were not told of yet. */
  readonly missing: readonly number[];
}

/** The first copy may have lost entries, and what the second has cannot be brought into it now: the next start tries again. */
export class CopiesApart extends Error {
  override readonly name = "CopiesApart";
}

/**
 * Compares the two copies and brings them together, before anything is read of the first. The ends alone tell how far each
 * has come; what was written since both were surely the same is compared row by row, so that it takes as long for a million
 * entries as for a thousand.
 *
 * @throws CopiesApart where going on would part the two for good
 */
export async function checkCopies(database: PunchDatabase, journal: Journal): Promise<CopiesChecked> {
  const first = await firstCopy(database);
  const tail = await again(journal, () => journal.tail());
  if (!tail.ok) {
    const second = tail.error.kind === "journal/unsupported" ? "unsupported" : "failed";
    return { second, losses: lostInFirst(first, 0, null), entries: Math.max(first.seq, first.last), untouched: true, failed: tail.error.detail ?? tail.error.kind };
  }
  const second = tail.value;
  const entries = Math.max(first.seq, first.last, second.seq);
  const checked = isEmpty(second) ? await fillSecond(database, journal, first, second) : await bringTogether(database, journal, first, second);
  const now = await firstCopy(database);
  const lost = [...now.missing, ...range(now.last + 1, now.seq)].slice(-NEAR_THE_END);
  const sure = checked.second === "whole" && checked.untouched ? placeOf(now) : null;
  // A new store has nothing in it: a note would make it look used.
  if (entries > 0) await changeNote(database, (note) => noted(note, checked.second === "whole", lost, sure));
  return { ...checked, entries };
}

/** Whatever lay in the first copy then is in files that no tear reaches. */
export async function noteSure(database: PunchDatabase, sure: CopyPlace): Promise<void> {
  await changeNote(database, (note) => noted(note, note.copied, [], sure));
}

/** How far the first copy has come. */
export async function headPlace(database: PunchDatabase): Promise<CopyPlace> {
  const head = await database.meta.get("head");
  return head?.key === "head" ? { seq: head.seq, revision: head.revision ?? 0 } : { seq: 0, revision: 0 };
}

/** The second copy is complete: from now on an empty one is a loss. */
export async function noteCopied(database: PunchDatabase): Promise<void> {
  await changeNote(database, (note) => noted(note, true, [], null));
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
  return { seq: head?.key === "head" ? head.seq : 0, revision: head?.key === "head" ? (head.revision ?? 0) : 0, last, copied: note.copied, sure: note.sure, missing };
}

const isEmpty = ({ seq, revision }: JournalTail): boolean => seq === 0 && revision === 0;
const placeOf = ({ seq, revision }: First): CopyPlace => ({ seq, revision });

/** A dead worker is replaced by the second try; files that cannot be opened now may be a moment later. */
async function again<T>(journal: Journal, step: () => Promise<Result<T, JournalFailure>>): Promise<Result<T, JournalFailure>> {
  const first = await step();
  if (first.ok || first.error.kind === "journal/unsupported") return first;
  journal.restart();
  return step();
}

/** From where on the two have to be compared. */
function startOf(first: First): CopyPlace {
  // Without its head, rows of any age may be gone with it.
  if (first.seq === 0) return { seq: 0, revision: 0 };
  const gap = first.missing[0];
  const has = Math.min(first.seq, first.last, gap === undefined ? first.last : gap - 1);
  const sure = first.sure ?? { seq: Math.max(0, has - NEAR_THE_END), revision: 0 };
  return sure.seq <= has ? { seq: sure.seq, revision: Math.min(sure.revision, first.revision) } : { seq: has, revision: 0 };
}

async function bringTogether(database: PunchDatabase, journal: Journal, first: First, second: JournalTail): Promise<Checked> {
  const from = startOf(first);
  if (second.seq >= first.seq && (first.seq === 0 || second.seq - from.seq > COMPARED_AT_MOST)) return rebuildFirst(database, journal, first, second, from);
  const behind = await again(journal, () => readBehind(journal, database, from, first));
  if (!behind.ok) throw new CopiesApart(behind.error.detail ?? behind.error.kind);
  const { end, ahead, damaged } = behind.value;
  const secondIsRight = damaged === 0 && end !== null && end.seq >= first.seq && end.revision >= first.revision;
  const compared = await putRight(database, behind.value, first, secondIsRight);
  // A last commit that nobody was told of can stay away: whatever is written next takes its place in both.
  if (compared.full && (compared.holes > 0 || ahead > 1)) throw new CopiesApart("no room");
  const losses = compared.full ? [] : await lossesOf(database, first, second, compared, ahead);
  if (secondIsRight && second.damaged === 0 && !second.gapped) return { second: "whole", losses, untouched: compared.written === 0, failed: null };
  const filled = await fillSecond(database, journal, await firstCopy(database), { ...second, revision: end?.revision ?? second.revision, damaged: Math.max(second.damaged, damaged) }, false);
  return { ...filled, losses: [...losses, ...filled.losses], untouched: false };
}

/** What the first copy had lost. A last commit that never reached it before the power went is none of it: nobody was told that it was there. */
async function lossesOf(database: PunchDatabase, first: First, second: JournalTail, { holes, beyond, others, parted }: Compared, ahead: number): Promise<readonly Loss[]> {
  const now = await firstCopy(database);
  const until = Math.max(second.seq, first.seq);
  const lost = now.missing.length + Math.max(0, until - now.last) + parted;
  const unfinished = holes === 0 && others === 0 && ahead <= 1;
  if (lost === 0 && unfinished) return [];
  const back = holes + beyond;
  const [gap] = first.missing;
  const has = gap === undefined ? Math.min(first.seq, first.last) : gap - 1;
  return [
    {
      copy: "A",
      what: back + lost > 0 ? "entries missing" : "rows missing",
      found: Math.max(1, back + lost),
      rebuilt: Math.max(back, lost === 0 ? 1 : 0),
      lost,
      ...(back === 0 ? {} : { firstSeq: has + 1, lastSeq: until }),
    },
  ];
}

/** The first copy lost everything, or more than is looked at row by row. */
async function rebuildFirst(database: PunchDatabase, journal: Journal, first: First, second: JournalTail, from: CopyPlace): Promise<Checked> {
  const rebuilt = await again(journal, () => rebuildFrom(journal, database, { seq: from.seq, revision: 0 }));
  if (!rebuilt.ok) throw new CopiesApart(rebuilt.error.detail ?? rebuilt.error.kind);
  const now = await firstCopy(database);
  // With the first one gone nobody can tell whether a last frame that was cut short had been acknowledged.
  const until = Math.max(second.seq, first.seq, first.seq === 0 ? (second.cutShortTo ?? 0) : 0);
  const lost = now.missing.length + Math.max(0, until - now.last);
  const back = rebuilt.value.entries;
  const whole = rebuilt.value.damaged === 0 && !second.gapped;
  const unchanged = back + lost === 0 && first.seq > 0;
  const loss: Loss = {
    copy: "A",
    what: first.last === 0 ? "empty" : back + lost > 0 ? "entries missing" : "rows missing",
    found: Math.max(1, back + lost),
    rebuilt: Math.max(back, lost === 0 ? 1 : 0),
    lost,
    ...(back === 0 ? {} : { firstSeq: Math.min(from.seq, first.last) + 1, lastSeq: until }),
  };
  const losses = [...(unchanged ? [] : [loss]), ...(rebuilt.value.damaged > 0 ? [damagedSecond(rebuilt.value.damaged)] : [])];
  return { second: whole ? "whole" : "filling", losses, untouched: false, failed: null };
}

/** The second copy is new, behind, or not in order. */
async function fillSecond(database: PunchDatabase, journal: Journal, first: First, second: JournalTail, tells = true): Promise<Checked> {
  const losses = tells ? [...lostInFirst(first, second.seq, second)] : [];
  const filling = { second: "filling", untouched: false, failed: null } as const;
  if (second.damaged > 0) return { ...filling, losses: [...losses, damagedSecond(second.damaged)] };
  const empty = isEmpty(second);
  if (empty && first.copied) return { ...filling, losses: [...losses, { copy: "B", what: "empty", found: first.seq, rebuilt: first.seq, lost: 0 }] };
  if (second.gapped || (empty && first.seq > 0) || first.seq - second.seq > FILL_AT_ONCE) return { ...filling, losses };
  const behind = first.seq > second.seq || first.revision > second.revision;
  if (behind) {
    for await (const set of snapshotOf(database, second)) {
      const appended = await journal.append(set);
      if (!appended.ok) return { second: "failed", losses, untouched: false, failed: appended.error.detail ?? appended.error.kind };
    }
  }
  return { second: "whole", losses, untouched: !behind, failed: null };
}

/** Entries that the head counts and neither copy has. */
function lostInFirst(first: First, secondSeq: number, second: JournalTail | null): readonly Loss[] {
  const until = Math.max(first.seq, secondSeq, first.seq === 0 ? (second?.cutShortTo ?? 0) : 0);
  const lost = first.missing.length + Math.max(0, until - Math.max(first.last, secondSeq));
  return lost === 0 ? [] : [{ copy: "A", what: "entries missing", found: lost, rebuilt: 0, lost }];
}

const damagedSecond = (frames: number): Loss => ({ copy: "B", what: "damaged", found: frames, rebuilt: frames, lost: 0 });

/** Once complete, a copy that is empty was lost; told once, a lost entry is not news. */
function noted(note: CopiesNote, copied: boolean, lost: readonly number[], sure: CopyPlace | null): CopiesNote {
  const all = [...new Set([...note.lost, ...lost])];
  const moved = sure !== null && (note.sure?.seq !== sure.seq || note.sure.revision !== sure.revision);
  if ((note.copied || !copied) && all.length === note.lost.length && !moved) return note;
  return { ...note, copied: note.copied || copied, lost: all, sure: sure ?? note.sure };
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, Math.min(to - from + 1, NEAR_THE_END)) }, (_, index) => from + index);
