import type { OtherDevice, OtherDevices } from "../../../app/ports/other-devices.ts";
import type { Segment } from "../../../app/ports/outbox.ts";
import type { RecordRing } from "../../../app/ports/store.ts";
import { Pauses } from "../../../app/pauses.ts";
import type { Entry } from "../../../domain/attendance/entries.ts";
import type { ExactEntry } from "../../../domain/backup/frames.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { Rows } from "../../backup/rows.ts";
import { segmentRange } from "../../crypto/segments.ts";
import { openBucket } from "../../storage/bucket.ts";
import { ForeignEntries } from "../../storage/foreign-entries.ts";
import type { ForeignRow } from "../../storage/foreign-entries.ts";
import type { EntryKeys } from "../../storage/key-ring.ts";
import { RoleRing } from "../../storage/role-ring.ts";
import type { DeviceState, OtherShelf } from "./intake.ts";

const DATABASE = "clockface-others";
const STORES = { devices: [], entries: [{ name: "day", on: "utcDay" }], waiting: [], progress: [] } as const;
const DIGITS = 12;

/** Nothing more comes from a retired tablet: nobody waits for it. */
const FOR_GOOD = Number.MAX_SAFE_INTEGER as EpochMs;

/** What other tablets recorded, in a bucket beside the store, sealed as the own log is. Lost, it is brought again. */
export class BucketShelf implements OtherShelf, OtherDevices {
  readonly #sealed: ForeignEntries;
  readonly #listeners = new Set<() => void>();
  readonly #channel: BroadcastChannel;
  #rows: Rows | null = null;

  constructor(
    private readonly prefix: string,
    ring: EntryKeys,
  ) {
    this.#sealed = new ForeignEntries("others", ring);
    this.#channel = new BroadcastChannel(`clockface-${prefix}others`);
    this.#channel.onmessage = () => this.#emit();
  }

  // ---- reading

  async devices(): Promise<readonly OtherDevice[]> {
    const states = (await (await this.#open()).all("devices")) as readonly DeviceState[];
    return states.map(({ device, upToSeq, untilMs, heardAt, endedAt, refused }) => ({ device, upToSeq, untilMs, heardAt, endedAt, refused }));
  }

  async watermarks(): Promise<readonly { readonly device: string; readonly untilMs: EpochMs }[]> {
    return (await this.devices()).flatMap(({ device, untilMs, endedAt }) => (untilMs === null ? [] : [{ device, untilMs: endedAt === null ? untilMs : FOR_GOOD }]));
  }

  async entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing): Promise<readonly (readonly Entry[])[]> {
    if (ring !== undefined && !(ring instanceof RoleRing)) throw new Error("a ring of another store");
    const rows = (await (await this.#open()).byIndex("entries", "day", IDBKeyRange.bound(fromUtcDay, toUtcDay))) as readonly ForeignRow[];
    const lists = new Map<string, Entry[]>();
    const pauses = new Pauses();
    for (const row of rows) {
      await pauses.ifDue();
      const entry = await this.#sealed.entry(row, ring);
      if (!entry) continue;
      const list = lists.get(row.log);
      if (list) list.push(entry);
      else lists.set(row.log, [entry]);
    }
    return [...lists.values()].map((list) => list.sort((a, b) => a.header.seq - b.header.seq));
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ---- taking in

  async device(device: string): Promise<DeviceState | null> {
    return ((await (await this.#open()).get("devices", device)) as DeviceState | undefined) ?? null;
  }

  async leaf(device: string, seq: number): Promise<Uint8Array | null> {
    return ((await (await this.#open()).get("entries", [device, seq])) as ForeignRow | undefined)?.leaf ?? null;
  }

  async keep(state: DeviceState, entries: readonly ExactEntry[]): Promise<void> {
    const rows = await Promise.all(entries.map((entry) => this.#sealed.seal(state.device, entry)));
    await (await this.#open()).write([...rows.map((row) => ({ store: "entries", key: [row.log, row.seq], value: row })), { store: "devices", key: state.device, value: state }]);
  }

  async waiting(device: string): Promise<readonly Segment[]> {
    // Keys begin with the device, and go on with the first entry.
    return (await (await this.#open()).all("waiting", IDBKeyRange.bound(`${device}:`, `${device}:\uffff`))) as readonly Segment[];
  }

  async putAside(segment: Segment): Promise<void> {
    await (await this.#open()).write([{ store: "waiting", key: keyOf(segment), value: segment }]);
  }

  async takeAway(segment: Segment): Promise<void> {
    await (await this.#open()).write([], [{ store: "waiting", key: keyOf(segment) }]);
  }

  /** How far a source was read. */
  async progress(source: string): Promise<string | null> {
    const value = await (await this.#open()).get("progress", source);
    return typeof value === "string" ? value : null;
  }

  async keepProgress(source: string, upTo: string): Promise<void> {
    await (await this.#open()).write([{ store: "progress", key: source, value: upTo }]);
  }

  /** To this tab and the others. */
  tell(): void {
    this.#channel.postMessage(null);
    this.#emit();
  }

  close(): void {
    this.#listeners.clear();
    this.#channel.close();
    this.#rows?.close();
    this.#rows = null;
  }

  #emit(): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        reportError(error);
      }
    }
  }

  async #open(): Promise<Rows> {
    this.#rows ??= await Rows.open(await openBucket(`${this.prefix}others`), DATABASE, STORES);
    return this.#rows;
  }
}

function keyOf(segment: Segment): string {
  const range = segmentRange(segment);
  return range === null ? segment._id : `${range.device}:${String(range.first).padStart(DIGITS, "0")}:${segment._id.slice(-16)}`;
}
