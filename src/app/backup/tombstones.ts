import { decode } from "cborg";
import { parseBody, parseHeader } from "../../domain/attendance/entries.ts";
import type { ExactEntry, Tombstone } from "../../domain/backup/frames.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";

/** Who was erased or is about to be: as the book says it, or as entries of a log do. */
export function tombstonesOf(source: ErasureBook | readonly ExactEntry[]): readonly Tombstone[] {
  if ("pending" in source) return [...source.done, ...source.pending].map(({ personId, what, askedAt }) => ({ personId, what, at: askedAt }));
  return source.flatMap(([headerBytes, , bodyBytes]) => {
    // A cheap look first: hardly any entry is one.
    if (bodyBytes === null || !hasType(headerBytes)) return [];
    const header = parseHeader(decode(headerBytes));
    if (header?.type !== "erased") return [];
    const body = parseBody("erased", decode(bodyBytes));
    return body?.type === "erased" ? [{ personId: body.body.personId, what: body.body.what ?? "face", at: header.wallMs }] : [];
  });
}

/** The type as it stands in the header's CBOR: a text of six characters. */
const ERASED = Uint8Array.of(0x66, 0x65, 0x72, 0x61, 0x73, 0x65, 0x64);

function hasType(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ERASED[0] ?? 0); at >= 0; at = bytes.indexOf(ERASED[0] ?? 0, at + 1)) {
    if (ERASED.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
