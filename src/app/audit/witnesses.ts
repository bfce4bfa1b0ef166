import * as v from "valibot";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { rootOf } from "../../domain/log/merkle.ts";
import { consistencyProof, frontierAt, same } from "../../domain/log/proofs.ts";
import { isSignedCoSignature, keyIdOf } from "../../domain/log/statements.ts";
import type { VerifySignature, WitnessRequest } from "../../domain/log/statements.ts";
import type { CoSignature } from "../../domain/log/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { DeviceIdentity, ProofStore } from "../ports/proof.ts";
import type { Append, ProofAlarms } from "./proof-alarms.ts";

export type AcceptFailure = Failure<"witness/forged" | "witness/other-device" | "witness/other-log" | "witness/key-changed" | "witness/store-failed">;

const HUB_KEY = "witness-hub";
const pinned = v.strictObject({ publicKey: v.instance(Uint8Array), offered: v.nullable(v.instance(Uint8Array)) });

/** This device and those who sign its log: what they are asked with, and what they answered. */
export class Witnesses {
  constructor(
    private readonly proof: ProofStore,
    private readonly device: DeviceIdentity,
    private readonly alarms: ProofAlarms,
    private readonly append: Append,
    private readonly verify: VerifySignature,
  ) {}

  /** The last co-signature of one witness, or of the hub that is pinned; null before its first. */
  async latest(kind: CoSignature["kind"], witness: string | null): Promise<CoSignature | null> {
    const own = (await this.proof.coSignatures()).filter((one) => one.kind === kind && (witness === null || one.witness === witness));
    return own.reduce<CoSignature | null>((last, one) => (last === null || one.size > last.size ? one : last), null);
  }

  /** The id of the hub's key that is expected; null before it was first seen. */
  async hubKey(): Promise<string | null> {
    const kept = await this.#pin();
    return kept === null ? null : keyIdOf(kept.publicKey);
  }

  /** The last checkpoint, with the proof from this size on; null without a checkpoint, or when that size lies beyond it. */
  async request(from: number): Promise<WitnessRequest | null> {
    const checkpoint = await this.proof.lastCheckpoint();
    if (checkpoint === null || from > checkpoint.size) return null;
    const proof = await consistencyProof(this.proof.tree, from, checkpoint.size);
    return { checkpoint, publicKey: this.device.publicKey, from, proof };
  }

  /**
   * Takes in what a witness signed: its signature must be good, and the log must begin with what it signed. Anything else
   * that bears a good signature is an alarm.
   */
  async accept(coSignature: CoSignature): Promise<Result<void, AcceptFailure>> {
    const { device, kind, witness, size, root } = coSignature;
    if (device !== this.device.deviceId) return err(failure("witness/other-device"));
    if (!(await isSignedCoSignature(this.verify, coSignature))) return err(failure("witness/forged"));
    if (kind === "hub" && !(await this.#isPinned(coSignature))) return err(failure("witness/key-changed"));
    const head = await this.proof.frontier();
    if (head === null || head.size < size) {
      await this.alarms.raise("rolled-back", size, witness);
      return err(failure("witness/other-log"));
    }
    if (!same(rootOf(await frontierAt(this.proof.tree, size)), root)) {
      await this.alarms.raise("forked", size, witness);
      return err(failure("witness/other-log"));
    }
    if ((await this.proof.coSignatures()).some((one) => one.witness === witness && one.size === size)) return ok();
    await this.proof.keepCoSignature(coSignature);
    return (await this.append({ type: "witnessed", subject: null, body: { size, kind, witness } })) ? ok() : err(failure("witness/store-failed"));
  }

  /** The hub refuses: it has signed another history. */
  async refused(size: number): Promise<void> {
    await this.alarms.raise("hub-refused", size, await this.hubKey());
  }

  /** Expects the key that the hub offered last. False when it offered none. */
  async acceptHubKey(): Promise<boolean> {
    const kept = await this.#pin();
    const offered = kept?.offered ?? null;
    if (offered === null) return false;
    await this.proof.remember(HUB_KEY, { publicKey: offered, offered: null });
    return true;
  }

  /** First sight decides; what comes later must be the same, until somebody says otherwise. */
  async #isPinned({ publicKey, witness, size }: CoSignature): Promise<boolean> {
    const kept = await this.#pin();
    if (kept === null) {
      await this.proof.remember(HUB_KEY, { publicKey, offered: null });
      return true;
    }
    if (same(kept.publicKey, publicKey)) return true;
    await this.proof.remember(HUB_KEY, { publicKey: kept.publicKey, offered: publicKey });
    await this.alarms.raise("hub-key-changed", size, witness);
    return false;
  }

  async #pin(): Promise<v.InferOutput<typeof pinned> | null> {
    const parsed = v.safeParse(pinned, await this.proof.recall(HUB_KEY));
    return parsed.success ? parsed.output : null;
  }
}
