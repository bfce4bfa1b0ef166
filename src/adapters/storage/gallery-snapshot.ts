import type { SealedTemplate } from "../../contracts/matcher.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import { sha256 } from "../crypto/digest.ts";
import { Pauses } from "../../app/pauses.ts";
import type { Held } from "./held.ts";
import type { GalleryChunkRow, KeysDatabase, PackedTemplate } from "./keys-database.ts";

/** Numbers of these rows; those of the roster's snapshot come before. */
export const GALLERY_FROM = 1_000_000;
/** Templates in one row. Values this large lie in files of their own, which the browser reads in one go. */
const TEMPLATES_AT_ONCE = 250;
/** Share of the templates that may have changed before all is written anew. */
const WORTH_WRITING = 0.05;

/**
 * Keeps the sealed templates once more, many in a row: reading thousands of rows one by one takes seconds of a start. They are
 * the same bytes, under the same keys, and die with the same bucket. Which of them count is decided by the rows and pointers.
 *
 * @returns ids of the rows that it holds now
 */
export async function writeGallery(vault: KeysDatabase, held: Held): Promise<ReadonlySet<string>> {
  const templates = [...held.templates.values()].map((template) => [held.templateIds.get(template.personId), template] as const).filter((pair): pair is readonly [string, SealedTemplate] => pair[0] !== undefined);
  const chunks = Math.ceil(templates.length / TEMPLATES_AT_ONCE);
  const pauses = new Pauses();
  await clearGallery(vault);
  for (let chunk = 0; chunk < chunks; chunk++) {
    const part = templates.slice(chunk * TEMPLATES_AT_ONCE, (chunk + 1) * TEMPLATES_AT_ONCE);
    const { bytes, packed } = packTogether(part);
    await vault.roster.put({ id: GALLERY_FROM + chunk, packed, bytes, digest: await sha256(bytes) });
    await pauses.ifDue();
  }
  return new Set(templates.map(([id]) => id));
}

/** Whether so much has changed that the next start would read many rows one by one. */
export function isOutdated(kept: ReadonlySet<string>, held: Held): boolean {
  let fresh = 0;
  for (const id of held.templateIds.values()) if (!kept.has(id)) fresh++;
  const gone = kept.size + fresh - held.templateIds.size;
  return fresh + gone > WORTH_WRITING * held.templateIds.size;
}

/** The templates of every part that is as it was written, by the id of their row. */
export async function readGallery(vault: KeysDatabase): Promise<ReadonlyMap<string, SealedTemplate>> {
  const found = new Map<string, SealedTemplate>();
  const ids = await vault.roster.where("id").aboveOrEqual(GALLERY_FROM).primaryKeys();
  // One by one: the browser hands over in one go, and holds the page up, what is asked for at once.
  const rows = await Promise.all(ids.map((id) => vault.roster.get(id)));
  const sound = await Promise.all(rows.map(async (row) => row !== undefined && "bytes" in row && sameBytes(await sha256(row.bytes), row.digest)));
  for (const [index, row] of rows.entries()) {
    if (sound[index] !== true || row === undefined || !("bytes" in row)) continue;
    for (const { id, facts, at, keyLength, length } of row.packed) {
      const wrappedKey = row.bytes.subarray(at, at + keyLength);
      found.set(id, { ...facts, wrappedKey, envelope: row.bytes.subarray(at + keyLength, at + keyLength + length) });
    }
  }
  return found;
}

export async function clearGallery(vault: KeysDatabase): Promise<void> {
  await vault.roster.where("id").aboveOrEqual(GALLERY_FROM).delete();
}

function packTogether(templates: readonly (readonly [string, SealedTemplate])[]): Pick<GalleryChunkRow, "bytes" | "packed"> {
  const bytes = new Uint8Array(templates.reduce((length, [, { wrappedKey, envelope }]) => length + wrappedKey.length + envelope.length, 0));
  const packed: PackedTemplate[] = [];
  let at = 0;
  for (const [id, { wrappedKey, envelope, ...facts }] of templates) {
    bytes.set(wrappedKey, at);
    bytes.set(envelope, at + wrappedKey.length);
    packed.push({ id, facts, at, keyLength: wrappedKey.length, length: envelope.length });
    at += wrappedKey.length + envelope.length;
  }
  return { bytes, packed };
}
