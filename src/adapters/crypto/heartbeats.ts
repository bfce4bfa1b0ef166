import { decode } from "cborg";
import * as v from "valibot";
import type { EpochMs } from "../../domain/clock.ts";
import { base64urlOf, fromBase64url } from "../../domain/log/cbor.ts";
import type { DeviceKey } from "./device-keys.ts";
import { signAsDevice } from "./device-keys.ts";
import { canonicalBytes, sha256 } from "./digest.ts";
import { signatureVerifier } from "./verify-signature.ts";

/** A device's word that its log had no more than this at a moment: nothing is on its way that was recorded before. */
export interface Heartbeat {
  readonly device: string;
  /** Length of the log, and the leaf hash of its last entry (zeros for none). */
  readonly upToSeq: number;
  readonly leaf: Uint8Array;
  /** The device's own clock, before the log's end was read. */
  readonly wallMs: EpochMs;
}

const SPKI_BYTES_AT_MOST = 120;
const bytes = v.instance(Uint8Array);
const Said = v.strictObject({
  v: v.literal(1),
  what: v.literal("heartbeat"),
  device: v.string(),
  upToSeq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  leaf: v.pipe(bytes, v.length(32)),
  wallMs: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)),
  algorithm: v.picklist(["Ed25519", "ES256"]),
  key: v.pipe(bytes, v.maxLength(SPKI_BYTES_AT_MOST)),
});
const Signed = v.strictTuple([bytes, v.pipe(bytes, v.length(64))]);

/** As text, base64url. */
export async function signHeartbeat(device: DeviceKey, { upToSeq, leaf, wallMs }: Omit<Heartbeat, "device">): Promise<string> {
  const key = new Uint8Array(await crypto.subtle.exportKey("spki", device.publicKey));
  const said = canonicalBytes({ v: 1, what: "heartbeat", device: device.deviceId, upToSeq, leaf, wallMs, algorithm: device.algorithm, key });
  return base64urlOf(canonicalBytes([said, await signAsDevice(device, said)]));
}

const verify = signatureVerifier();

/** Null unless the device that it names has signed it. */
export async function readHeartbeat(text: string): Promise<Heartbeat | null> {
  const outer = v.safeParse(Signed, decoded(fromBase64url(text)));
  if (!outer.success) return null;
  const [said, signature] = outer.output;
  const parsed = v.safeParse(Said, decoded(said));
  if (!parsed.success) return null;
  const { device, upToSeq, leaf, wallMs, algorithm, key } = parsed.output;
  const digest = await sha256(key);
  const named = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return named === device && (await verify(algorithm, key, signature, said)) ? { device, upToSeq, leaf, wallMs } : null;
}

function decoded(bytesOrNull: Uint8Array | null): unknown {
  try {
    return bytesOrNull === null ? null : decode(bytesOrNull, { strict: true });
  } catch {
    return null;
  }
}
