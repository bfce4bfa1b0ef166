import { sha256 } from "@noble/hashes/sha2.js";
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { Pauses } from "../../app/pauses.ts";
import { counted, NO_COUNTS } from "../../domain/backup/frames.ts";
import type { BackupCounts, BackupFrame } from "../../domain/backup/frames.ts";

const LENGTH_BYTES = 4;
/** Largest frame, bytes: a hundred people's faces take about one million. */
export const MOST_FRAME_BYTES = 8 * 1024 * 1024;

/** The running hash of a content and what was counted in it. */
export class ContentSeal {
  readonly #hash = sha256.create();
  counts: BackupCounts = NO_COUNTS;

  take(frame: BackupFrame, bytes: readonly Uint8Array[]): void {
    this.counts = counted(this.counts, frame);
    for (const part of bytes) this.#hash.update(part);
  }

  digest(): Uint8Array {
    return this.#hash.clone().digest();
  }
}

/**
 * A frame as bytes: its length in four bytes, big-endian, then deterministic CBOR.
 *
 * @throws RangeError when it is larger than {@link MOST_FRAME_BYTES}
 */
export function frameBytes(frame: BackupFrame): readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const body = new Uint8Array(encode(frame, rfc8949EncodeOptions));
  if (body.length > MOST_FRAME_BYTES) throw new RangeError("frame too large");
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, body.length);
  return [length, body];
}

/** The frames' bytes with the end frame after them; `sealed` is told the content's hash. */
export function frameStream(frames: AsyncIterable<BackupFrame>, sealed: (hash: Uint8Array) => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  const seal = new ContentSeal();
  const pauses = new Pauses();
  const iterator = frames[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (controller) => {
      await pauses.ifDue();
      const next = await iterator.next();
      if (next.done !== true) {
        const bytes = frameBytes(next.value);
        seal.take(next.value, bytes);
        for (const part of bytes) controller.enqueue(part);
        return;
      }
      const hash = seal.digest();
      for (const part of frameBytes(["end", { counts: seal.counts, hash }])) controller.enqueue(part);
      sealed(hash);
      controller.close();
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}

/** `value` is undefined where the bytes are not CBOR. */
export interface RawFrame {
  readonly value: unknown;
  readonly bytes: readonly [Uint8Array, Uint8Array];
}

/** `cut`: the stream ended inside a frame. `frame-too-large`: a length that no writer gives. */
export class FrameTrouble extends Error {
  constructor(readonly reason: "cut" | "frame-too-large") {
    super(reason);
  }
}

/**
 * The frames of a stream.
 *
 * @throws {@link FrameTrouble}, or what the stream throws
 */
export async function* rawFrames(stream: ReadableStream<Uint8Array>): AsyncGenerator<RawFrame, void, undefined> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let held = 0;
  /** Null at the stream's end where nothing was left. */
  const take = async (length: number): Promise<Uint8Array | null> => {
    while (held < length) {
      const { done, value } = await reader.read();
      if (done) {
        if (held > 0 || parts.length > 0) throw new FrameTrouble("cut");
        return null;
      }
      if (value.length === 0) continue;
      parts.push(value);
      held += value.length;
    }
    const taken = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const [first] = parts;
      if (!first) break;
      const piece = first.subarray(0, length - at);
      taken.set(piece, at);
      at += piece.length;
      if (piece.length === first.length) parts.shift();
      else parts[0] = first.subarray(piece.length);
    }
    held -= length;
    return taken;
  };
  try {
    for (;;) {
      const prefix = await take(LENGTH_BYTES);
      if (!prefix) return;
      const length = new DataView(prefix.buffer).getUint32(0);
      if (length > MOST_FRAME_BYTES) throw new FrameTrouble("frame-too-large");
      const body = await take(length);
      if (!body) throw new FrameTrouble("cut");
      yield { value: decoded(body), bytes: [prefix, body] };
    }
  } finally {
    // Whoever stops reading early does not leave the rest of the file running.
    await reader.cancel().catch(() => undefined);
  }
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { strict: true, allowIndefinite: false, allowUndefined: false, rejectDuplicateMapKeys: true });
  } catch {
    return undefined;
  }
}
