import type { PackedEntry } from "../../domain/log/package.ts";
import type { TreeReader } from "../../domain/log/proofs.ts";
import type { SignatureAlgorithm } from "../../domain/log/statements.ts";
import type { Checkpoint, CoSignature, Frontier } from "../../domain/log/types.ts";
import type { RecordRing } from "./store.ts";

/** The log as a tree, and what was signed of it. Reads what is durable; opens nothing but where it says so. */
export interface ProofStore {
  readonly tree: TreeReader;
  /** The right edge as it is now; null while the store is still being taken over from an older form. */
  frontier(): Promise<Frontier | null>;
  /** Oldest first. */
  checkpoints(): Promise<readonly Checkpoint[]>;
  lastCheckpoint(): Promise<Checkpoint | null>;
  /** In place of an earlier one of the same size. */
  keepCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** By size. */
  coSignatures(): Promise<readonly CoSignature[]>;
  keepCoSignature(coSignature: CoSignature): Promise<void>;
  /**
   * Entries after this sequence number, in order, with what the ring opens.
   *
   * @param ring the device's own when absent
   */
  entriesAfter(seq: number, limit: number, ring?: RecordRing): Promise<readonly PackedEntry[]>;
  /** What is remembered of witnesses and alarms: plain values. */
  recall(key: string): Promise<unknown>;
  remember(key: string, value: unknown): Promise<void>;
  /** Alone among all tabs. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** The device, as far as it signs. */
export interface DeviceIdentity {
  readonly deviceId: string;
  readonly algorithm: SignatureAlgorithm;
  /** SPKI. */
  readonly publicKey: Uint8Array;
  sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}
