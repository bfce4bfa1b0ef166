import { sameRecord } from "../../domain/backup/difference.ts";
import { failure } from "../../domain/errors.ts";
import type { DrillOutcome } from "../api/backup.ts";
import type { Paper } from "../ports/store.ts";
import { differenceTo, planOf } from "./plan.ts";
import type { RestoreTarget, Targets } from "./ports.ts";
import { readBackup } from "./read.ts";
import type { Reading } from "./read.ts";
import { hashText, restoreInto } from "./restore.ts";

export interface DrillRequest {
  readonly live: RestoreTarget;
  readonly targets: Targets;
  readonly reading: Reading;
  readonly file: Blob;
  readonly name: string;
  readonly identity: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Restores a backup wholly into stores of its own beside the tablet's, compares what came of it with the file and with the
 * tablet, and destroys it again. Nothing of the tablet is changed.
 */
export async function drill({ live, targets, reading, file, name, identity, onProgress }: DrillRequest): Promise<DrillOutcome> {
  const nothing = { passed: false, name, people: 0, entries: 0 };
  const read = await readBackup(reading, file, identity, { onProgress });
  if (!read.ok) return { ...nothing, failure: read.error };
  const backup = read.value;
  const against = await differenceTo(backup, live);
  if (!against.ok) return { ...nothing, failure: against.error };
  const opened = await targets.scratch(backup.head.tenant);
  if (!opened.ok) return { ...nothing, failure: opened.error };
  const scratch = opened.value;
  try {
    const empty = await differenceTo(backup, scratch);
    if (!empty.ok) return { ...nothing, failure: empty.error };
    const plan = planOf(hashText(backup.hash), backup, empty.value, scratch.store.deviceId);
    const restored = await restoreInto(scratch, { reading, file, identity, plan, common: empty.value.logs.map(() => 0), papers: "replace", by: "drill", onProgress });
    if (!restored.ok) return { ...nothing, failure: restored.error };
    const people = scratch.store.people.size;
    const entries = (await scratch.history.logs()).reduce((sum, { log }) => sum + log.upToSeq, 0);
    const samePeople = people === empty.value.people.added.length && empty.value.people.added.every((one) => sameRecord(scratch.store.people.get(one.person.id), one));
    const papers = await countOf(await scratch.papers());
    // Of this tablet's own log, the backup holds a part from the first entry on, and nothing else.
    const own = against.value.logs[0];
    const fits = backup.head.device !== live.store.deviceId || own?.standing === "behind";
    const passed = samePeople && entries === backup.counts.entries && papers === backup.counts.papers && fits;
    return { passed, name, people, entries, failure: passed ? null : failure("backup/scratch-differs") };
  } finally {
    await scratch.destroy();
  }
}

/** Each was opened to be counted. */
async function countOf(papers: AsyncIterable<Paper>): Promise<number> {
  const iterator = papers[Symbol.asyncIterator]();
  let count = 0;
  while ((await iterator.next()).done !== true) count++;
  return count;
}
