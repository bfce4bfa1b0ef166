import { FRAME_ENTRIES, PackageWriter } from "../../domain/log/package.ts";
import type { PackageFacts } from "../../domain/log/package.ts";
import type { DeviceIdentity, ProofStore } from "../ports/proof.ts";
import type { RecordRing } from "../ports/store.ts";

export class Cancelled extends Error {
  override readonly name = "Cancelled";
}

export interface FrameSources {
  readonly proof: ProofStore;
  readonly device: DeviceIdentity;
  readonly facts: PackageFacts;
  /** Opens the bodies that go along. */
  readonly ring: RecordRing;
  readonly signal: AbortSignal;
}

/**
 * The auditor's package, frame by frame, up to the number of entries in its facts.
 *
 * @throws Cancelled when told to stop
 */
export async function* packageFrames({ proof, device, facts, ring, signal }: FrameSources): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new PackageWriter(facts);
  yield writer.begin();
  for (let after = 0; after < facts.entries; ) {
    if (signal.aborted) throw new Cancelled();
    const entries = await proof.entriesAfter(after, Math.min(FRAME_ENTRIES, facts.entries - after), ring);
    const last = entries.at(-1);
    if (last === undefined) break;
    yield writer.entries(entries.filter(({ seq }) => seq <= facts.entries));
    after = last.seq;
  }
  const [checkpoints, coSignatures] = await Promise.all([proof.checkpoints(), proof.coSignatures()]);
  yield writer.checkpoints(checkpoints.filter(({ size }) => size <= facts.entries));
  yield writer.coSignatures(coSignatures);
  yield await writer.end((bytes) => device.sign(bytes));
}
