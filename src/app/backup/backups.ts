import { backupFileName, parseBackupFileName } from "../../domain/backup/file-name.ts";
import type { BackupKind } from "../../domain/backup/frames.ts";
import { outgrown } from "../../domain/backup/keeping.ts";
import { calendarDay } from "../../domain/attendance/day.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { BackupFailure, BackupMade, Backups, BackupStatus, DrillOutcome, KeyOffer, RestoreFailure, RestoreOutcome, RestorePlan } from "../api/backup.ts";
import { IDENTITY_ENDING_LENGTH } from "../api/backup.ts";
import { Subject } from "../observable.ts";
import type { Access } from "../ports/access.ts";
import { drill } from "./drill.ts";
import { differenceTo, papersTaken, planOf } from "./plan.ts";
import type { PapersTaken } from "./plan.ts";
import type { BackupContainer, BackupDiary, BackupFolder, History, RestoreTarget, Targets } from "./ports.ts";
import { readBackup } from "./read.ts";
import type { Reading } from "./read.ts";
import { hashText, restoreInto, settleRestore } from "./restore.ts";
import { statusOf, toDoOf } from "./status.ts";
import { backupFrames } from "./write.ts";

export interface BackupsParts {
  /** This tablet. */
  readonly live: RestoreTarget;
  readonly targets: Targets & { sweep(): Promise<void> };
  readonly access: Pick<Access, "check">;
  readonly container: BackupContainer;
  readonly reading: Reading;
  readonly folder: BackupFolder;
  readonly diary: BackupDiary;
  /** After a restore in place: everything that is open belongs to the stores that were there before. */
  readonly reload: () => void;
}

interface OpenPlan {
  readonly plan: RestorePlan;
  readonly file: Blob;
  readonly identity: string;
  readonly tenant: string;
  readonly common: readonly number[];
  readonly papers: PapersTaken;
}

type Working = NonNullable<BackupStatus["working"]>;

/** A device's own doing has nobody's name. */
const BY_ITSELF = "device";
const AT_SET_UP = "set-up";

/** {@link Backups} over a tablet's stores. One thing at a time. */
export class SiteBackups implements Backups {
  readonly status: Subject<BackupStatus>;
  readonly toDo = new Subject(0);
  readonly #parts: BackupsParts;
  #plan: OpenPlan | null = null;
  #busy = false;

  constructor(parts: BackupsParts) {
    this.#parts = parts;
    this.status = new Subject<BackupStatus>({ key: null, folder: null, folderSupported: parts.folder.supported, last: null, overdue: false, drill: { last: null, due: false }, working: null, failed: null });
  }

  /** What backups brought of other devices. */
  get history(): History {
    return this.#parts.live.history;
  }

