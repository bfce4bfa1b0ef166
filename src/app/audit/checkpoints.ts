import { attendanceDay } from "../../domain/attendance/day.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { EMPTY_FRONTIER, appendLeaves, rootOf } from "../../domain/log/merkle.ts";
import { frontierAt, same } from "../../domain/log/proofs.ts";
import { checkpointBytes } from "../../domain/log/statements.ts";
import type { Checkpoint, Frontier } from "../../domain/log/types.ts";
import type { DeviceIdentity, ProofStore } from "../ports/proof.ts";
import type { ProofAlarms } from "./proof-alarms.ts";

/** Entries after which the log is signed, whatever the time. */
export const CHECKPOINT_ENTRIES = 100;
export const CHECKPOINT_EVERY_MS = 60 * 60_000;

export interface CheckpointDependencies {
  readonly proof: ProofStore;
  readonly device: DeviceIdentity;
  readonly alarms: ProofAlarms;
  readonly now: () => EpochMs;
  /** IANA name of the site's zone; null before set-up. */
  readonly zone: () => string | null;
  /** Entries that stand for a witness's answer and are no reason to ask again. */
  readonly answers: () => number;
}

/**
 * Signs the log now and then, always after the entries are durable and never while anybody waits for it. A checkpoint
 * extends the one before, or it is not made and that is an alarm.
 */
export class Checkpoints {
  readonly #dependencies: CheckpointDependencies;
  readonly #listeners = new Set<(made: Checkpoint) => void>();
  /** Edge of the tree at the last checkpoint that this page has checked or made. */
  #edge: Frontier = EMPTY_FRONTIER;

  constructor(dependencies: CheckpointDependencies) {
    this.#dependencies = dependencies;
  }

  /** Hears of each checkpoint that this page makes. */
  subscribe(listener: (made: Checkpoint) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Makes one if one is due. Null when none is, or none can be made. */
  async tend(): Promise<Checkpoint | null> {
    return this.#make((last, size) => this.#dueNow(last, size));
  }

  /** Makes one now; the last one when nothing has happened since. */
  async make(reason: "boot" | "asked"): Promise<Checkpoint | null> {
    return (await this.#make((last, size) => (size > (last?.size ?? 0) ? reason : null))) ?? this.#dependencies.proof.lastCheckpoint();
  }

  #dueNow(last: Checkpoint | null, size: number): Checkpoint["reason"] | null {
    const { now, zone, answers } = this.#dependencies;
    const fresh = size - (last?.size ?? 0);
    if (fresh >= CHECKPOINT_ENTRIES) return "count";
    if (fresh <= answers()) return null;
    if (last === null) return "hour";
    const at = now();
    const site = zone();
    if (site !== null && attendanceDay(at, site) !== attendanceDay(last.wallMs, site)) return "day-close";
    // A clock that was put back must not hold the next one up.
    return at - last.wallMs >= CHECKPOINT_EVERY_MS || at < last.wallMs ? "hour" : null;
  }

  #make(why: (last: Checkpoint | null, size: number) => Checkpoint["reason"] | null): Promise<Checkpoint | null> {
    const { proof, device, alarms, now } = this.#dependencies;
    return proof.alone(async () => {
      const [last, head] = await Promise.all([proof.lastCheckpoint(), proof.frontier()]);
      if (head === null) return null;
      if (last !== null && head.size < last.size) {
        await alarms.raise("not-extending", last.size, null);
        return null;
      }
      const reason = why(last, head.size);
      if (reason === null) return null;
      if (last !== null && !(await this.#extends(head, last))) {
        await alarms.raise("not-extending", last.size, null);
        return null;
      }
      const statement = { v: 1, device: device.deviceId, size: head.size, root: rootOf(head), wallMs: now(), reason, algorithm: device.algorithm } as const;
      const made: Checkpoint = { ...statement, signature: await device.sign(checkpointBytes(statement)) };
      await proof.keepCheckpoint(made);
      this.#edge = head;
      for (const listener of this.#listeners) listener(made);
      return made;
    });
  }

  /** Whether the log begins with what the last checkpoint signed: that edge and the leaves since give the edge of now. */
  async #extends(head: Frontier, last: Checkpoint): Promise<boolean> {
    const { proof } = this.#dependencies;
    const edge = this.#edge.size === last.size ? this.#edge : await frontierAt(proof.tree, last.size);
    if (!same(rootOf(edge), last.root)) return false;
    let grown = edge;
    while (grown.size < head.size) {
      const leaves = await proof.tree.leaves(grown.size, Math.min(head.size, grown.size + CHECKPOINT_ENTRIES));
      if (leaves.length === 0) return false;
      ({ frontier: grown } = appendLeaves(grown, leaves));
    }
    return same(rootOf(grown), rootOf(head));
  }
}
