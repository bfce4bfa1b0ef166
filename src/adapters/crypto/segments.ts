import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { decode } from "cborg";
import * as v from "valibot";
import type { Segment } from "../../app/ports/outbox.ts";
import { parseBody, parseHeader } from "../../domain/attendance/entries.ts";
import type { EntryHeader, TypedBody } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { isSignedByDevice, signAsDevice } from "./device-keys.ts";
import type { DeviceKey } from "./device-keys.ts";
import { canonicalBytes, commitToBody, leafHash, sha256 } from "./digest.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A log entry on its way out: the header's exact bytes, and the body with its salt unless its key is gone. */
export interface OutgoingEntry {
  readonly seq: number;
  readonly header: Bytes;
  readonly content: { readonly salt: Bytes; readonly body: Bytes } | null;
}

/** Most entries in a segment. */
export const MOST_ENTRIES = 24;
/** Most bytes of a segment, before base64url. */
export const MOST_SEGMENT_BYTES = 16 * 1024;
/** Signature, keys and framing around the entries; 24 x 12 bytes of it frame the entries themselves. */
const OVERHEAD_BYTES = 640;

const VERSION = 1;
const INFO = new TextEncoder().encode("clockface segment 1");
const SPKI_BYTES_AT_MOST = 120;

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** How many of the entries, from the first, fit one segment: 1 to 24. */
export function fitting(entries: readonly OutgoingEntry[]): number {
  let bytes = OVERHEAD_BYTES;
  let count = 0;
  for (const { header, content } of entries.slice(0, MOST_ENTRIES)) {
    bytes += header.length + (content === null ? 0 : content.salt.length + content.body.length);
    if (bytes > MOST_SEGMENT_BYTES && count > 0) break;
    count += 1;
  }
  return count;
}

/**
 * Seals consecutive log entries: encrypted with HPKE (RFC 9180, base mode; X25519, HKDF-SHA256, AES-256-GCM) to the
 * administration's public key, and signed by the device over all of it. Sealing the same entries twice gives other bytes.
 *
 * @param entries 1 to 24, see {@link fitting}
 * @param administrationKey X25519, 32 bytes
 */
export async function sealSegment(device: DeviceKey, administrationKey: Uint8Array, entries: readonly OutgoingEntry[]): Promise<Segment> {
  const [first, last] = [entries.at(0), entries.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a segment needs an entry");
  const frame = { v: VERSION, d: device.deviceId, f: first.seq, l: last.seq, a: device.algorithm, k: new Uint8Array(await crypto.subtle.exportKey("spki", device.publicKey)) };
  const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.deserializePublicKey(copy(administrationKey).buffer), info: INFO });
  const plain = canonicalBytes(entries.map(({ header, content }) => (content === null ? [header] : [header, content.salt, content.body])));
  const sealed = new Uint8Array(await sender.seal(plain, canonicalBytes(frame)));
  const signed = canonicalBytes({ ...frame, e: new Uint8Array(sender.enc), c: sealed });
  const bytes = canonicalBytes([signed, await signAsDevice(device, signed)]);
  const c = base64url(bytes);
  return { _id: `${device.deviceId}:${String(first.seq).padStart(12, "0")}:${await contentHash(c)}`, kind: "seg", c };
}

export type SegmentFailure = Failure<"segment/malformed" | "segment/other-content" | "segment/bad-signature" | "segment/sealed-for-another" | "segment/broken-chain">;

/** Which entries of which device a segment says it holds. Needs no key, and proves nothing: that is {@link openSegment}'s. */
export function segmentRange({ c }: Pick<Segment, "c">): { readonly device: string; readonly first: number; readonly last: number } | null {
  const outer = v.safeParse(Signed, decodeOrNull(fromBase64url(c)));
  const frame = outer.success ? v.safeParse(Frame, decodeOrNull(outer.output[0])) : null;
  return frame?.success ? { device: frame.output.d, first: frame.output.f, last: frame.output.l } : null;
}

export interface OpenedEntry {
  readonly header: EntryHeader;
  /** Null when the body was not sent: its key was gone. */
  readonly content: TypedBody | null;
  readonly leaf: Uint8Array<ArrayBuffer>;
  /** The bytes that hash and commitment are made of: header, and salt and body where they were sent. */
  readonly exact: { readonly header: Uint8Array; readonly salt: Uint8Array | null; readonly body: Uint8Array | null };
}

export interface OpenedSegment {
  readonly device: string;
  readonly first: number;
  readonly last: number;
  readonly entries: readonly OpenedEntry[];
}

