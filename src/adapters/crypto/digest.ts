import { encode, rfc8949EncodeOptions } from "cborg";
import { receiptOf } from "../../domain/attendance/entries.ts";
import type { EntryHeader } from "../../domain/attendance/entries.ts";
import { concatBytes } from "../../domain/bytes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const LEAF_PREFIX = 0;

export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concatBytes(parts)));
}

/** Deterministic CBOR (RFC 8949, section 4.2): the same value always gives the same bytes. */
export function canonicalBytes(value: unknown): Bytes {
  return new Uint8Array(encode(value, rfc8949EncodeOptions));
}

/** Hash of a log entry's exact header bytes, as a leaf of a Merkle tree (RFC 9162, section 2.1.1). */
export function leafHash(headerBytes: Uint8Array): Promise<Bytes> {
  return sha256(Uint8Array.of(LEAF_PREFIX), headerBytes);
}

/** Ties a header to a body without telling anything about the body: the salt is 32 random bytes. */
export function commitToBody(salt: Uint8Array, body: Uint8Array): Promise<Bytes> {
  return sha256(salt, body);
}

export async function sealHeader(header: EntryHeader): Promise<{ readonly bytes: Bytes; readonly leaf: Bytes; readonly receipt: string }> {
  const bytes = canonicalBytes(header);
  const leaf = await leafHash(bytes);
  return { bytes, leaf, receipt: receiptOf(header.seq, leaf) };
}
