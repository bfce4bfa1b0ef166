import type { JournalFrame } from "../../src/contracts/journal.ts";
import { crc32 } from "./crc32.ts";

/**
 * What a segment looks like, little endian throughout.
 *
 * Heading, twice (at the beginning and in the last {@link HEADING_ROOM} bytes), so that one bad page does not lose a segment:
 * magic u32, version u32, state u32, generation u32, previous segment's number u32, flags u32, time made f64, first
 * sequence number f64, id 8 bytes, bytes used u32, frames u32, CRC-32 of all before.
 *
 * Frames from {@link FRAMES_AT}, each at a multiple of {@link ALIGN}: magic u32, payload's length u32, sequence numbers
 * before and after and the store's revision f64 each, the segment's id 8 bytes, first 16 bytes of the SHA-256 of all that and the payload,
 * CRC-32 of all before and the payload, the payload. Zeros follow the last one.
 */
export const HEADING_BYTES = 60;
export const HEADING_ROOM = 64;
export const FRAMES_AT = 64;
export const ALIGN = 8;
export const FRAME_HEAD_BYTES = 60;
export const ID_BYTES = 8;

const SEGMENT_MAGIC = 0x534a4643;
export const FRAME_MAGIC = 0x464a4643;
const VERSION = 1;
const ID_AT = 32;
const HASH_AT = 40;
const HASH_BYTES = 16;
const CRC_AT = 56;
const HEADING_CRC_AT = 56;
const COMPLETE = 1;
const GAPPED = 2;

const STATES = ["spare", "in-use", "sealed", "superseded"] as const;

/**
 * `spare`: made ahead. `in-use`: the last of its generation. `sealed`: full. `superseded`: the last of a generation that
 * another one has followed.
 */
export type SegmentState = (typeof STATES)[number];

export interface Heading {
  readonly state: SegmentState;
  readonly generation: number;
  /** Number of the segment before it in its generation; 0 for the first. */
  readonly previous: number;
  /** Whether the generation holds everything up to here, as opposed to one that is being written. */
  readonly complete: boolean;
  /** Whether something is missing between two of its frames, or before the first. */
  readonly gapped: boolean;
  readonly madeAtMs: number;
  /** Head of the log when the segment was begun. */
  readonly startSeq: number;
  readonly id: Uint8Array;
  /** Once it is sealed: where the frames end, and how many there are. */
  readonly used: number;
  readonly frames: number;
}

export function encodeHeading(heading: Heading): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADING_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, SEGMENT_MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, STATES.indexOf(heading.state), true);
  view.setUint32(12, heading.generation, true);
  view.setUint32(16, heading.previous, true);
  view.setUint32(20, (heading.complete ? COMPLETE : 0) | (heading.gapped ? GAPPED : 0), true);
  view.setFloat64(24, heading.madeAtMs, true);
  view.setFloat64(32, heading.startSeq, true);
  bytes.set(heading.id, 40);
  view.setUint32(48, heading.used, true);
  view.setUint32(52, heading.frames, true);
  view.setUint32(HEADING_CRC_AT, crc32(bytes.subarray(0, HEADING_CRC_AT)), true);
  return bytes;
}

/** Null when the bytes are no heading, or a broken one. */
export function decodeHeading(bytes: Uint8Array): Heading | null {
  if (bytes.length < HEADING_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADING_BYTES);
  const state = STATES[view.getUint32(8, true)];
  if (view.getUint32(0, true) !== SEGMENT_MAGIC || view.getUint32(4, true) !== VERSION || state === undefined) return null;
  if (view.getUint32(HEADING_CRC_AT, true) !== crc32(bytes.subarray(0, HEADING_CRC_AT))) return null;
  return {
    state,
    generation: view.getUint32(12, true),
    previous: view.getUint32(16, true),
    complete: (view.getUint32(20, true) & COMPLETE) !== 0,
    gapped: (view.getUint32(20, true) & GAPPED) !== 0,
    madeAtMs: view.getFloat64(24, true),
    startSeq: view.getFloat64(32, true),
    id: bytes.slice(40, 40 + ID_BYTES),
    used: view.getUint32(48, true),
    frames: view.getUint32(52, true),
  };
}

/** Bytes that a frame takes in its segment. */
export const frameBytes = (payload: number): number => Math.ceil((FRAME_HEAD_BYTES + payload) / ALIGN) * ALIGN;

export async function encodeFrame(id: Uint8Array, { fromSeq, toSeq, revision, payload }: JournalFrame): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(frameBytes(payload.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, FRAME_MAGIC, true);
  view.setUint32(4, payload.length, true);
  view.setFloat64(8, fromSeq, true);
  view.setFloat64(16, toSeq, true);
  view.setFloat64(24, revision, true);
  bytes.set(id, ID_AT);
  bytes.set(payload, FRAME_HEAD_BYTES);
  bytes.set(await hashOf(bytes, payload.length), HASH_AT);
  view.setUint32(CRC_AT, crcOf(bytes, payload.length), true);
  return bytes;
}

/** `torn`: the beginning of a frame that was meant to lead to `toSeq`, null where not even that can be read. */
export type FrameAt =
  | { readonly kind: "frame"; readonly frame: JournalFrame; readonly next: number }
  | { readonly kind: "end" }
  | { readonly kind: "torn"; readonly toSeq: number | null };

/**
 * Reads what lies at a place.
 *
 * @param thorough compares the hash too, as opposed to the CRC alone
 */
export async function frameAt(bytes: Uint8Array<ArrayBuffer>, offset: number, id: Uint8Array, thorough: boolean): Promise<FrameAt> {
  if (offset + FRAME_HEAD_BYTES > bytes.length) return { kind: "end" };
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset);
  const head = bytes.subarray(offset, offset + FRAME_HEAD_BYTES);
  if (head.every((byte) => byte === 0)) return { kind: "end" };
  const length = view.getUint32(4, true);
  const belongs = view.getUint32(0, true) === FRAME_MAGIC && id.every((byte, index) => head[ID_AT + index] === byte);
  const whole = belongs && offset + frameBytes(length) <= bytes.length;
  const frame = bytes.subarray(offset, offset + frameBytes(length));
  const toSeq = view.getFloat64(16, true);
  if (!whole || crcOf(frame, length) !== view.getUint32(CRC_AT, true) || (thorough && !(await hashFits(frame, length)))) {
    return { kind: "torn", toSeq: belongs && Number.isSafeInteger(toSeq) ? toSeq : null };
  }
  const payload = frame.slice(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length);
  return { kind: "frame", frame: { fromSeq: view.getFloat64(8, true), toSeq, revision: view.getFloat64(24, true), payload }, next: offset + frameBytes(length) };
}

async function hashFits(frame: Uint8Array<ArrayBuffer>, length: number): Promise<boolean> {
  const hash = await hashOf(frame, length);
  return hash.every((byte, index) => frame[HASH_AT + index] === byte);
}

/** Over the frame without its hash and CRC. */
async function hashOf(frame: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const hashed = frame.slice(0, FRAME_HEAD_BYTES + length);
  hashed.fill(0, HASH_AT, FRAME_HEAD_BYTES);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", hashed)).subarray(0, HASH_BYTES);
}

function crcOf(frame: Uint8Array, length: number): number {
  return crc32(frame.subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length), crc32(frame.subarray(0, CRC_AT)));
}
