import type { Entry } from "../../domain/attendance/entries.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { History } from "../backup/ports.ts";
import { Pauses } from "../pauses.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import { Bucket } from "./facts-bucket.ts";

const DAY_MS = 86_400_000;
/** More new entries than that are read with their days. */
const CATCH_UP_AT_MOST = 500;

export interface FactsLogDependencies {
  readonly store: Pick<Store, "length" | "entries" | "latest" | "settings">;
  readonly history: Pick<History, "entries">;
  readonly others: Pick<OtherDevices, "entries">;
}

/** A day in memory. */
interface Kept {
  readonly bucket: Bucket;
  readonly foreign: readonly Bucket[];
}

/** The log as one ring opens it, by UTC day: a day that was read stays in memory, and what is appended is added to it. */
export class FactsLog {
  readonly #days = new Map<number, Promise<Kept>>();
  readonly #versions = new Map<PersonId, number>();
  readonly #reach: number;
  #length: number;
  #catching: Promise<void> = Promise.resolve();

  /**
   * @param ring the device's own when absent
   * @param only this person's punches; null for everybody's
   */
  constructor(
    private readonly dependencies: FactsLogDependencies,
    private readonly ring: RecordRing | undefined,
    private readonly only: PersonId | null,
  ) {
    this.#length = dependencies.store.length;
    this.#reach = ring?.reach.size ?? 0;
  }

  /** The ring opens other people than when it was begun: what was read then is not all. */
  get stale(): boolean {
    return this.ring !== undefined && this.ring.reach.size !== this.#reach;
  }

  /** Grows with every entry about the person that was added since the days were read. */
  versionOf(personId: PersonId): number {
    return this.#versions.get(personId) ?? 0;
  }

  /** Days count from 1970-01-01 UTC, both included. */
  async days(from: number, to: number, onDay: (done: number, total: number) => void, signal?: AbortSignal): Promise<readonly Bucket[]> {
    this.#catching = this.#catching.then(() => this.#catchUp());
    await this.#catching;
    const own: Bucket[] = [];
    const foreign: Bucket[] = [];
    for (let day = from; day <= to; day++) {
      if (signal?.aborted === true) break;
      const reading = this.#days.get(day) ?? this.#read(day);
      this.#days.set(day, reading);
      const kept = await reading;
      own.push(kept.bucket);
      foreign.push(...kept.foreign);
      onDay(day - from + 1, to - from + 1);
    }
    return [...own, ...foreign];
  }

  #read(day: number): Promise<Kept> {
    const reading = this.#fresh(day);
    // Tried again the next time.
    reading.catch(() => this.#days.delete(day));
    return reading;
  }

  async #fresh(day: number): Promise<Kept> {
    const { store, history, others } = this.dependencies;
    const pauses = new Pauses();
    const fill = async (entries: readonly Entry[]): Promise<Bucket> => {
      const bucket = new Bucket(this.only);
      for (const entry of entries) {
        bucket.add(entry, this.#siteId());
        await pauses.ifDue();
      }
      return bucket;
    };
    const bucket = await fill(await store.entries(day, day, this.ring, this.only ?? undefined));
    const lists = [...(await history.entries(day, day, this.ring)), ...(await others.entries(day, day, this.ring))];
    const foreign: Bucket[] = [];
    for (const list of lists) foreign.push(await fill(list));
    return { bucket, foreign };
  }

  async #catchUp(): Promise<void> {
    const { store } = this.dependencies;
    const until = store.length;
    const count = until - this.#length;
    if (count <= 0) return;
    if (count > CATCH_UP_AT_MOST) {
      this.#days.clear();
      this.#versions.clear();
    } else {
      const entries = await store.latest(count, until + 1, this.ring);
      for (const entry of [...entries].reverse()) {
        const kept = await this.#days.get(Math.floor(entry.header.wallMs / DAY_MS));
        const personId = kept?.bucket.add(entry, this.#siteId()) ?? null;
        if (personId !== null) this.#versions.set(personId, this.versionOf(personId) + 1);
      }
    }
    this.#length = until;
  }

  #siteId(): string {
    return this.dependencies.store.settings?.siteId ?? "";
  }
}
