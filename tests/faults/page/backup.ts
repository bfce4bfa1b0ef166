import { createBackups } from "../../../src/adapters/backup/create-backups.ts";
import { createCore, type Core } from "../../../src/adapters/storage/core.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../src/domain/clock.ts";
import type { UserId } from "../../../src/domain/people/access.ts";
import { ok, type Result } from "../../../src/domain/result.ts";
import { SETUP } from "./setup.ts";

/** A backup as it goes from one life of the browser to the next. */
export interface MadeBackup {
  readonly base64: string;
  readonly identity: string;
  readonly people: number;
  readonly entries: number;
}

/** What a tablet holds after a start. */
export interface TabletState {
  readonly setUp: boolean;
  readonly people: number;
  readonly users: number;
  /** Entries of other devices' logs that are seen. */
  readonly history: number;
  /** Entries `restored` in its own log. */
  readonly restored: number;
  /** A restore that is still laid out. */
  readonly staged: boolean;
}

export interface BackupOnPage {
  make(people: number, punches: number): Promise<MadeBackup>;
  /** Of an empty tablet with these stores. Resolves when all is done; milliseconds. */
  restore(prefix: string, backup: MadeBackup): Promise<number>;
  look(prefix: string): Promise<TabletState>;
}

const clock: Clock = { wall: () => Date.now() as EpochMs, monotonic: () => performance.now() as MonotonicMs };
const access = { check: () => ok({ userId: "0b6f3a52-6b0e-4f07-9a54-2f5d3f0f7a11" as UserId, name: "Keeper", grants: [] }) };

async function openCore(prefix: string): Promise<Core> {
  return must(await createCore({ clock, version: "faults", prefix, forgetFace: () => Promise.resolve() }));
}

function must<T>(result: Result<T, { readonly kind: string; readonly detail?: string }>): T {
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail ?? ""}`);
  return result.value;
}

const page: BackupOnPage = {
  async make(people, punches) {
    const core = await openCore("old-");
    must(await core.setup.run(SETUP));
    const ids = [];
    for (let number = 1; number <= people; number++) ids.push(must(await core.people.add({ employeeNumber: String(number), name: `Person ${number}`, department: "Hall", employmentType: "full-time" })).id);
    for (let punch = 0; punch < punches; punch++) must(await core.ledger.punch({ personId: ids[punch % ids.length]!, method: "pin" }));
    const backups = createBackups({ core, access, clock, version: "faults", prefix: "old-", reload: () => undefined });
    const offer = must(await backups.offerKey());
    must(await backups.keepKey(offer, offer.identity.slice(-6)));
    const { file, made } = must(await backups.make("daily"));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    core.close();
    return { base64, identity: offer.identity, people, entries: made.entries };
  },
  async restore(prefix, { base64, identity }) {
    const core = await openCore(prefix);
    const backups = createBackups({ core, access, clock, version: "faults", prefix, reload: () => undefined });
    const file = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
    const plan = must(await backups.plan(file, identity));
    const startedAt = performance.now();
    must(await backups.restore(plan.id));
    return performance.now() - startedAt;
  },
  async look(prefix) {
    const core = await openCore(prefix);
    const backups = createBackups({ core, access, clock, version: "faults", prefix, reload: () => undefined });
    await backups.start();
    const { store } = core;
    const logs = await backups.history.entries(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const state: TabletState = {
      setUp: store.settings !== null,
      people: store.people.size,
      users: store.users.size,
      history: logs.reduce((sum, entries) => sum + entries.filter(({ content }) => content !== null).length, 0),
      restored: (await store.latest(100)).filter(({ header }) => header.type === "restored").length,
      staged: (await (navigator as unknown as { readonly storageBuckets: { keys(): Promise<readonly string[]> } }).storageBuckets.keys()).some((name) => name.startsWith(`${prefix}restore-`)),
    };
    core.close();
    return state;
  },
};

Object.assign(globalThis, { backupFaults: page });
