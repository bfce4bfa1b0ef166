import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { storagePressure } from "../../domain/device/storage-pressure.ts";
import type { StoragePressure } from "../../domain/device/storage-pressure.ts";
import { Subject } from "../observable.ts";
import type { Copies, CopiesStatus } from "../ports/copies.ts";
import type { Store } from "../ports/store.ts";

/** How far back a warning in the log still counts as given, entries. */
const LOOK_BACK = 500;

type Warning = "low" | "critical" | "not-persistent";

/** How the store is, as the device page shows it. */
export interface StorageState extends CopiesStatus {
  readonly pressure: StoragePressure;
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly persistent: boolean;
}

/** What of it an administrator has to do something about. */
export type StorageConcern = "loss" | "critical" | "low" | "not-persistent" | "second-unsupported" | "second-failed";

export function concernsOf({ pressure, persistent, second, losses }: StorageState): readonly StorageConcern[] {
  return [
    ...(losses.length > 0 ? (["loss"] as const) : []),
    ...(pressure === "fine" ? [] : [pressure]),
    ...(second === "failed" ? (["second-failed"] as const) : []),
    ...(second === "unsupported" ? (["second-unsupported"] as const) : []),
    ...(persistent ? [] : (["not-persistent"] as const)),
  ];
}

export interface StorageHealthDependencies {
  readonly store: Pick<Store, "usage" | "persist" | "exclusively" | "commit" | "latest" | "settings">;
  readonly copies: Copies;
}

/** Watches the store's space and copies, and warns early. */
export class StorageHealth {
  readonly state: Subject<StorageState>;
  /** Given since this start, and not to be given again while it lasts. */
  readonly #warned = new Set<Warning>();

  constructor(private readonly dependencies: StorageHealthDependencies) {
    const { copies } = dependencies;
    this.state = new Subject<StorageState>({ ...copies.status.value, pressure: "fine", usedBytes: 0, quotaBytes: 0, persistent: true });
    copies.status.subscribe((status) => this.state.next({ ...this.state.value, ...status }));
  }

  /** Looks at the space there is; a warning is an entry in the log, once. */
  async check(): Promise<void> {
    const { store } = this.dependencies;
    const { usedBytes, quotaBytes, persistent } = await store.usage();
    const pressure = storagePressure(usedBytes, quotaBytes);
    this.state.next({ ...this.state.value, pressure, usedBytes, quotaBytes, persistent });
    const now = new Set<Warning>([...(pressure === "fine" ? [] : [pressure]), ...(persistent ? [] : (["not-persistent"] as const))]);
    for (const level of this.#warned) if (!now.has(level)) this.#warned.delete(level);
    if (store.settings) for (const level of now) if (!this.#warned.has(level)) await this.#warn(level, usedBytes, quotaBytes);
  }

  async persist(): Promise<boolean> {
    const kept = await this.dependencies.store.persist();
    await this.check();
    return kept;
  }

  acknowledge(): Promise<void> {
    return this.dependencies.copies.acknowledge();
  }

  async #warn(level: Warning, usedBytes: number, quotaBytes: number): Promise<void> {
    const { store } = this.dependencies;
    const given = (await store.latest(LOOK_BACK)).some(({ content }) => content?.type === "storage-warning" && content.body.level === level);
    if (!given) {
      const draft: EntryDraft = { type: "storage-warning", subject: null, body: { level, usedBytes: Math.round(usedBytes), quotaBytes: Math.round(quotaBytes) } };
      const written = await store.exclusively(() => store.commit({ entries: [draft] }));
      // Too full even for the warning: it is shown, and tried again.
      if (!written.ok) return;
    }
    this.#warned.add(level);
  }
}
