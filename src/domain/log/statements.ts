import { sha256 } from "@noble/hashes/sha2.js";
import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import { base64urlOf, canonical, decoded, fromBase64url, hexOf } from "./cbor.ts";
import { HASH_BYTES, MOST_LEAVES } from "./merkle.ts";
import { same } from "./proofs.ts";
import type { Checkpoint, CoSignature } from "./types.ts";

export type SignatureAlgorithm = "Ed25519" | "ES256";

/** Checks a signature of 64 bytes with a public key (SPKI). False also for a key that cannot be read. */
export type VerifySignature = (algorithm: SignatureAlgorithm, publicKey: Uint8Array, signature: Uint8Array, bytes: Uint8Array) => Promise<boolean>;

/** Bytes of an SPKI at most: P-256 needs 91, Ed25519 44. */
const SPKI_BYTES_AT_MOST = 120;
/** A consistency proof over {@link MOST_LEAVES} leaves is shorter. */
const PROOF_HASHES_AT_MOST = 64;

const bytes = (length: number): v.GenericSchema<Uint8Array> => v.pipe(v.instance(Uint8Array), v.length(length));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MOST_LEAVES));
const wallMs = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const algorithm = v.picklist(["Ed25519", "ES256"]);
const keyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{20}$/));
const publicKey = v.pipe(v.instance(Uint8Array), v.maxLength(SPKI_BYTES_AT_MOST));

const checkpoint = v.strictObject({
  v: v.literal(1),
  device: keyId,
  size,
  root: bytes(HASH_BYTES),
  wallMs,
  reason: v.picklist(["count", "hour", "day-close", "boot", "asked"]),
  algorithm,
  signature: bytes(64),
});
const coSignature = v.strictObject({
  v: v.literal(1),
  kind: v.picklist(["hub", "phone"]),
  witness: keyId,
  publicKey,
  algorithm,
  device: keyId,
  size,
  root: bytes(HASH_BYTES),
  previousSize: size,
  wallMs,
  signature: bytes(64),
});
const request = v.strictObject({ checkpoint, publicKey, from: size, proof: v.pipe(v.array(bytes(HASH_BYTES)), v.maxLength(PROOF_HASHES_AT_MOST)) });

/** What a witness is asked with: the checkpoint, the device's key, and the proof from the size that it had signed before. */
export interface WitnessRequest {
  readonly checkpoint: Checkpoint;
  readonly publicKey: Uint8Array;
  readonly from: number;
  readonly proof: readonly Uint8Array[];
}

/** First 20 hexadecimal digits of the SHA-256 of a public key (SPKI): an id that proves its key. */
export function keyIdOf(spki: Uint8Array): string {
  return hexOf(sha256(spki).subarray(0, 10));
}

/** What the device signs: deterministic CBOR of the kind of statement and all of the checkpoint but its signature. */
export function checkpointBytes(statement: Omit<Checkpoint, "signature">): Uint8Array<ArrayBuffer> {
  const { v: version, device, size: leaves, root, wallMs: at, reason, algorithm: with_ } = statement;
  return canonical(["clockface/checkpoint", { v: version, device, size: leaves, root, wallMs: at, reason, algorithm: with_ }]);
}

/** What a witness signs, in the same way. */
export function coSignatureBytes(statement: Omit<CoSignature, "signature">): Uint8Array<ArrayBuffer> {
  const { v: version, kind, witness, publicKey: key, algorithm: with_, device, size: leaves, root, previousSize, wallMs: at } = statement;
  return canonical(["clockface/co-signature", { v: version, kind, witness, publicKey: key, algorithm: with_, device, size: leaves, root, previousSize, wallMs: at }]);
}

/** Null when the shape is another. Says nothing of the signature. */
export function parseCheckpoint(value: unknown): Checkpoint | null {
  const parsed = v.safeParse(checkpoint, value);
  return parsed.success ? parsed.output : null;
}

export function parseCoSignature(value: unknown): CoSignature | null {
  const parsed = v.safeParse(coSignature, value);
  return parsed.success ? parsed.output : null;
}

/** Whether the device that it names signed it: the name is the key's hash. */
export async function isSignedCheckpoint(verify: VerifySignature, statement: Checkpoint, spki: Uint8Array): Promise<boolean> {
  return keyIdOf(spki) === statement.device && verify(statement.algorithm, spki, statement.signature, checkpointBytes(statement));
}

/** Whether the witness that it names signed it. Whose key that is, only its owner can say. */
export async function isSignedCoSignature(verify: VerifySignature, statement: CoSignature): Promise<boolean> {
  return keyIdOf(statement.publicKey) === statement.witness && verify(statement.algorithm, statement.publicKey, statement.signature, coSignatureBytes(statement));
}

/** Whether a co-signature is about this very tree. */
export function isAbout(statement: CoSignature, of: Pick<Checkpoint, "device" | "size" | "root">): boolean {
  return statement.device === of.device && statement.size === of.size && same(statement.root, of.root);
}

const REQUEST = "clockface-witness1~";
const ANSWER = "clockface-cosigned1~";

/** As text, for a QR code or a message. */
export function formatRequest(value: WitnessRequest): string {
  return REQUEST + base64urlOf(canonical(value));
}

export function formatCoSignature(value: CoSignature): string {
  return ANSWER + base64urlOf(canonical(value));
}

/** Null when the text is something else. Blanks and line ends from copying do no harm. */
export function readRequest(text: string): WitnessRequest | null {
  const parsed = v.safeParse(request, unpacked(text, REQUEST));
  return parsed.success ? parsed.output : null;
}

export function readCoSignature(text: string): CoSignature | null {
  return parseCoSignature(unpacked(text, ANSWER));
}

function unpacked(text: string, prefix: string): unknown {
  const plain = text.replaceAll(/\s/g, "");
  const packed = plain.startsWith(prefix) ? fromBase64url(plain.slice(prefix.length)) : null;
  return packed === null ? undefined : decoded(packed);
}
