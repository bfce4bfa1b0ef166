import { parseHeader } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { decoded } from "../../domain/log/cbor.ts";
import type { CoSignature } from "../../domain/log/types.ts";
import type { KnownWitness, ProofState } from "../api/audit.ts";
import type { ProofStore } from "../ports/proof.ts";
import type { ProofAlarms } from "./proof-alarms.ts";

/** A paired tablet whose log nobody has witnessed for longer says so, milliseconds. */
export const LATE_AFTER_MS = 24 * 60 * 60_000;

export const NO_PROOF: ProofState = { entries: 0, checkpoint: null, witnesses: [], witnessedUpTo: 0, unwitnessedSince: null, late: false, alarms: [], endedAt: null };

export interface StateSources {
  readonly proof: ProofStore;
  readonly alarms: ProofAlarms;
  readonly entries: number;
  readonly endedAt: number | null;
  readonly paired: boolean;
  readonly now: EpochMs;
}

/** Puts together what is known of the proof at this moment. */
export async function proofState({ proof, alarms, entries, endedAt, paired, now }: StateSources): Promise<ProofState> {
  const [checkpoint, coSignatures, raised] = await Promise.all([proof.lastCheckpoint(), proof.coSignatures(), alarms.list()]);
  const witnesses = latestOfEach(coSignatures);
  const witnessedUpTo = Math.max(0, ...coSignatures.map(({ size }) => size));
  const unwitnessedSince = await firstAfter(proof, witnessedUpTo);
  return {
    entries,
    checkpoint: checkpoint === null ? null : { size: checkpoint.size, at: checkpoint.wallMs, reason: checkpoint.reason },
    witnesses,
    witnessedUpTo,
    unwitnessedSince,
    late: paired && unwitnessedSince !== null && now - unwitnessedSince > LATE_AFTER_MS,
    alarms: raised,
    endedAt,
  };
}

function latestOfEach(coSignatures: readonly CoSignature[]): readonly KnownWitness[] {
  const latest = new Map<string, KnownWitness>();
  for (const { kind, witness, size, wallMs } of coSignatures) {
    if ((latest.get(witness)?.size ?? -1) < size) latest.set(witness, { kind, witness, size, at: wallMs });
  }
  return [...latest.values()].sort((a, b) => b.at - a.at);
}

/** When the first entry beyond was recorded. A witness's own answer waits for the next, and does not count. */
async function firstAfter(proof: ProofStore, size: number): Promise<EpochMs | null> {
  for (const { header } of await proof.entriesAfter(size, 8)) {
    const read = header === null ? null : parseHeader(decoded(header));
    if (read !== null && read.type !== "witnessed") return read.wallMs;
  }
  return null;
}
