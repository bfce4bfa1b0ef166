import type { LogRow, PunchDatabase } from "./database.ts";
import type { Journal } from "./journal/journal.ts";
import { changeNote, readNote } from "./journal/note.ts";

/** Entries looked at between two looks at whether to stop. */
const STEP = 100;
/** The same where only their numbers are looked at. */
const STEP_OF_KEYS = 10_000;

export interface ScrubOptions {
  readonly database: PunchDatabase;
  readonly journal: Journal;
  /** Opens an entry; leaves a quarantine row where that fails. */
  readonly read: (row: LogRow) => Promise<void>;
  /** Opens every paper, with the same outcome. */
  readonly readPapers: (signal: AbortSignal) => Promise<void>;
}

/** What one pass over both copies found. `stoppedAt`: where it goes on; null when it is through. */
export interface Scrubbed {
  readonly stoppedAt: number | null;
  /** Entries missing in the first copy that the second gave back, and those that neither has. */
  readonly back: number;
  readonly lost: readonly number[];
  /** Frames of the second copy that are broken, or entries that it does not have. */
  readonly secondDamaged: number;
}

/** Reads every paper and every entry of the first copy, then all of the second. */
export async function scrub({ database, journal, read, readPapers }: ScrubOptions, from: number, signal: AbortSignal): Promise<Scrubbed> {
  if (from === 1 && (await unlessStopped(readPapers(signal), signal)) === STOPPED) return { stoppedAt: from, back: 0, lost: [], secondDamaged: 0 };
  const missing = new Set<number>();
  const head = await database.meta.get("head");
  const last = head?.key === "head" ? head.seq : 0;
  for (let seq = from; seq <= last; seq += STEP) {
    if (signal.aborted) return { stoppedAt: seq, back: 0, lost: [], secondDamaged: 0 };
    const rows = await database.log.where("seq").between(seq, Math.min(seq + STEP - 1, last), true, true).toArray();
    const there = new Set(rows.map((row) => row.seq));
    for (let one = seq; one < Math.min(seq + STEP, last + 1); one++) if (!there.has(one)) missing.add(one);
    for (const row of rows) await read(row);
  }
  const { lost: known } = await readNote(database);
  const lacking = new Set([...missing].filter((seq) => !known.includes(seq)));
  const second = await readSecond(database, journal, lacking, signal);
  const lost = [...lacking];
  if (lost.length > 0) await changeNote(database, (note) => ({ ...note, lost: [...note.lost, ...lost] }));
  return { stoppedAt: second.stopped ? last + 1 : null, back: second.back, lost, secondDamaged: second.damaged };
}

/**
 * Puts entries back that the first copy lacks and the second has. Reads neither through while their count is right.
 *
 * @returns how many came back
 */
export async function fillHoles(database: PunchDatabase, journal: Journal): Promise<number> {
  const head = await database.meta.get("head");
  const last = head?.key === "head" ? head.seq : 0;
  if (last === 0 || (await database.log.where("seq").belowOrEqual(last).count()) >= last) return 0;
  const lacking = new Set<number>();
  for (let seq = 1; seq <= last; seq += STEP_OF_KEYS) {
    const until = Math.min(seq + STEP_OF_KEYS - 1, last);
    const there = new Set(await database.log.where("seq").between(seq, until, true, true).primaryKeys());
    for (let one = seq; one <= until; one++) if (!there.has(one)) lacking.add(one);
  }
  return (await readSecond(database, journal, lacking, new AbortController().signal)).back;
}

/** @param lacking entries that the first copy lacks; those that are put back are taken out */
async function readSecond(database: PunchDatabase, journal: Journal, lacking: Set<number>, signal: AbortSignal): Promise<{ readonly back: number; readonly damaged: number; readonly stopped: boolean }> {
  if (!journal.supported) return { back: 0, damaged: 0, stopped: false };
  let back = 0;
  const replayed = await unlessStopped(journal.replay(0, async ({ puts }) => {
    signal.throwIfAborted();
    for (const { table, rows } of puts) {
      if (table !== "log") continue;
      const wanted = (rows as readonly LogRow[]).filter(({ seq }) => lacking.has(seq));
      if (wanted.length > 0) await database.log.bulkPut([...wanted]);
      for (const { seq } of wanted) lacking.delete(seq);
      back += wanted.length;
    }
  }), signal);
  if (replayed === STOPPED) return { back, damaged: 0, stopped: true };
  const outside = await journal.inspect();
  return { back, damaged: (replayed.ok ? replayed.value.damaged : 1) + (outside.ok ? outside.value.damaged : 1), stopped: false };
}

const STOPPED = Symbol("stopped");

/** @throws what the work does, but for being stopped */
async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T | typeof STOPPED> {
  try {
    return await work;
  } catch (error) {
    if (signal.aborted) return STOPPED;
    throw error;
  }
}
