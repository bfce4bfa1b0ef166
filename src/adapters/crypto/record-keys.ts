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

/** What the names of content keys begin with. */
const CONTENT_KEY = "content-";
const AES_256_GCM: AesKeyGenParams = { name: "AES-GCM", length: 256 };

/** A key that this origin can use and never read out. */
export async function createEpochKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(AES_256_GCM, false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]);
}

export const epochKeyId = (epoch: number): string => `epoch-${String(epoch)}`;

/**
 * A new record key, wrapped by the epoch key. `key` cannot be read out; `transferable` is the same key for wrapping it by
 * others', and is to be let go after that.
 */
export async function createRecordKey(tenant: string, epochKey: NamedKey, id: string): Promise<{ readonly key: NamedKey; readonly transferable: CryptoKey; readonly wrapped: Bytes }> {
  const transferable = await crypto.subtle.generateKey(AES_256_GCM, true, ["encrypt", "decrypt"]);
  const wrapped = await wrapKey(tenant, epochKey, keyPlace(id), transferable);
  const key = await unwrapRecordKey(tenant, epochKey, id, wrapped, epochKey.epoch);
  if (!key.ok) throw new Error("a key that was just wrapped does not open");
  return { key: key.value, transferable, wrapped };
}

/**
 * The bytes of the key never come to light: they are unwrapped into a key that cannot be read out.
 *
 * @param born the epoch that the key was made in: every envelope that it seals names it, in later epochs too
 */
export async function unwrapRecordKey(tenant: string, epochKey: NamedKey, id: string, wrapped: Uint8Array, born: number): Promise<Result<NamedKey, OpenFailure>> {
  const key = await unwrapKey(tenant, epochKey, keyPlace(id), wrapped);
  return key.ok ? ok({ id, epoch: born, key: key.value }) : key;
}

/** A record key that can be wrapped by another key and is used for nothing else. */
export function unwrapForTransfer(tenant: string, epochKey: NamedKey, id: string, wrapped: Uint8Array): Promise<Result<CryptoKey, OpenFailure>> {
  return withEnvelope(tenant, epochKey, keyPlace(id), wrapped, (nonce, sealed, context) =>
    crypto.subtle.unwrapKey("raw", sealed, epochKey.key, aesGcm(nonce, context), "AES-GCM", true, ["encrypt", "decrypt"]),
  );
}

/** Wraps a record key that {@link unwrapForTransfer} opened by another epoch's key. */
export function wrapRecordKey(tenant: string, epochKey: NamedKey, id: string, transferable: CryptoKey): Promise<Bytes> {
  return wrapKey(tenant, epochKey, keyPlace(id), transferable);
}

/** Wraps a key for one place in the store: its bytes never come to light. */
export async function wrapKey(tenant: string, by: NamedKey, place: Place, transferable: CryptoKey): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.wrapKey("raw", transferable, by.key, aesGcm(nonce, contextOf(tenant, by, place)));
  return encodeEnvelope({ keyId: by.id, epoch: by.epoch, nonce, sealed: new Uint8Array(sealed) });
}

/** Opens what {@link wrapKey} wrapped for the same place into a key that cannot be read out. */
export function unwrapKey(tenant: string, by: NamedKey, place: Place, wrapped: Uint8Array): Promise<Result<CryptoKey, OpenFailure>> {
  return withEnvelope(tenant, by, place, wrapped, (nonce, sealed, context) =>
    crypto.subtle.unwrapKey("raw", sealed, by.key, aesGcm(nonce, context), "AES-GCM", false, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
  );
}

/** A key, or any 32 bytes, wrapped for the same place by another key. */
export async function rewrapKey(tenant: string, from: NamedKey, to: NamedKey, place: Place, wrapped: Uint8Array): Promise<Result<Bytes, OpenFailure>> {
  const key = await withEnvelope(tenant, from, place, wrapped, (nonce, sealed, context) =>
    crypto.subtle.unwrapKey("raw", sealed, from.key, aesGcm(nonce, context), "AES-GCM", true, ["encrypt", "decrypt"]),
  );
  return key.ok ? ok(await wrapKey(tenant, to, place, key.value)) : key;
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

/**
 * A key for one paper alone, wrapped by the record key of the person it is about: destroying it leaves everything else of
 * that person readable. Its name is its own, so that no other key of the same paper takes its place.
 */
export async function createContentKey(tenant: string, recordKey: NamedKey): Promise<{ readonly key: NamedKey; readonly wrapped: Bytes }> {
  const id = `${CONTENT_KEY}${crypto.randomUUID()}`;
  const transferable = await crypto.subtle.generateKey(AES_256_GCM, true, ["encrypt", "decrypt"]);
  const wrapped = await wrapKey(tenant, recordKey, contentKeyPlace(id), transferable);
  const key = await openContentKey(tenant, recordKey, id, wrapped);
  if (!key.ok) throw new Error("a key that was just wrapped does not open");
  return { key: key.value, wrapped };
}

export async function openContentKey(tenant: string, recordKey: NamedKey, id: string, wrapped: Uint8Array): Promise<Result<NamedKey, OpenFailure>> {
  const key = await unwrapKey(tenant, recordKey, contentKeyPlace(id), wrapped);
  return key.ok ? ok({ id, epoch: recordKey.epoch, key: key.value }) : key;
}

/** Name of the content key that an envelope was sealed by; null when it was another kind of key. */
export function contentKeyOf(envelope: Uint8Array): string | null {
  const decoded = decodeEnvelope(envelope);
  return decoded.ok && decoded.value.keyId.startsWith(CONTENT_KEY) ? decoded.value.keyId : null;
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

function contentKeyPlace(id: string): Place {
  return { store: "contentKeys", recordId: id, schema: 1 };
}

function keyPlace(id: string): Place {
  return { store: "recordKeys", recordId: id, schema: 1 };
}