const Frame = v.strictObject({
  v: v.literal(VERSION),
  d: v.string(),
  f: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  l: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  a: v.picklist(["Ed25519", "ES256"]),
  k: v.pipe(v.instance(Uint8Array), v.maxLength(SPKI_BYTES_AT_MOST)),
  e: v.pipe(v.instance(Uint8Array), v.length(32)),
  c: v.instance(Uint8Array),
});
const Signed = v.strictTuple([v.instance(Uint8Array), v.pipe(v.instance(Uint8Array), v.length(64))]);
const Plain = v.pipe(v.array(v.union([v.strictTuple([v.instance(Uint8Array)]), v.strictTuple([v.instance(Uint8Array), v.instance(Uint8Array), v.instance(Uint8Array)])])), v.minLength(1), v.maxLength(MOST_ENTRIES));

/**
 * Reads a segment with the administration's private key and checks all it says of itself: the identifier against the
 * content, the device's name against its key, the signature, the order of the entries, the chain between them and each
 * body against its header's commitment. That no segment is missing before it is for the caller to see.
 *
 * @param administrationKey X25519, 32 bytes
 */
export async function openSegment(segment: Segment, administrationKey: Uint8Array): Promise<Result<OpenedSegment, SegmentFailure>> {
  if (!segment._id.endsWith(`:${await contentHash(segment.c)}`)) return err(failure("segment/other-content"));
  const outer = v.safeParse(Signed, decodeOrNull(fromBase64url(segment.c)));
  if (!outer.success) return err(failure("segment/malformed", "envelope"));
  const [signed, signature] = outer.output;
  const parsed = v.safeParse(Frame, decodeOrNull(signed));
  if (!parsed.success) return err(failure("segment/malformed", "frame"));
  const { e, c, ...frame } = parsed.output;
  if (!segment._id.startsWith(`${frame.d}:${String(frame.f).padStart(12, "0")}:`)) return err(failure("segment/other-content"));
  if (!(await isDevices(frame, signed, signature))) return err(failure("segment/bad-signature"));
  const plain = await decrypted(administrationKey, e, c, canonicalBytes(frame));
  if (plain === null) return err(failure("segment/sealed-for-another"));
  const rows = v.safeParse(Plain, decodeOrNull(plain));
  if (!rows.success) return err(failure("segment/malformed", "entries"));
  const entries: OpenedEntry[] = [];
  let before: Bytes | null = null;
  for (const [headerBytes, salt, body] of rows.output) {
    const header = parseHeader(decodeOrNull(headerBytes));
    if (header === null) return err(failure("segment/malformed", "header"));
    if (header.seq !== frame.f + entries.length || header.device !== frame.d) return err(failure("segment/broken-chain", "sequence"));
    if (before !== null && !same(header.prev, before)) return err(failure("segment/broken-chain", "link"));
    before = await leafHash(headerBytes);
    let content: TypedBody | null = null;
    if (salt !== undefined && body !== undefined) {
      if (!same(header.bodyCommit, await commitToBody(salt, body))) return err(failure("segment/broken-chain", "body"));
      content = parseBody(header.type, decodeOrNull(body));
      if (content === null) return err(failure("segment/malformed", "body"));
    }
    entries.push({ header, content, leaf: before, exact: { header: headerBytes, salt: salt ?? null, body: body ?? null } });
  }
  if (entries.length !== frame.l - frame.f + 1) return err(failure("segment/broken-chain", "count"));
  return ok({ device: frame.d, first: frame.f, last: frame.l, entries });
}

async function isDevices({ d, a, k }: { readonly d: string; readonly a: DeviceKey["algorithm"]; readonly k: Uint8Array }, signed: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const digest = await sha256(k);
  if (hex(digest.subarray(0, 10)) !== d) return false;
  try {
    const publicKey = await crypto.subtle.importKey("spki", copy(k), a === "Ed25519" ? "Ed25519" : { name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]);
    return await isSignedByDevice({ algorithm: a, publicKey }, copy(signature), copy(signed));
  } catch {
    return false;
  }
}

async function decrypted(administrationKey: Uint8Array, enc: Uint8Array, sealed: Uint8Array, frame: Bytes): Promise<Bytes | null> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(copy(administrationKey).buffer);
    const recipient = await suite.createRecipientContext({ recipientKey, enc: copy(enc).buffer, info: INFO });
    return new Uint8Array(await recipient.open(copy(sealed), frame));
  } catch {
    return null;
  }
}

/** The part of the identifier that binds it to the content, as the hub computes it again. */
async function contentHash(c: string): Promise<string> {
  return hex(await sha256(new TextEncoder().encode(`seg.${c}`)));
}

function decodeOrNull(bytes: Uint8Array | null): unknown {
  if (bytes === null) return null;
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function base64url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(text: string): Bytes | null {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
