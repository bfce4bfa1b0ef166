import { encode, rfc8949EncodeOptions } from "cborg";
import * as v from "valibot";
import { ERASED_KINDS, ERASURE_REASONS } from "./erasure.ts";

const time = v.pipe(v.string(), v.isoTimestamp());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const fields = {
  kind: v.literal("clockface-erasure-certificate"),
  v: v.literal(1),
  number: v.pipe(v.string(), v.nonEmpty()),
  organisation: v.string(),
  site: v.string(),
  /** Null once the record is erased too: nothing on the device knows whose it was. */
  person: v.nullable(v.strictObject({ employeeNumber: v.string(), name: v.string() })),
  what: v.picklist(ERASED_KINDS),
  reason: v.picklist(ERASURE_REASONS),
  askedAt: time,
  doneAt: time,
  /** The key epoch that the data lay in, and the one after it. */
  epochs: v.tuple([count, count]),
  bytes: v.picklist(["destroyed", "pending"]),
  /** Of the entry `erased` in the device's log. */
  receipt: v.string(),
  /** First 20 hexadecimal digits of the SHA-256 of the public key. */
  device: v.pipe(v.string(), v.regex(/^[0-9a-f]{20}$/)),
  algorithm: v.picklist(["Ed25519", "ES256"]),
  /** SPKI, base64. */
  publicKey: v.pipe(v.string(), v.base64()),
} as const;

const certificate = v.strictObject({ ...fields, signature: v.pipe(v.string(), v.base64()) });

/** What a person is handed when their data was erased. Strings, numbers and null alone, so that it is the same in JSON. */
export type ErasureCertificate = v.InferOutput<typeof certificate>;
export type UnsignedCertificate = Omit<ErasureCertificate, "signature">;

/** Reads a parsed file; null when its shape is another. */
export function parseCertificate(value: unknown): ErasureCertificate | null {
  const parsed = v.safeParse(certificate, value);
  return parsed.success ? parsed.output : null;
}

/** The bytes that are signed: deterministic CBOR (RFC 8949, section 4.2) of everything but the signature. */
export function certificateBytes(value: UnsignedCertificate): Uint8Array<ArrayBuffer> {
  const { kind, v: version, number, organisation, site, person, what, reason, askedAt, doneAt, epochs, bytes, receipt, device, algorithm, publicKey } = value;
  return new Uint8Array(encode({ kind, v: version, number, organisation, site, person, what, reason, askedAt, doneAt, epochs: [...epochs], bytes, receipt, device, algorithm, publicKey }, rfc8949EncodeOptions));
}
