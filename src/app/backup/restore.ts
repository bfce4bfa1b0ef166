import { consentInForce } from "../../domain/people/stored.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { withPending } from "../../domain/people/erasure.ts";
import type { ErasureBook, PendingErasure } from "../../domain/people/erasure.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RestoreFailure, RestoreOutcome, RestorePlan } from "../api/backup.ts";
import type { Change, Paper } from "../ports/store.ts";
import { asKept, endedHere } from "./enclosures.ts";
import { differenceTo, planOf, samePlan } from "./plan.ts";
import type { Difference, PapersTaken } from "./plan.ts";
import type { RestoreTarget } from "./ports.ts";
import { readBackup } from "./read.ts";
import type { ReadBackup, Reading } from "./read.ts";

export interface RestoreRequest {
  readonly reading: Reading;
  readonly file: Blob;
  readonly identity: string;
  /** What was shown. */
  readonly plan: RestorePlan;
  /** How far each log of the backup is on the tablet already, in the backup's order. */
  readonly common: readonly number[];
  readonly papers: PapersTaken;
  /** A user, or `set-up`. */
  readonly by: string;
  readonly onProgress: (done: number, total: number) => void;
}

/**
 * Does what the plan says: the logs and faces are laid out of sight first; then people, settings and the entry that says
 * so are written in one step, and from that moment the rest is in force. An interruption before leaves the old state; one
 * after is gone on with by {@link settleRestore}.
 */
export async function restoreInto(target: RestoreTarget, request: RestoreRequest): Promise<Result<RestoreOutcome, RestoreFailure>> {
  const { stage, store } = target;
  const id = request.plan.id;
  await stage.begin(id);
  const laid = await layOut(target, request);
  if (!laid.ok) {
    await stage.discard();
    return laid;
  }
  const backup = laid.value;
  const written = await commitRestore(target, backup, request);
  if (!written.ok) {
    await stage.discard();
    return written;
  }
  const faces = await settleRestore(target, request.onProgress);
  // Everything is restored by now; keys that could not be renewed are renewed when they are due.
  await store.turnEpoch({ reason: "restore", withoutFaces: [], withoutRecords: [] });
  return ok({ people: request.plan.people.added + request.plan.people.changed, entries: backup.counts.entries, faces });
}

/** A kiosk goes on while the difference is worked out: what came meanwhile is looked at again, so often at most. */
const LOOKS = 5;

async function commitRestore(target: RestoreTarget, backup: ReadBackup, { plan, by }: RestoreRequest): Promise<Result<void, RestoreFailure>> {
  const { store } = target;
  for (let look = 0; look < LOOKS; look++) {
    const difference = await differenceTo(backup, target);
    if (!difference.ok) return difference;
    if (!samePlan(planOf(plan.id, backup, difference.value, store.deviceId), plan)) return err(failure("backup/changed-meanwhile"));
    if (difference.value.people.conflicts.length > 0) return err(failure("backup/number-conflicts"));
    const written = await store.exclusively(async (): Promise<Result<void, RestoreFailure> | null> => {
      if (store.length !== difference.value.length) return null;
      const committed = await store.commit(changeOf(backup, difference.value, target, plan.id, by));
      return committed.ok ? ok() : err(failure("backup/store-failed", committed.error.kind));
    });
    if (written) return written;
  }
  return err(failure("backup/changed-meanwhile"));
}

/** Reads the file a second time and lays out what the first reading has promised. */
async function layOut(target: RestoreTarget, { reading, file, identity, plan, common, papers: taken, onProgress }: RestoreRequest): Promise<Result<ReadBackup, RestoreFailure>> {
  const { stage, carrier } = target;
  let laidOut = -1;
  const read = await readBackup(reading, file, identity, {
    onProgress,
    onPapers: async (papers) => {
      if (taken !== "none") await stage.papers(papers, taken === "replace");
    },
    onEntries: async ({ index, log, checkpoints, coSignatures }, entries) => {
      const shownFrom = common[index] ?? 0;
      if (shownFrom >= log.upToSeq) return;
      if (index !== laidOut) {
        laidOut = index;
        await stage.log({ index, log, checkpoints, coSignatures, shownFrom });
      }
      await stage.entries(index, entries.map(({ exact }) => exact));
    },
  });
  if (!read.ok) return read;
  if (hashText(read.value.hash) !== plan.id) return err(failure("backup/changed-meanwhile", "another file"));
  for (const parcel of read.value.parcels) {
    const rows = await carrier.unpack(parcel, identity);
    if (!rows.ok) return err(failure("backup/malformed", rows.error.kind));
    await stage.templates(rows.value);
  }
  await stage.end();
  return read;
}

