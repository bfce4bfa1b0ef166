import { sha256 } from "@noble/hashes/sha2.js";
import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import { canonical, decoded } from "./cbor.ts";
import type { Checkpoint, CoSignature } from "./types.ts";

/**
 * The auditor's package, before compression: frames, each of four bytes of length (big-endian) and one item of
 * deterministic CBOR. First the facts, then the entries in their order, checkpoints and co-signatures, at last a seal:
 * the device's signature over the hash of all frames before it.
 */
export const PACKAGE_NAME = "clockface-audit";
export const PACKAGE_VERSION = 1;
/** Entries in one frame. */
export const FRAME_ENTRIES = 256;
/** No frame is longer; a file that says so is refused before memory is. */
const FRAME_BYTES_AT_MOST = 32 * 1024 * 1024;

export interface PackageFacts {
  readonly device: string;
  readonly algorithm: "Ed25519" | "ES256";
  /** Of the device, SPKI: its name is the key's hash. */
  readonly publicKey: Uint8Array;
  readonly site: { readonly organisation: string; readonly siteId: string; readonly siteName: string; readonly zone: string; readonly lawRegion: string };
  readonly exportedAt: EpochMs;
  readonly exportedBy: { readonly user: string; readonly role: string };
  /** Of the app. */
  readonly version: string;
  /** Entries in the log when the package was made. */
  readonly entries: number;
  /** Keys of witnesses that the device knows: the hub's that it pinned, and phones'. */
  readonly witnesses: readonly { readonly kind: "hub" | "phone"; readonly witness: string; readonly publicKey: Uint8Array }[];
}

/** One entry: what the device's own list says of it, its header's exact bytes, and what opens its body where the exporter may. */
export interface PackedEntry {
  readonly seq: number;
  /** The leaf hash that the device kept beside the entry. */
  readonly leaf: Uint8Array;
  /** Null when the entry can no longer be opened on the device. */
  readonly header: Uint8Array | null;
  readonly content: { readonly salt: Uint8Array; readonly body: Uint8Array } | null;
}

export interface PackageCounts {
  readonly entries: number;
  readonly bodies: number;
  readonly checkpoints: number;
  readonly coSignatures: number;
}

export type PackageItem =
  | { readonly kind: "facts"; readonly facts: PackageFacts }
  | { readonly kind: "entries"; readonly entries: readonly PackedEntry[] }
  /** As they lie in the file: what has another shape is for the verifier to name. */
  | { readonly kind: "checkpoints"; readonly checkpoints: readonly unknown[] }
  | { readonly kind: "co-signatures"; readonly coSignatures: readonly unknown[] }
  | { readonly kind: "seal"; readonly counts: PackageCounts; readonly signature: Uint8Array };

const bytes = v.instance(Uint8Array);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const facts = v.strictObject({
  device: v.string(),
  algorithm: v.picklist(["Ed25519", "ES256"]),
  publicKey: bytes,
  site: v.strictObject({ organisation: v.string(), siteId: v.string(), siteName: v.string(), zone: v.string(), lawRegion: v.string() }),
  exportedAt: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)),
  exportedBy: v.strictObject({ user: v.string(), role: v.string() }),
  version: v.string(),
  entries: count,
  witnesses: v.array(v.strictObject({ kind: v.picklist(["hub", "phone"]), witness: v.string(), publicKey: bytes })),
});
const counts = v.strictObject({ entries: count, bodies: count, checkpoints: count, coSignatures: count });
const seal = v.strictTuple([v.literal("seal"), counts, v.pipe(bytes, v.length(64))]);
const head = v.strictTuple([v.literal(PACKAGE_NAME), v.literal(PACKAGE_VERSION), facts]);

/** Writes a package frame by frame; each call gives the bytes that come next. */
export class PackageWriter {
  readonly #hash = sha256.create();
  readonly #device: string;
  #counts = { entries: 0, bodies: 0, checkpoints: 0, coSignatures: 0 };

  constructor(private readonly facts: PackageFacts) {
    this.#device = facts.device;
  }

  begin(): Uint8Array<ArrayBuffer> {
    return this.#frame([PACKAGE_NAME, PACKAGE_VERSION, this.facts]);
  }

  entries(entries: readonly PackedEntry[]): Uint8Array<ArrayBuffer> {
    this.#counts.entries += entries.length;
    this.#counts.bodies += entries.filter(({ content }) => content !== null).length;
    return this.#frame(["entries", entries.map(({ seq, leaf, header, content }) => (content === null ? [seq, leaf, header] : [seq, leaf, header, content.salt, content.body]))]);
  }

