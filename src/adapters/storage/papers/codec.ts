import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { PAPER_KINDS } from "../../../app/ports/store.ts";
import type { Paper, PaperKind } from "../../../app/ports/store.ts";
import { concatBytes } from "../../../domain/bytes.ts";
import { failure } from "../../../domain/errors.ts";
import type { Failure } from "../../../domain/errors.ts";
import { sameBytes } from "../../../domain/people/secret-hash.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { err, ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";
import { canonicalBytes, sha256 } from "../../crypto/digest.ts";
import { openRecord, sealRecord } from "../../crypto/record-keys.ts";
import type { NamedKey, OpenFailure, Place } from "../../crypto/record-keys.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A paper, or a part of a long one. The browser keeps larger values in files of their own, whose names a power cut can take
 * although the transaction was strict: so no row is longer than {@link PART_BYTES} and some.
 */
export interface PaperRow {
  /** The paper's, or `<the paper's>/<number of the part, from 0>`. */
  readonly id: string;
  readonly kind: PaperKind | typeof PART;
  /** {@link NOBODY} for what is of the site: an index has no place for null. */
  readonly personId: PersonId | typeof NOBODY;
  /** {@link NO_END} while it has none. */
  readonly untilUtcDay: number;
  /** How many parts the value lies in; 0 when it lies in this row. */
  readonly parts: number;
  readonly envelope: Bytes;
}

/** Kinds that are sealed under a key of each paper's own, so that one can be destroyed without the others. */
export const KEYED_APART: ReadonlySet<PaperKind> = new Set<PaperKind>(["health", "attachment"]);

export const NOBODY = "";
export const PART = "part";
/** Behind every day there is. */
const NO_END = 2 ** 31;

const SCHEMA = 1;
const PART_BYTES = 48 * 1024;
/** What may be kept of one paper: a file of 5 MiB, and what CBOR puts round it. */
const MOST_BYTES = 5 * 1024 * 1024 + 64;

export type PaperFailure = OpenFailure | Failure<"store/unknown-shape" | "store/part-missing">;

const paperPlace = (id: string): Place => ({ store: "papers", recordId: id, schema: SCHEMA });
const partId = (id: string, part: number): string => `${id}/${String(part)}`;
export const partIds = ({ id, parts }: Pick<PaperRow, "id" | "parts">): string[] => Array.from({ length: parts }, (_, part) => partId(id, part));

/**
 * The rows of a paper, its own first. Kind, subject and day are inside the envelope once more: what lies in clear beside it
 * cannot be changed unnoticed.
 *
 * @throws RangeError when the value is longer than a paper may be: that is a bug of the caller
 */
export async function sealPaper(tenant: string, key: NamedKey, { id, kind, subject, untilUtcDay, value }: Paper): Promise<readonly PaperRow[]> {
  if (id.includes("/")) throw new RangeError("a paper's id has a part's form");
  const content = new Uint8Array(encode(value, { ...rfc8949EncodeOptions, ignoreUndefinedProperties: true }));
  if (content.length > MOST_BYTES) throw new RangeError("the paper is too long");
  const parts = content.length > PART_BYTES ? Math.ceil(content.length / PART_BYTES) : 0;
  const common = { personId: subject ?? NOBODY, untilUtcDay: untilUtcDay ?? NO_END } as const;
  const inside = [kind, subject, untilUtcDay, parts, parts === 0 ? content : await sha256(content)];
  const rows: PaperRow[] = [{ id, kind, ...common, parts, envelope: await sealRecord(tenant, key, paperPlace(id), canonicalBytes(inside)) }];
  for (let part = 0; part < parts; part++) {
    const slice = content.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    rows.push({ id: partId(id, part), kind: PART, ...common, parts: 0, envelope: await sealRecord(tenant, key, paperPlace(partId(id, part)), slice) });
  }
  return rows;
}

/** The row that could not be read: the paper's own, or one of its parts. `row` is false where there is none. */
export interface DamagedPaper {
  readonly id: string;
  readonly there: boolean;
  readonly failure: PaperFailure;
}

/** @param parts the rows of its parts in their order, undefined where one is missing */
export async function openPaper(tenant: string, key: NamedKey, row: PaperRow, parts: readonly (PaperRow | undefined)[]): Promise<Result<Paper, DamagedPaper>> {
  const damaged = (reason: PaperFailure, id = row.id, there = true): Result<Paper, DamagedPaper> => err({ id, there, failure: reason });
  const opened = await openRecord(tenant, key, paperPlace(row.id), row.envelope);
  if (!opened.ok) return damaged(opened.error);
  const inside = unpack(opened.value);
  if (inside?.kind !== row.kind || (inside.subject ?? NOBODY) !== row.personId || (inside.untilUtcDay ?? NO_END) !== row.untilUtcDay || inside.parts !== row.parts) return damaged(failure("store/unknown-shape", "paper"));
  let { content } = inside;
  if (inside.parts > 0) {
    const slices: Uint8Array[] = [];
    for (let part = 0; part < inside.parts; part++) {
      const found = parts[part];
      if (!found) return damaged(failure("store/part-missing"), partId(row.id, part), false);
      const slice = await openRecord(tenant, key, paperPlace(found.id), found.envelope);
      if (!slice.ok) return damaged(slice.error, found.id);
      slices.push(slice.value);
    }
    content = concatBytes(slices);
    if (!sameBytes(await sha256(content), inside.content)) return damaged(failure("store/unknown-shape", "parts"));
  }
  const value = decoded(content);
  if (value === undefined) return damaged(failure("store/unknown-shape", "value"));
  return ok({ id: row.id, kind: inside.kind, subject: inside.subject, untilUtcDay: inside.untilUtcDay, value });
}

interface Inside extends Omit<Paper, "id" | "value"> {
  readonly parts: number;
  /** The value, or the hash of one that lies in parts. */
  readonly content: Uint8Array;
}

function unpack(bytes: Uint8Array): Inside | null {
  const value = decoded(bytes);
  if (!Array.isArray(value) || value.length !== 5) return null;
  const [kind, subject, untilUtcDay, parts, content] = value as readonly unknown[];
  if (!PAPER_KINDS.some((one) => one === kind) || !(subject === null || typeof subject === "string") || !(untilUtcDay === null || typeof untilUtcDay === "number")) return null;
  if (typeof parts !== "number" || !(content instanceof Uint8Array)) return null;
  return { kind: kind as PaperKind, subject: subject as PersonId | null, untilUtcDay, parts, content };
}

function decoded(bytes: Uint8Array): unknown {
  try {
    const value: unknown = decode(bytes, { strict: true });
    // A value that lies in a larger buffer would keep all of it.
    return value instanceof Uint8Array ? new Uint8Array(value) : value;
  } catch {
    return undefined;
  }
}
