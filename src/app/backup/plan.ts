import { parseHeader } from "../../domain/attendance/entries.ts";
import { commonLength, peopleDifference, standingOf } from "../../domain/backup/difference.ts";
import type { LogStanding, PeopleDifference } from "../../domain/backup/difference.ts";
import type { Tombstone } from "../../domain/backup/frames.ts";
import { failure } from "../../domain/errors.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RestoreFailure, RestorePlan } from "../api/backup.ts";
import { Pauses } from "../pauses.ts";
import { decode } from "cborg";
import type { LogSource, RestoreTarget } from "./ports.ts";
import type { ReadBackup, ReadLog } from "./read.ts";
import { tombstonesOf } from "./tombstones.ts";

/** What a restore would do, as far as it depends on what the target holds. */
export interface Difference {
  readonly people: PeopleDifference;
  readonly logs: readonly { readonly read: ReadLog; readonly standing: LogStanding; readonly common: number }[];
  readonly tombstones: readonly Tombstone[];
  /** Punches on the tablet that the backup has not. */
  readonly punchesOnlyHere: number;
  /** The target holds nothing: settings, users and roles come along. */
  readonly empty: boolean;
  /** Length of the target's own log when this was worked out. */
  readonly length: number;
}

/** What becomes of the backup's papers where the target has none of the same id, or one. */
export type PapersTaken = "none" | "missing" | "replace";

/** Of an earlier moment of this very tablet nothing is missing: what is not there was taken away. */
export function papersTaken({ empty, logs }: Difference, { head }: ReadBackup, deviceId: string): PapersTaken {
  const own = logs[0]?.standing;
  if (empty) return "replace";
  if (head.device !== deviceId) return "missing";
  return own === "ahead" ? "replace" : own === "behind" ? "none" : "missing";
}

/**
 * Compares a backup with what a target holds. Nothing is changed.
 *
 * @returns `backup/other-site` where the target is another site's
 */
export async function differenceTo(backup: ReadBackup, target: Pick<RestoreTarget, "store" | "logs">): Promise<Result<Difference, RestoreFailure>> {
  const { store } = target;
  const empty = store.settings === null;
  if (store.settings && store.settings.siteId !== backup.head.siteId) return err(failure("backup/other-site"));
  const { length } = store;
  const here = empty ? [] : await target.logs();
  const [buried, punches] = await lookThrough(here);
  const logs: { read: ReadLog; standing: LogStanding; common: number }[] = [];
  for (const read of backup.logs) {
    const ours = here.filter(({ log }) => log.device === read.log.device);
    const compared = await Promise.all(ours.map(async (source) => ({ source, common: await commonWith(source, read) })));
    const best = compared.sort((a, b) => b.common - a.common)[0];
    const common = best?.common ?? 0;
    logs.push({ read, common, standing: standingOf(best?.source.log.upToSeq ?? 0, read.log.upToSeq, common) });
  }
  const tombstones = [...tombstonesOf(store.erasures), ...buried, ...backup.tombstones, ...tombstonesOf(backup.erasures)];
  const own = logs[0];
  const later = backup.head.device === store.deviceId && own?.standing === "ahead";
  const common = (device: string): number => Math.max(0, ...logs.filter(({ read }) => read.log.device === device).map((one) => one.common));
  const punchesOnlyHere = punches.reduce((sum, { device, seqs }) => sum + seqs.filter((seq) => seq > common(device)).length, 0);
  return ok({ people: peopleDifference(store.people, backup.people, tombstones, later), logs, tombstones, punchesOnlyHere, empty, length });
}

function commonWith(source: LogSource, read: ReadLog): Promise<number> {
  return commonLength(source.log.upToSeq, read.log.upToSeq, async (seq) => {
    const [ours, theirs] = [await source.leafAt(seq), read.leafAt(seq)];
    return ours !== null && theirs !== null && sameBytes(ours, theirs);
  });
}

/** Who was erased, and which entries are punches, as the tablet's own entries tell it. */
async function lookThrough(logs: readonly LogSource[]): Promise<readonly [readonly Tombstone[], readonly { readonly device: string; readonly seqs: readonly number[] }[]]> {
  const tombstones: Tombstone[] = [];
  const punches: { device: string; seqs: number[] }[] = [];
  const pauses = new Pauses();
  for (const source of logs) {
    const seqs: number[] = [];
    for await (const entries of source.entries()) {
      await pauses.ifDue();
      tombstones.push(...tombstonesOf(entries));
      for (const [bytes] of entries) {
        const header = parseHeader(decode(bytes));
        if (header?.type === "punch") seqs.push(header.seq);
      }
    }
    punches.push({ device: source.log.device, seqs });
  }
  return [tombstones, punches];
}

/** In numbers, for a person to decide by. */
export function planOf(id: string, backup: ReadBackup, difference: Difference, deviceId: string): RestorePlan {
  const { head } = backup;
  const { people, logs } = difference;
  return {
    id,
    siteName: head.siteName,
    device: head.device,
    otherDevice: difference.empty || head.device !== deviceId,
    createdAt: head.createdAt,
    kind: head.kind,
    people: {
      added: people.added.length,
      changed: people.changed.length,
      kept: people.kept.length,
      unchanged: people.unchanged,
      onlyHere: people.onlyHere,
      erased: people.erased.length,
      conflicts: people.conflicts.map(({ employeeNumber }) => employeeNumber),
    },
    punches: {
      inBackup: logs.reduce((sum, { read }) => sum + read.punches.length, 0),
      added: logs.reduce((sum, { read, common }) => sum + read.punches.filter((seq) => seq > common).length, 0),
      onlyHere: difference.punchesOnlyHere,
    },
    users: difference.empty ? backup.users.length : 0,
    faces: backup.counts.templates,
    forked: logs.filter(({ standing }) => standing === "forked").length,
  };
}

/** Whether two plans say the same: what was shown is what is done. */
export function samePlan(one: RestorePlan, other: RestorePlan): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
