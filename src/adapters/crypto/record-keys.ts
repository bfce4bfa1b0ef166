import { associatedData, decodeEnvelope, encodeEnvelope, NONCE_BYTES } from "../../domain/envelope.ts";
import type { EnvelopeContext } from "../../domain/envelope.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** `refused`: the tag is wrong, or the envelope was sealed for another place or by another key. */
export type OpenFailure = Failure<"envelope/malformed" | "envelope/unknown-version" | "envelope/refused">;

/** A key with the name that envelopes carry. */
export interface NamedKey {
  readonly id: string;
  readonly epoch: number;
  readonly key: CryptoKey;
}

/** Where a sealed value belongs. Tenant, key and epoch are added to it. */
export interface Place {
  readonly store: string;
  readonly recordId: string;
  readonly schema: number;
}

/** A key that this origin can use and never read out. */
export async function createEpochKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
}

export const epochKeyId = (epoch: number): string => `epoch-${String(epoch)}`;

/** Makes a record key and wraps it with the epoch key. */
export async function createRecordKey(tenant: string, epochKey: NamedKey, id: string): Promise<{ readonly key: NamedKey; readonly wrapped: Bytes }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  try {
    const wrapped = await sealRecord(tenant, epochKey, keyPlace(id), raw);
    return { key: { id, epoch: epochKey.epoch, key: await importRecordKey(raw) }, wrapped };
  } finally {
    raw.fill(0);
  }
}

/** The bytes of the key never come to light: they are unwrapped into a key that cannot be read out. */
export async function unwrapRecordKey(tenant: string, epochKey: NamedKey, id: string, wrapped: Uint8Array): Promise<Result<NamedKey, OpenFailure>> {
  return withEnvelope(tenant, epochKey, keyPlace(id), wrapped, async (nonce, sealed, context) => ({
    id,
    epoch: epochKey.epoch,
    key: await crypto.subtle.unwrapKey("raw", sealed, epochKey.key, aesGcm(nonce, context), "AES-GCM", false, ["encrypt", "decrypt"]),
  }));
}

/** A key for blind indices, wrapped like a record key. */
export async function unwrapIndexKey(tenant: string, epochKey: NamedKey, id: string, wrapped: Uint8Array): Promise<Result<CryptoKey, OpenFailure>> {
  return withEnvelope(tenant, epochKey, keyPlace(id), wrapped, (nonce, sealed, context) =>
    crypto.subtle.unwrapKey("raw", sealed, epochKey.key, aesGcm(nonce, context), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  );
}

/** Keyed hash of a value that has to be unique on disk without being readable there: 16 bytes in hexadecimal. */
export async function blindTag(indexKey: CryptoKey, value: string): Promise<string> {
  const mac = await crypto.subtle.sign("HMAC", indexKey, new TextEncoder().encode(value));
  return Array.from(new Uint8Array(mac, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Encrypts a value for one place in the store, with a fresh random nonce. */
export async function sealRecord(tenant: string, key: NamedKey, place: Place, plain: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(aesGcm(nonce, contextOf(tenant, key, place)), key.key, plain);
  return encodeEnvelope({ keyId: key.id, epoch: key.epoch, nonce, sealed: new Uint8Array(sealed) });
}

/** Opens what {@link sealRecord} sealed for the same place with the same key; anything else is refused. */
export async function openRecord(tenant: string, key: NamedKey, place: Place, envelope: Uint8Array): Promise<Result<Bytes, OpenFailure>> {
  return withEnvelope(tenant, key, place, envelope, async (nonce, sealed, context) => new Uint8Array(await crypto.subtle.decrypt(aesGcm(nonce, context), key.key, sealed)));
}

async function withEnvelope<T>(
  tenant: string,
  key: NamedKey,
  place: Place,
  bytes: Uint8Array,
  open: (nonce: Bytes, sealed: Bytes, context: EnvelopeContext) => Promise<T>,
): Promise<Result<T, OpenFailure>> {
  const decoded = decodeEnvelope(bytes);
  if (!decoded.ok) return decoded;
  const { keyId, epoch, nonce, sealed } = decoded.value;
  if (keyId !== key.id || epoch !== key.epoch) return err(failure("envelope/refused", "other key"));
  try {
    return ok(await open(nonce, sealed, contextOf(tenant, key, place)));
  } catch {
    return err(failure("envelope/refused", "wrong tag"));
  }
}

function contextOf(tenant: string, key: NamedKey, place: Place): EnvelopeContext {
  return { tenant, keyId: key.id, epoch: key.epoch, ...place };
}

function aesGcm(nonce: Bytes, context: EnvelopeContext): AesGcmParams {
  return { name: "AES-GCM", iv: nonce, additionalData: associatedData(context) };
}

function importRecordKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function keyPlace(id: string): Place {
  return { store: "recordKeys", recordId: id, schema: 1 };
}
