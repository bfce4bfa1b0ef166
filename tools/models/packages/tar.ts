import { gunzipSync } from "node:zlib";
import { ModelError } from "../errors.ts";

const BLOCK = 512;
const REGULAR_FILE = new Set(["0", "\0", ""]);
const CHECKSUM_AT = 148;
const CHECKSUM_LENGTH = 8;

/**
 * Reads the regular files of a gzip-compressed tar archive (POSIX ustar, as npm writes it) into memory.
 * Directories, links and extended headers are passed over.
 *
 * @returns path in the archive -> content
 * @throws ModelError `models/archive-damaged` when the archive is cut short or a header's checksum is wrong
 */
export function readTarGz(archive: Uint8Array): Map<string, Uint8Array> {
  const tar = gunzip(archive);
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return files;
    if (checksum(header) !== octal(header, CHECKSUM_AT, CHECKSUM_LENGTH)) {
      throw new ModelError("models/archive-damaged", `The tar header at byte ${at} has a wrong checksum.`);
    }
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (start + size > tar.length) {
      throw new ModelError("models/archive-damaged", `The tar entry at byte ${at} ends after the archive does.`);
    }
    if (REGULAR_FILE.has(text(header, 156, 1))) {
      const prefix = text(header, 345, 155);
      const name = text(header, 0, 100);
      files.set(prefix === "" ? name : `${prefix}/${name}`, tar.subarray(start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new ModelError("models/archive-damaged", "The tar archive has no end mark.");
}

function gunzip(archive: Uint8Array): Uint8Array {
  try {
    const tar = gunzipSync(archive);
    // A plain array: a Buffer's slice() shares memory where an array's copies.
    return new Uint8Array(tar.buffer, tar.byteOffset, tar.length);
  } catch (cause) {
    throw new ModelError("models/archive-damaged", "The archive is not whole gzip data.", { cause });
  }
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("utf8");
}

function octal(header: Uint8Array, start: number, length: number): number {
  return Number.parseInt(text(header, start, length).trim() || "0", 8);
}

/** Sum of the header's bytes with the checksum field itself taken as spaces. */
function checksum(header: Uint8Array): number {
  let sum = " ".charCodeAt(0) * CHECKSUM_LENGTH;
  header.forEach((byte, index) => {
    if (index < CHECKSUM_AT || index >= CHECKSUM_AT + CHECKSUM_LENGTH) sum += byte;
  });
  return sum;
}