  checkpoints(checkpoints: readonly Checkpoint[]): Uint8Array<ArrayBuffer> {
    this.#counts.checkpoints += checkpoints.length;
    return this.#frame(["checkpoints", checkpoints]);
  }

  coSignatures(coSignatures: readonly CoSignature[]): Uint8Array<ArrayBuffer> {
    this.#counts.coSignatures += coSignatures.length;
    return this.#frame(["co-signatures", coSignatures]);
  }

  /** The last frame. */
  async end(sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
    const digest = this.#hash.clone().digest();
    return framed(["seal", this.#counts, await sign(sealBytes(this.#device, digest, this.#counts))]);
  }

  #frame(item: unknown): Uint8Array<ArrayBuffer> {
    const frame = framed(item);
    this.#hash.update(frame);
    return frame;
  }
}

/** What the device signs at the end of a package. */
export function sealBytes(device: string, digest: Uint8Array, of: PackageCounts): Uint8Array<ArrayBuffer> {
  return canonical(["clockface/audit-package", device, digest, of]);
}

/** The file is no package, or another version's, or ends in the middle. */
export type PackageFault = "not-a-package" | "other-version" | "malformed" | "cut-short";

export class PackageUnreadable extends Error {
  override readonly name = "PackageUnreadable";
  constructor(readonly fault: PackageFault) {
    super(fault);
  }
}

/**
 * Reads the frames of a package, with the hash of all frames before each.
 *
 * @throws PackageUnreadable when the file is none
 */
export async function* readPackage(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<{ readonly item: PackageItem; readonly digestBefore: () => Uint8Array }> {
  const hash = sha256.create();
  let first = true;
  for await (const frame of frames(chunks)) {
    const item = itemOf(decoded(frame.subarray(4)), first);
    first = false;
    yield { item, digestBefore: () => hash.clone().digest() };
    hash.update(frame);
  }
  if (first) throw new PackageUnreadable("not-a-package");
}

function itemOf(value: unknown, first: boolean): PackageItem {
  if (!Array.isArray(value)) throw new PackageUnreadable(first ? "not-a-package" : "malformed");
  const parts = value as readonly unknown[];
  if (first) {
    if (parts[0] !== PACKAGE_NAME) throw new PackageUnreadable("not-a-package");
    if (parts[1] !== PACKAGE_VERSION) throw new PackageUnreadable("other-version");
    const parsed = v.safeParse(head, value);
    if (!parsed.success) throw new PackageUnreadable("malformed");
    return { kind: "facts", facts: parsed.output[2] };
  }
  const [kind, list] = parts;
  if (kind === "entries" && Array.isArray(list)) return { kind, entries: (list as readonly unknown[]).map(packedEntry) };
  if (kind === "checkpoints" && Array.isArray(list)) return { kind, checkpoints: list as readonly unknown[] };
  if (kind === "co-signatures" && Array.isArray(list)) return { kind, coSignatures: list as readonly unknown[] };
  const parsed = v.safeParse(seal, value);
  if (!parsed.success) throw new PackageUnreadable("malformed");
  return { kind: "seal", counts: parsed.output[1], signature: parsed.output[2] };
}

function packedEntry(value: unknown): PackedEntry {
  const [seq, leaf, header, salt, body] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const content = salt instanceof Uint8Array && body instanceof Uint8Array ? { salt, body } : null;
  if (!Number.isSafeInteger(seq) || !(leaf instanceof Uint8Array) || leaf.length !== 32 || !(header === null || header instanceof Uint8Array)) throw new PackageUnreadable("malformed");
  return { seq: seq as number, leaf, header, content };
}

function framed(item: unknown): Uint8Array<ArrayBuffer> {
  const body = canonical(item);
  const frame = new Uint8Array(4 + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, 4);
  return frame;
}

async function* frames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = new Uint8Array(0);
  for await (const chunk of chunks) {
    const held = new Uint8Array(rest.length + chunk.length);
    held.set(rest);
    held.set(chunk, rest.length);
    let at = 0;
    while (held.length - at >= 4) {
      const length = new DataView(held.buffer, at).getUint32(0);
      if (length > FRAME_BYTES_AT_MOST) throw new PackageUnreadable("not-a-package");
      if (held.length - at - 4 < length) break;
      yield held.subarray(at, at + 4 + length);
      at += 4 + length;
    }
    rest = held.slice(at);
  }
  if (rest.length > 0) throw new PackageUnreadable("cut-short");
}
