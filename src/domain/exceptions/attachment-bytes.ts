import type { Attachment } from "./types.ts";

/** What a file is by its first bytes, whatever its name says; null for what is not taken. */
export function attachmentType(bytes: Uint8Array): Attachment["type"] | null {
  if (begins(bytes, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  if (begins(bytes, ascii("RIFF")) && begins(bytes.subarray(8), ascii("WEBP"))) return "image/webp";
  return begins(bytes, ascii("%PDF-")) ? "application/pdf" : null;
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** How large a picture says it is, read before anything is decoded; null where it does not say. */
export function pixelSize(bytes: Uint8Array, type: Attachment["type"]): PixelSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === "image/png") return bytes.length < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
  if (type === "image/jpeg") return jpegSize(view);
  return type === "image/webp" ? webpSize(bytes, view) : null;
}

/** The size so that no side is longer than `longest`; never larger than it was. */
export function within({ width, height }: PixelSize, longest: number): PixelSize {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** In the frame header, the first marker of the family SOF (ITU-T T.81, B.2.2). */
function jpegSize(view: DataView): PixelSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** RFC 9649: extended, lossless and lossy headers, in this order. */
function webpSize(bytes: Uint8Array, view: DataView): PixelSize | null {
  if (bytes.length < 30) return null;
  const chunk = bytes.subarray(12);
  if (begins(chunk, ascii("VP8X"))) return { width: 1 + uint24(view, 24), height: 1 + uint24(view, 27) };
  if (begins(chunk, ascii("VP8L"))) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return begins(chunk, ascii("VP8 ")) ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}

const uint24 = (view: DataView, at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
const ascii = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const begins = (bytes: Uint8Array, signature: readonly number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
