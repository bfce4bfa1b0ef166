import type { BackupMade, Backups, BackupStatus, DrillOutcome, KeyOffer, RestoreFailure, RestorePlan } from "../../src/app/api/backup.ts";
import { Subject } from "../../src/app/observable.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";

const NOW = Date.parse("2026-03-02T01:05:30Z") as EpochMs;
const DAY_MS = 86_400_000;

export const OFFER: KeyOffer = {
  identity: "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX",
  recipient: "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
};

export const MADE: BackupMade = { name: "clockface-North_gate-0011aabb-2026-03-02.age", at: (NOW - 7 * 3_600_000) as EpochMs, where: "folder", kind: "daily", people: 143, entries: 12_408, bytes: 3_480_000 };

export const BACKUP_STATUS: BackupStatus = {
  key: { recipient: OFFER.recipient, madeAt: (NOW - 40 * DAY_MS) as EpochMs, renew: false },
  folder: { name: "Backups", state: "ready" },
  folderSupported: true,
  last: MADE,
  overdue: false,
  drill: { last: { at: (NOW - 12 * DAY_MS) as EpochMs, passed: true }, due: false },
  working: null,
  failed: null,
};

export const PLAN: RestorePlan = {
  id: "plan-1",
  siteName: "North gate",
  device: "0011aabbccddeeff0011",
  otherDevice: true,
  createdAt: (NOW - 7 * 3_600_000) as EpochMs,
  kind: "daily",
  people: { added: 6, changed: 0, kept: 2, unchanged: 135, onlyHere: 3, erased: 1, conflicts: [] },
  punches: { inBackup: 9_120, added: 9_120, onlyHere: 48 },
  users: 0,
  faces: 0,
  forked: 0,
};

/** Backups without anything behind them. */
export class FakeBackups implements Backups {
  readonly status = new Subject<BackupStatus>(BACKUP_STATUS);
  readonly toDo = new Subject(0);
  planned: Result<RestorePlan, RestoreFailure> = ok(PLAN);
  drilled: Result<DrillOutcome, RestoreFailure> = ok({ passed: true, name: MADE.name, people: 143, entries: 12_408, failure: null });

  constructor(private readonly calls: (readonly unknown[])[]) {}

  offerKey(): ReturnType<Backups["offerKey"]> {
    return Promise.resolve(ok(OFFER));
  }

  keepKey(offer: KeyOffer, ending: string): ReturnType<Backups["keepKey"]> {
    this.calls.push(["backups.keepKey", ending]);
    if (!offer.identity.endsWith(ending.toUpperCase())) return Promise.resolve(err(failure("backup/wrong-ending")));
    this.status.next({ ...this.status.value, key: { recipient: offer.recipient, madeAt: NOW, renew: false } });
    return Promise.resolve(ok());
  }

  chooseFolder(): ReturnType<Backups["chooseFolder"]> {
    this.calls.push(["backups.chooseFolder"]);
    this.status.next({ ...this.status.value, folder: { name: "Backups", state: "ready" } });
    return Promise.resolve(ok());
  }

  allowFolder(): ReturnType<Backups["allowFolder"]> {
    this.calls.push(["backups.allowFolder"]);
    return this.chooseFolder();
  }

  forgetFolder(): Promise<void> {
    this.calls.push(["backups.forgetFolder"]);
    this.status.next({ ...this.status.value, folder: null });
    return Promise.resolve();
  }

  make(kind: BackupMade["kind"]): ReturnType<Backups["make"]> {
    this.calls.push(["backups.make", kind]);
    return Promise.resolve(ok({ made: { ...MADE, kind, where: "download" }, file: new Blob(["a backup"]) }));
  }

  makeInFolder(): ReturnType<Backups["makeInFolder"]> {
    this.calls.push(["backups.makeInFolder"]);
    return Promise.resolve(ok(MADE));
  }

  plan(file: Blob, identity: string): ReturnType<Backups["plan"]> {
    this.calls.push(["backups.plan", file.size, identity]);
    return Promise.resolve(this.planned);
  }

  restore(planId: string): ReturnType<Backups["restore"]> {
    this.calls.push(["backups.restore", planId]);
    return Promise.resolve(ok({ people: 6, entries: 12_408, faces: 0 }));
  }

  dropPlan(): void {
    this.calls.push(["backups.dropPlan"]);
  }

  drill(identity: string): ReturnType<Backups["drill"]> {
    this.calls.push(["backups.drill", identity]);
    return Promise.resolve(this.drilled);
  }
}
