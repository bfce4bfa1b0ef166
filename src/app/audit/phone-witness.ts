import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { coSignatureBytes, formatCoSignature, keyIdOf, readRequest } from "../../domain/log/statements.ts";
import type { VerifySignature } from "../../domain/log/statements.ts";
import type { CoSignature } from "../../domain/log/types.ts";
import { judge } from "../../domain/log/witnessing.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PhoneAnswer, PhoneWitness, PhoneWitnessFailure, WitnessedTablet } from "../api/witness.ts";

/** What a phone keeps: its key, and the last co-signature of each tablet. */
export interface PhoneStore {
  /** Made at first use; its private half cannot be taken out. ECDSA P-256. */
  key(): Promise<{ readonly publicKey: Uint8Array; sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> }>;
  latest(device: string): Promise<CoSignature | null>;
  all(): Promise<readonly CoSignature[]>;
  /** Resolves when it is durable. */
  keep(coSignature: CoSignature): Promise<void>;
}

export interface PhoneWitnessDependencies {
  readonly store: PhoneStore;
  readonly verify: VerifySignature;
  readonly now: () => EpochMs;
  readonly openCamera: () => Promise<MediaStream | null>;
}

/** {@link PhoneWitness} over what the phone keeps. */
export class StoredPhoneWitness implements PhoneWitness {
  constructor(private readonly dependencies: PhoneWitnessDependencies) {}

  async id(): Promise<string> {
    return keyIdOf((await this.dependencies.store.key()).publicKey);
  }

  async tablets(): Promise<readonly WitnessedTablet[]> {
    const all = await this.dependencies.store.all();
    return all.map(({ device, size, wallMs }) => ({ device, size, at: wallMs })).sort((a, b) => b.at - a.at);
  }

  async sign(text: string): Promise<Result<PhoneAnswer, PhoneWitnessFailure>> {
    const request = readRequest(text);
    if (request === null) return err(failure("witness/unreadable"));
    const { store, verify, now } = this.dependencies;
    try {
      const { device, size, root } = request.checkpoint;
      const before = await store.latest(device);
      const judgement = await judge(verify, request, before);
      if (judgement.kind === "unsigned") return err(failure("witness/unsigned"));
      if (judgement.kind === "base") return err(failure("witness/base", String(before?.size ?? 0)));
      if (judgement.kind === "alarm") return err(failure(`witness/${judgement.alarm}`, String(before?.size ?? 0)));
      if (judgement.kind === "again" && before !== null) return ok(answerOf(before));
      const key = await store.key();
      const statement = { v: 1, kind: "phone", witness: keyIdOf(key.publicKey), publicKey: key.publicKey, algorithm: "ES256", device, size, root, previousSize: before?.size ?? 0, wallMs: now() } as const;
      const signed: CoSignature = { ...statement, signature: await key.sign(coSignatureBytes(statement)) };
      await store.keep(signed);
      return ok(answerOf(signed));
    } catch (error) {
      return err(failure("witness/not-kept", error instanceof Error ? error.name : undefined));
    }
  }

  openCamera(): Promise<MediaStream | null> {
    return this.dependencies.openCamera();
  }
}

function answerOf(signed: CoSignature): PhoneAnswer {
  return { device: signed.device, size: signed.size, at: signed.wallMs, previousSize: signed.previousSize, text: formatCoSignature(signed) };
}
