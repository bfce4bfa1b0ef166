import { attachmentType, pixelSize, within } from "../../domain/exceptions/attachment-bytes.ts";
import { ATTACHMENT_BYTES_AT_MOST, ATTACHMENTS_AT_MOST } from "../../domain/exceptions/types.ts";
import type { Attachment } from "../../domain/exceptions/types.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { hexOf } from "../../domain/log/cbor.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Paper } from "../ports/store.ts";

/** Longest side of a picture that is kept, pixels: a page of text is read at that. */
const LONGEST_SIDE = 1600;
/** A phone's photo before it is shrunk, bytes. */
const PICTURE_BYTES_AT_MOST = 25 * 1024 * 1024;
/** More pixels than that are not decoded: some 200 MB of memory. */
const PIXELS_AT_MOST = 50_000_000;
const JPEG_QUALITY = 0.85;

export type AttachmentFailure = Failure<"attachment/type" | "attachment/size" | "attachment/too-many" | "attachment/unreadable">;

export interface PreparedAttachment {
  readonly attachment: Attachment;
  readonly bytes: Uint8Array;
}

/**
 * Files as they are kept: by what their bytes say they are. Pictures are drawn anew and shrunk, which leaves behind where
 * and with what they were taken; a PDF stays as it is.
 */
export async function prepareAttachments(files: readonly Blob[]): Promise<Result<readonly PreparedAttachment[], AttachmentFailure>> {
  if (files.length > ATTACHMENTS_AT_MOST) return err(failure("attachment/too-many"));
  const prepared: PreparedAttachment[] = [];
  // One after the other: a decoded picture takes much memory.
  for (const file of files) {
    const one = await prepare(file);
    if (!one.ok) return one;
    prepared.push(one.value);
  }
  return ok(prepared);
}

/** The paper of one file. */
export function attachmentPaper(personId: PersonId, { attachment, bytes }: PreparedAttachment, untilUtcDay: number | null): Paper {
  return { id: attachment.id, kind: "attachment", subject: personId, untilUtcDay, value: bytes };
}

async function prepare(file: Blob): Promise<Result<PreparedAttachment, AttachmentFailure>> {
  if (file.size > PICTURE_BYTES_AT_MOST) return err(failure("attachment/size"));
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    return err(failure("attachment/unreadable", error instanceof Error ? error.name : undefined));
  }
  const type = attachmentType(bytes);
  if (type === null) return err(failure("attachment/type"));
  const kept = type === "application/pdf" ? ok({ type, bytes }) : await redrawn(bytes, type);
  if (!kept.ok) return kept;
  if (kept.value.bytes.length > ATTACHMENT_BYTES_AT_MOST) return err(failure("attachment/size"));
  const hash = hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", kept.value.bytes)));
  return ok({ attachment: { id: crypto.randomUUID(), type: kept.value.type, bytes: kept.value.bytes.length, hash }, bytes: kept.value.bytes });
}

/** Decoding, scaling and encoding happen on the browser's own threads: the page only says what it wants. */
async function redrawn(bytes: Uint8Array<ArrayBuffer>, type: Attachment["type"]): Promise<Result<{ readonly type: Attachment["type"]; readonly bytes: Uint8Array<ArrayBuffer> }, AttachmentFailure>> {
  const size = pixelSize(bytes, type);
  if (size === null || size.width * size.height === 0) return err(failure("attachment/unreadable", "no size"));
  if (size.width * size.height > PIXELS_AT_MOST) return err(failure("attachment/size"));
  let decoded: ImageBitmap | undefined;
  try {
    decoded = await createImageBitmap(new Blob([bytes], { type }));
    // As it is turned by what the camera noted, which is gone afterwards.
    const { width, height } = within(decoded, LONGEST_SIDE);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) return err(failure("attachment/unreadable", "no canvas"));
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    context.drawImage(decoded, 0, 0, width, height);
    const drawn = await canvas.convertToBlob({ type: "image/jpeg", quality: JPEG_QUALITY });
    return ok({ type: "image/jpeg", bytes: new Uint8Array(await drawn.arrayBuffer()) });
  } catch (error) {
    return err(failure("attachment/unreadable", error instanceof Error ? error.name : undefined));
  } finally {
    decoded?.close();
  }
}
