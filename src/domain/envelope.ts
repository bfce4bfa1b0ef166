import { decode, encode, rfc8949EncodeOptions } from "cborg";
import type { Failure } from "./errors.ts";
import { failure } from "./errors.ts";
import type { Result } from "./result.ts";
import { err, ok } from "./result.ts";

/** Length of an AES-GCM nonce, bytes (NIST SP 800-38D, 96 bits). Always random, never a counter. */
export const NONCE_BYTES = 12;
/** Length of an AES-GCM tag, bytes. It is the end of the ciphertext, as WebCrypto gives it. */
export const TAG_BYTES = 16;

/** "CFE" and the version of the layout that follows. */
const MAGIC = [0x43, 0x46, 0x45] as const;
const VERSION = 1;
const HEADER_BYTES = MAGIC.length + 1;

/** What lies in the store in place of a plain value. */
export interface Envelope {
  /** Which key sealed it, not empty. */
  readonly keyId: string;
  /** The key epoch it was sealed in, a whole number of at least 0. */
  readonly epoch: number;
  /** {@link NONCE_BYTES} random bytes, fresh for every sealing. */
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** Ciphertext with the tag at its end, at least {@link TAG_BYTES} long. */
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** Where an envelope belongs. Bound as associated data, so that an envelope moved anywhere else does not open. */
export interface EnvelopeContext {
  readonly tenant: string;
  readonly store: string;
  readonly recordId: string;
  /** Version of the shape of the plain value inside. */
  readonly schema: number;
  readonly keyId: string;
  readonly epoch: number;
}

export type EnvelopeFailure = Failure<"envelope/malformed" | "envelope/unknown-version">;

/**
 * The envelope as bytes: three bytes of magic, one of version, then the deterministic CBOR array
 * [key id, epoch, nonce, sealed].
 *
 * @throws RangeError when a part is out of its range: that is a bug of the caller.
 */
export function encodeEnvelope(envelope: Envelope): Uint8Array<ArrayBuffer> {
  if (!isEnvelope(envelope.keyId, envelope.epoch, envelope.nonce, envelope.sealed)) {
    throw new RangeError("envelope part out of range");
  }
  const body = encode([envelope.keyId, envelope.epoch, envelope.nonce, envelope.sealed], rfc8949EncodeOptions);
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  bytes.set(MAGIC, 0);
  bytes[MAGIC.length] = VERSION;
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

/** Reads what {@link encodeEnvelope} wrote. The parts are copies. */
export function decodeEnvelope(bytes: Uint8Array): Result<Envelope, EnvelopeFailure> {
  if (bytes.length < HEADER_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    return err(failure("envelope/malformed", "no magic"));
  }
  if (bytes[MAGIC.length] !== VERSION) {
    return err(failure("envelope/unknown-version", `version ${String(bytes[MAGIC.length])}`));
  }
  let body: unknown;
  try {
    body = decode(bytes.subarray(HEADER_BYTES), { strict: true, allowIndefinite: false, allowUndefined: false, rejectDuplicateMapKeys: true });
  } catch {
    return err(failure("envelope/malformed", "not CBOR"));
  }
  if (!Array.isArray(body) || body.length !== 4) return err(failure("envelope/malformed", "not four parts"));
  const [keyId, epoch, nonce, sealed] = body as readonly unknown[];
  if (!isEnvelope(keyId, epoch, nonce, sealed)) return err(failure("envelope/malformed", "part out of range"));
  return ok({
    keyId: keyId as string,
    epoch: epoch as number,
    nonce: new Uint8Array(nonce as Uint8Array),
    sealed: new Uint8Array(sealed as Uint8Array),
  });
}

/**
 * The associated data of an envelope: the deterministic CBOR of every part of the context. Each part carries its
 * length, so that no two contexts give the same bytes.
 */
export function associatedData(context: EnvelopeContext): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    encode(["clockface/envelope", VERSION, context.tenant, context.store, context.recordId, context.schema, context.keyId, context.epoch], rfc8949EncodeOptions),
  );
}

function isEnvelope(keyId: unknown, epoch: unknown, nonce: unknown, sealed: unknown): boolean {
  return (
    typeof keyId === "string" &&
    keyId.length > 0 &&
    Number.isSafeInteger(epoch) &&
    (epoch as number) >= 0 &&
    nonce instanceof Uint8Array &&
    nonce.length === NONCE_BYTES &&
    sealed instanceof Uint8Array &&
    sealed.length >= TAG_BYTES
  );
}
