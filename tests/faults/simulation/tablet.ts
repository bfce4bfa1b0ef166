import { createHash } from "node:crypto";
import type { Segment } from "../../../src/app/ports/outbox.ts";
import { attempt } from "../../../src/adapters/sync/attempt.ts";
import type { Trigger } from "../../../src/adapters/sync/back-off.ts";
import type { Fetch } from "../../../src/adapters/sync/push.ts";
import { SyncStore } from "../../../src/adapters/sync/sync-store.ts";
import { MemoryQueue, MemoryRows, PLAIN_TOKENS } from "../../../src/adapters/sync/testing/memory.ts";
import { appendLeaves, EMPTY_FRONTIER, leafHashOf, rootOf } from "../../../src/domain/log/merkle.ts";
import { consistencyProof, readerOf } from "../../../src/domain/log/proofs.ts";
import type { Random } from "../random.ts";
import type { SimulatedHub } from "./hub.ts";
import type { Timeline } from "./timeline.ts";

/** Entries that a segment holds at most. */
const MOST_ENTRIES = 24;

export interface TabletOptions {
  readonly device: string;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly hub: SimulatedHub;
  /** How the network is towards this tablet at the moment. */
  readonly fetch: Fetch;
}

/** A tablet's log and outbox; the pushing is the real code, from a page and from a service worker that know nothing of each other. */
export class SimulatedTablet {
  readonly device: string;
  readonly queue = new MemoryQueue([]);
  leaves: Uint8Array[] = [];
  sealed: { readonly id: string; readonly from: number; readonly to: number }[] = [];
  #store = new SyncStore(new MemoryRows(), PLAIN_TOKENS);

  constructor(private readonly options: TabletOptions) {
    this.device = options.device;
  }

  async pair(): Promise<void> {
    await this.#store.keepPairing({ hub: "http://hub", site: "gate", token: this.device });
  }

  punch(): void {
    this.leaves.push(leafHashOf(this.options.random.bytes(16)));
  }

  /** Fixes the bytes of what no segment holds yet. */
  seal(): void {
    let from = this.sealed.at(-1)?.to ?? 0;
    while (from < this.leaves.length) {
      const to = Math.min(from + MOST_ENTRIES, this.leaves.length);
      const c = Buffer.concat([...this.leaves.slice(from, to), this.options.random.bytes(8)]).toString("base64url");
      const hash = createHash("sha256").update(`seg.${c}`).digest("hex");
      const segment: Segment = { _id: `${this.device}:${String(from + 1).padStart(12, "0")}:${hash}`, kind: "seg", c };
      (this.queue.segments as Segment[]).push(segment);
      this.sealed.push({ id: segment._id, from, to });
      from = to;
    }
  }

  push(trigger: Trigger): void {
    const { timeline, random, fetch } = this.options;
    timeline.does(() => attempt({ queue: this.queue, store: this.#store, fetch, locks: null, now: () => timeline.nowMs, random: () => random.next() }, trigger));
  }

  async checkpoint(): Promise<boolean> {
    const { hub } = this.options;
    const before = hub.witnessed.get(this.device)?.size ?? 0;
    const { frontier } = appendLeaves(EMPTY_FRONTIER, this.leaves);
    const stated = { size: this.leaves.length, root: rootOf(frontier) };
    const proof = before <= stated.size ? await consistencyProof(readerOf(this.leaves), before, stated.size) : [];
    return hub.witness(this.device, stated, proof);
  }

  /** An earlier image of the disk is put back, and the tablet goes on from there. */
  rollBack(entries: number): void {
    this.leaves = this.leaves.slice(0, entries);
  }
}
