import { decode } from "cborg";
import { parseBody, parseHeader } from "../../domain/attendance/entries.ts";
import type { ExactEntry, Tombstone } from "../../domain/backup/frames.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { ErasedKind, ErasureBook } from "../../domain/people/erasure.ts";

/** Who was erased or is about to be: as the book says it, or as entries of a log do. */
export function tombstonesOf(source: ErasureBook | readonly ExactEntry[]): readonly Tombstone[] {
  if ("pending" in source) return [...source.done, ...source.pending].flatMap(({ personId, what, askedAt }) => tombstone(personId, what, askedAt));
  return source.flatMap(([headerBytes, , bodyBytes]) => {
    // A cheap look first: hardly any entry is one.
    if (bodyBytes === null || !hasType(headerBytes)) return [];
    const header = parseHeader(decode(headerBytes));
    if (header?.type !== "erased") return [];
    const body = parseBody("erased", decode(bodyBytes));
    return body?.type === "erased" ? tombstone(body.body.personId, body.body.what ?? "face", header.wallMs) : [];
  });
}

/** What came with a request has none: the request itself says that it was erased. */
const tombstone = (personId: PersonId, what: ErasedKind, at: EpochMs): readonly Tombstone[] => (what === "face" || what === "record" ? [{ personId, what, at }] : []);

/** The type as it stands in the header's CBOR: a text of six characters. */
const ERASED = Uint8Array.of(0x66, 0x65, 0x72, 0x61, 0x73, 0x65, 0x64);

function hasType(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ERASED[0] ?? 0); at >= 0; at = bytes.indexOf(ERASED[0] ?? 0, at + 1)) {
    if (ERASED.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}
