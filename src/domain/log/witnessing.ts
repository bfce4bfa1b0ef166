import { provesConsistency, same } from "./proofs.ts";
import { isSignedCheckpoint } from "./statements.ts";
import type { VerifySignature, WitnessRequest } from "./statements.ts";

/** The last tree of a device that a witness signed. */
export interface Witnessed {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * What a witness does with a request. `sign`: it extends what was signed before. `again`: it is what was signed before.
 * `base`: the proof begins elsewhere than at the size that was signed before; no accusation, ask again with that size.
 * `alarm`: the device shows another history than the one that was signed.
 * - `smaller`: fewer entries than before; - `fork`: as many, and others; - `inconsistent`: more, and not the old ones first.
 * `unsigned`: not the device's own statement; nobody can be accused of it.
 */
export type Judgement =
  | { readonly kind: "sign" | "again" | "base" | "unsigned" }
  | { readonly kind: "alarm"; readonly alarm: WitnessAlarm };

export type WitnessAlarm = "smaller" | "fork" | "inconsistent";

/** Judges a request by what this witness signed before; null before its first. */
export async function judge(verify: VerifySignature, request: WitnessRequest, before: Witnessed | null): Promise<Judgement> {
  const { checkpoint, publicKey, from, proof } = request;
  if (!(await isSignedCheckpoint(verify, checkpoint, publicKey))) return { kind: "unsigned" };
  if (before === null) return { kind: from === 0 ? "sign" : "base" };
  if (checkpoint.size < before.size) return { kind: "alarm", alarm: "smaller" };
  if (checkpoint.size === before.size) return same(checkpoint.root, before.root) ? { kind: "again" } : { kind: "alarm", alarm: "fork" };
  if (from !== before.size) return { kind: "base" };
  return provesConsistency(before.size, checkpoint.size, before.root, checkpoint.root, proof) ? { kind: "sign" } : { kind: "alarm", alarm: "inconsistent" };
}