  /** Goes on with a restore that was interrupted, sweeps what a drill left, and begins to tell the state. */
  async start(): Promise<void> {
    this.#parts.live.store.subscribe(() => void this.refresh());
    await this.#alone("history", async (progress) => {
      await this.#parts.targets.sweep();
      await settleRestore(this.#parts.live, progress);
    });
    await this.refresh();
  }

  /** Reads the state anew; time alone makes a backup overdue. */
  async refresh(): Promise<void> {
    const { live, folder, diary } = this.#parts;
    const [page, chosen] = await Promise.all([diary.read(), folder.current()]);
    this.#tell(statusOf({ settings: live.store.settings, page, folder: chosen, folderSupported: folder.supported, now: live.store.now().wallMs, before: this.status.value }));
  }

  async offerKey(): Promise<Result<KeyOffer, BackupFailure>> {
    const allowed = this.#parts.access.check("backup.make");
    return allowed.ok ? ok(await this.#parts.container.makeKey()) : allowed;
  }

  async keepKey(offer: KeyOffer, ending: string): Promise<Result<void, BackupFailure>> {
    const { live, access, container } = this.#parts;
    const allowed = access.check("backup.make");
    if (!allowed.ok) return allowed;
    if (ending.trim().toUpperCase() !== offer.identity.slice(-IDENTITY_ENDING_LENGTH).toUpperCase()) return err(failure("backup/wrong-ending"));
    if ((await container.recipientOf(offer.identity)) !== offer.recipient) return err(failure("backup/wrong-ending", "pair"));
    const { store } = live;
    const kept = await store.exclusively(async () => {
      const { settings } = store;
      if (!settings) return null;
      return store.commit({ settings: { ...settings, backup: { recipient: offer.recipient, madeAt: store.now().wallMs } }, entries: [{ type: "settings", subject: null, body: { by: allowed.value.userId, changed: ["backup"] } }] });
    });
    await this.refresh();
    if (!kept) return err(failure("backup/not-set-up"));
    return kept.ok ? ok() : err(failure("backup/store-failed", kept.error.kind));
  }

  async chooseFolder(): Promise<Result<void, BackupFailure>> {
    const allowed = this.#parts.access.check("backup.make");
    if (!allowed.ok) return allowed;
    const chosen = await this.#parts.folder.choose();
    await this.refresh();
    return chosen;
  }

  async allowFolder(): Promise<Result<void, BackupFailure>> {
    const given = await this.#parts.folder.allow();
    await this.refresh();
    return given;
  }

  async forgetFolder(): Promise<void> {
    if (!this.#parts.access.check("backup.make").ok) return;
    await this.#parts.folder.forget();
    await this.refresh();
  }

  async make(kind: BackupKind): Promise<Result<{ readonly made: BackupMade; readonly file: Blob }, BackupFailure>> {
    const allowed = this.#parts.access.check("backup.make");
    return allowed.ok ? this.#make(kind, "download", allowed.value.userId) : allowed;
  }

  async makeInFolder(): Promise<Result<BackupMade, BackupFailure>> {
    const allowed = this.#parts.access.check("backup.make");
    return allowed.ok ? this.#intoFolder(allowed.value.userId) : allowed;
  }

  /** The tablet's own doing, in a quiet moment; nobody is signed in. */
  async makeDaily(): Promise<Result<BackupMade, BackupFailure>> {
    const made = await this.#intoFolder(BY_ITSELF);
    this.#tell({ ...this.status.value, failed: made.ok ? null : made.error });
    return made;
  }

  async plan(file: Blob, identity: string, signal?: AbortSignal): Promise<Result<RestorePlan, RestoreFailure>> {
    this.dropPlan();
    const allowed = this.#mayRestore();
    if (!allowed.ok) return allowed;
    const done = await this.#alone("reading", async (progress): Promise<Result<RestorePlan, RestoreFailure>> => {
      const { live, reading } = this.#parts;
      const read = await readBackup(reading, file, identity, { signal, onProgress: progress });
      if (!read.ok) return read;
      const { validUntil, tenant } = read.value.head;
      if (validUntil !== null && live.store.now().wallMs >= validUntil) return err(failure("backup/expired"));
      const difference = await differenceTo(read.value, live);
      if (!difference.ok) return difference;
      const plan = planOf(hashText(read.value.hash), read.value, difference.value, live.store.deviceId);
      this.#plan = { plan, file, identity, tenant, common: difference.value.logs.map(({ common }) => common), papers: papersTaken(difference.value, read.value, live.store.deviceId) };
      return ok(plan);
    });
    return done;
  }

  async restore(planId: string): Promise<Result<RestoreOutcome, RestoreFailure>> {
    const open = this.#plan;
    const allowed = this.#mayRestore();
    if (!allowed.ok) return allowed;
    if (open?.plan.id !== planId) return err(failure("backup/changed-meanwhile"));
    return this.#alone("restoring", async (onProgress): Promise<Result<RestoreOutcome, RestoreFailure>> => {
      const { live, targets, reading, reload } = this.#parts;
      const request = { reading, file: open.file, identity: open.identity, plan: open.plan, common: open.common, papers: open.papers, by: allowed.value, onProgress };
      if (live.store.settings !== null) {
        const outcome = await restoreInto(live, request);
        if (outcome.ok) this.dropPlan();
        return outcome;
      }
      const target = await targets.inPlace(open.tenant);
      if (!target.ok) return target;
      const outcome = await restoreInto(target.value, request);
      target.value.close();
      this.dropPlan();
      // Also after a failure: what was open here is gone, and the tablet is as empty as it was.
      reload();
      return outcome;
    });
  }

  dropPlan(): void {
    this.#plan = null;
  }

  async drill(identity: string, file?: File): Promise<Result<DrillOutcome, RestoreFailure>> {
    const { access, folder, live, targets, reading } = this.#parts;
    const allowed = access.check("backup.drill");
    if (!allowed.ok) return allowed;
    const outcome = await this.#alone("drill", async (onProgress): Promise<Result<DrillOutcome, RestoreFailure>> => {
      const tried = file ?? (await latestIn(folder, live.store.deviceId));
      if (!tried) return err(failure("backup/no-file"));
      return ok(await drill({ live, targets, reading, file: tried, name: tried.name, identity, onProgress }));
    });
    // A key that was mistyped is no drill.
    if (!outcome.ok || outcome.value.failure?.kind === "backup/bad-identity" || outcome.value.failure?.kind === "backup/wrong-key") return outcome.ok && outcome.value.failure ? err(outcome.value.failure as RestoreFailure) : outcome;
    const { passed, people, entries } = outcome.value;
    const logged = await this.#append({ type: "drill", subject: null, body: { by: allowed.value.userId, outcome: passed ? "passed" : "failed", upToSeq: entries, people } });
    const { diary } = this.#parts;
    await diary.write({ ...(await diary.read()), drill: { at: live.store.now().wallMs, passed } });
    await this.refresh();
    return logged ? outcome : err(failure("backup/store-failed", "not logged"));
  }

  /** Whoever restores is allowed to; on an empty tablet there is nobody yet, and the identity alone counts. */
  #mayRestore(): Result<string, RestoreFailure> {
    if (this.#parts.live.store.settings === null) return ok(AT_SET_UP);
    const allowed = this.#parts.access.check("backup.restore");
    return allowed.ok ? ok(allowed.value.userId) : allowed;
  }

  async #intoFolder(by: string): Promise<Result<BackupMade, BackupFailure>> {
    const { folder, live } = this.#parts;
    const chosen = await folder.current();
    if (chosen === null || chosen.state === "gone") return err(failure("backup/folder-gone"));
    if (chosen.state === "asks-again") return err(failure("backup/folder-refused"));
    const made = await this.#make("daily", "folder", by);
    if (!made.ok) return made;
    const names = await folder.names();
    // Files that cannot be taken away are in nobody's way.
    if (names.ok) for (const name of outgrown(names.value, live.store.deviceId)) await folder.remove(name);
    return ok(made.value.made);
  }

  async #make(kind: BackupKind, where: BackupMade["where"], by: string): Promise<Result<{ readonly made: BackupMade; readonly file: Blob }, BackupFailure>> {
    const { live, diary, folder } = this.#parts;
    const { settings } = live.store;
    if (!settings) return err(failure("backup/not-set-up"));
    if (!settings.backup) return err(failure("backup/no-key"));
    const { recipient } = settings.backup;
    return this.#alone("backup", async (progress): Promise<Result<{ readonly made: BackupMade; readonly file: Blob }, BackupFailure>> => {
      const at = live.store.now().wallMs;
      const [people, entries] = [live.store.people.size, live.store.length];
      const written = await this.#write(kind, recipient, progress);
      if (!written.ok) return written;
      const { file, hash } = written.value;
      const name = backupFileName(settings.siteName, live.store.deviceId, calendarDay(at, settings.zone), kind);
      if (where === "folder") {
        const stored = await folder.write(name, file);
        if (!stored.ok) return stored;
      }
      const logged = await this.#append({ type: "backup", subject: null, body: { by, kind, upToSeq: entries, people, contentHash: hashText(hash) } });
      if (!logged) return err(failure("backup/store-failed", "not logged"));
      const made: BackupMade = { name, at, where, kind, people, entries, bytes: file.size };
      const page = await diary.read();
      await diary.write({ ...page, firstAt: page.firstAt ?? at, last: kind === "daily" ? made : page.last });
      return ok({ made, file });
    }).finally(() => this.refresh());
  }

  async #write(kind: BackupKind, recipient: string, progress: (done: number, total: number) => void): Promise<Result<{ readonly file: Blob; readonly hash: Uint8Array }, BackupFailure>> {
    const { container, live } = this.#parts;
    try {
      return ok(await container.write(recipient, backupFrames(live, kind, recipient, progress)));
    } catch (error) {
      return err(failure("backup/read-failed", error instanceof Error ? error.message : undefined));
    }
  }

  async #append(entry: EntryDraft): Promise<boolean> {
    const { store } = this.#parts.live;
    const written = await store.exclusively(() => store.commit({ entries: [entry] }));
    return written.ok;
  }

  async #alone<T>(what: Working["what"], work: (progress: (done: number, total: number) => void) => Promise<T>): Promise<T> {
    if (this.#busy) return err(failure("backup/busy")) as T;
    this.#busy = true;
    this.#tell({ ...this.status.value, working: { what, done: 0, total: 0 } });
    try {
      return await work((done, total) => this.#tell({ ...this.status.value, working: { what, done, total } }));
    } finally {
      this.#busy = false;
      this.#tell({ ...this.status.value, working: null });
    }
  }

  #tell(status: BackupStatus): void {
    this.status.next(status);
    const waiting = toDoOf(status);
    if (waiting !== this.toDo.value) this.toDo.next(waiting);
  }
}

async function latestIn(folder: BackupFolder, device: string): Promise<File | null> {
  const names = await folder.names();
  if (!names.ok) return null;
  const [latest] = names.value
    .flatMap((name) => parseBackupFileName(name) ?? [])
    .filter((file) => file.kind === "daily" && device.startsWith(file.device))
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  const read = latest && (await folder.read(latest.name));
  return read?.ok ? read.value : null;
}