function changeOf(backup: ReadBackup, difference: Difference, { store }: RestoreTarget, id: string, by: string): Change {
  const { head, settings } = backup;
  const people = [...difference.people.added, ...difference.people.changed];
  const restored: EntryDraft = { type: "restored", subject: null, body: { by, from: head.device, upToSeq: head.upToSeq, people: people.length, contentHash: id } };
  if (!difference.empty) {
    const erasures = erasuresAfter(store.erasures, backup.erasures, (personId) => store.people.has(personId));
    return { people, entries: [restored], ...(erasures === store.erasures ? {} : { erasures }) };
  }
  const { siteId, siteName, zone, lawRegion, profile } = settings;
  return {
    people,
    entries: [{ type: "setup", subject: null, body: { siteId, siteName, zone, lawRegion, profile } }, restored],
    settings,
    users: backup.users,
    roles: backup.roles,
    erasures: backup.erasures,
    ...(backup.keeper === null ? {} : { administrator: backup.keeper }),
  };
}

/** Who was erased when the backup was made and is here still is to be erased here too. */
function erasuresAfter(here: ErasureBook, backup: ErasureBook, isHere: (personId: PersonId) => boolean): ErasureBook {
  const known = new Set([...here.pending, ...here.done].map(({ certificate }) => certificate));
  const more = [...backup.done, ...backup.pending]
    .filter(({ certificate, personId, what }) => what === "record" && !known.has(certificate) && isHere(personId))
    .map(({ certificate, personId, what, reason, by, askedAt }): PendingErasure => ({ certificate, personId, what, reason, by, askedAt }));
  return more.length === 0 ? here : withPending(here, more);
}

/**
 * Takes over what a restore has laid out, as far as it is in force: the log says so. Called after a restore and at every
 * start; does nothing where nothing waits.
 *
 * @returns faces that were stored now
 */
export async function settleRestore(target: RestoreTarget, onProgress: (done: number, total: number) => void): Promise<number> {
  const { stage, store, history } = target;
  const id = await stage.staged();
  if (id === null || !(await isRestored(target, id))) {
    await stage.discard();
    return 0;
  }
  await history.settle(id, stage, onProgress);
  let faces = 0;
  for (const row of await stage.waitingTemplates()) {
    const stored = await store.exclusively(async () => {
      const person = store.people.get(row.personId);
      // A face of this tablet is not replaced, and none comes back without a consent. Keys of another epoch open nothing.
      if (person?.person.status !== "active" || !consentInForce(person) || store.templates.has(row.personId) || row.epoch !== store.epoch.number) return false;
      const { personId, profile, modelSet, references } = row;
      const written = await store.commit({ storeTemplate: row, entries: [{ type: "enrolled", subject: personId, body: { personId, profile, modelSet, references } }] });
      return written.ok;
    });
    if (stored) faces++;
    await stage.templateSettled(row.personId);
  }
  if (await settlePapers(target)) await stage.discard();
  return faces;
}

/** False on a disk too full for all of them: the next start goes on. */
async function settlePapers({ stage, store }: RestoreTarget): Promise<boolean> {
  const ended = await endedHere(store);
  for (const number of await stage.waitingPapers()) {
    const { papers, replace } = await stage.paperRun(number);
    const settled = await store.exclusively(async () => {
      const wanted: Paper[] = [];
      const gone: string[] = [];
      for (const paper of papers) {
        // Whoever was erased since has no record key, and gets none again.
        const theirs = paper.subject === null || store.people.has(paper.subject);
        if (!theirs || ended.papers.has(paper.id) || !(replace || (await store.paper(paper.id)) === null)) continue;
        const kept = asKept(paper, ended);
        wanted.push(...kept.papers);
        gone.push(...kept.gone);
      }
      return wanted.length === 0 || (await store.commit({ entries: [], papers: wanted, removePapers: gone })).ok;
    });
    if (!settled) return false;
    await stage.papersSettled(number);
  }
  return true;
}

/** How far back the entry of a restore is looked for, entries. */
const LOOK_BACK = 2_000;

async function isRestored({ store }: RestoreTarget, id: string): Promise<boolean> {
  const latest = await store.latest(LOOK_BACK);
  return latest.some(({ content }) => content?.type === "restored" && content.body.contentHash === id);
}

export function hashText(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
