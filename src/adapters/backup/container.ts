import type { BackupContainer, ContainerFailure } from "../../app/backup/ports.ts";
import { Pauses } from "../../app/pauses.ts";
import { BACKUP_VERSION, parseFrame, sameCounts, statedVersion } from "../../domain/backup/frames.ts";
import type { BackupFrame } from "../../domain/backup/frames.ts";
import { failure } from "../../domain/errors.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { decryptWith, encryptTo, makeBackupKey, recipientOf } from "./age.ts";
import { ContentSeal, FrameTrouble, frameStream, rawFrames } from "./frame-stream.ts";
import { gunzip, NotGzip, TooLarge } from "./gunzip.ts";

/**
 * A backup file: frames of deterministic CBOR, gzip, age. `age -d -i identity.txt FILE | gunzip` gives the frames to
 * anybody who holds the identity, with or without this program.
 */
export class AgeContainer implements BackupContainer {
  readonly makeKey = makeBackupKey;
  readonly recipientOf = recipientOf;

  async write(recipient: string, frames: AsyncIterable<BackupFrame>): Promise<{ readonly file: Blob; readonly hash: Uint8Array }> {
    let hash: Uint8Array | undefined;
    const plain = frameStream(frames, (digest) => (hash = digest));
    const sealed = await encryptTo(recipient, plain.pipeThrough(new CompressionStream("gzip")));
    const content = await new Response(sealed as ReadableStream<Uint8Array<ArrayBuffer>>).blob();
    if (!hash) throw new Error("the frames did not end");
    return { file: new Blob([content], { type: "application/octet-stream" }), hash };
  }

  async *read(file: Blob, identity: string, signal?: AbortSignal): AsyncGenerator<Result<BackupFrame, ContainerFailure>, void, undefined> {
    if ((await recipientOf(identity)) === null) {
      yield err(failure("backup/bad-identity"));
      return;
    }
    const opened = await decryptWith(identity, file);
    if (!opened.ok) {
      yield opened;
      return;
    }
    try {
      yield* checkedFrames(gunzip(opened.value), signal);
    } catch (error) {
      signal?.throwIfAborted();
      yield err(troubleOf(error));
    }
  }
}

async function* checkedFrames(content: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Result<BackupFrame, ContainerFailure>, void, undefined> {
  const seal = new ContentSeal();
  const pauses = new Pauses();
  let place: "start" | "inside" | "ended" = "start";
  for await (const { value, bytes } of rawFrames(content)) {
    signal?.throwIfAborted();
    await pauses.ifDue();
    const frame = parseFrame(value);
    if (place === "start" && frame?.[0] !== "head") {
      const version = statedVersion(value);
      yield err(version === null ? failure("backup/not-a-backup", "no head") : version > BACKUP_VERSION ? failure("backup/newer-format", String(version)) : failure("backup/malformed", "head"));
      return;
    }
    if (!frame || place === "ended" || (place === "inside" && frame[0] === "head")) {
      yield err(failure("backup/malformed", place === "ended" ? "after the end" : "frame"));
      return;
    }
    place = frame[0] === "end" ? "ended" : "inside";
    if (frame[0] !== "end") seal.take(frame, bytes);
    else if (!sameBytes(frame[1].hash, seal.digest()) || !sameCounts(frame[1].counts, seal.counts)) {
      yield err(failure("backup/hash-wrong"));
      return;
    }
    yield ok(frame);
  }
  if (place !== "ended") yield err(place === "start" ? failure("backup/not-a-backup", "nothing inside") : failure("backup/truncated", "no end"));
}

function troubleOf(error: unknown): ContainerFailure {
  if (error instanceof TooLarge) return failure("backup/too-large");
  if (error instanceof NotGzip) return failure("backup/not-a-backup", "no gzip");
  if (error instanceof FrameTrouble) return error.reason === "cut" ? failure("backup/truncated", "frame") : failure("backup/not-a-backup", "frame length");
  return failure("backup/truncated", error instanceof Error ? error.name : undefined);
}
