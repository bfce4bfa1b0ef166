import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { PersonId } from "./types.ts";

export const ERASURE_REASONS = ["consent-withdrawn", "person-left", "retention", "asked", "unused"] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

/**
 * `face`: templates and their key. `record`: everything else; the log's entries stay as a chain without content. `health` and
 * `attachment`: what came with decided requests, which stay.
 */
export const ERASED_KINDS = ["face", "record", "health", "attachment"] as const;
export type ErasedKind = (typeof ERASED_KINDS)[number];

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const personId = v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const asked = {
  /** Number of the certificate, see {@link certificateNumber}. */
  certificate: v.string(),
  personId,
  what: v.picklist(ERASED_KINDS),
  reason: v.picklist(ERASURE_REASONS),
  /** A user, `self`, or `schedule`. */
  by: v.string(),
  askedAt: time,
  /** Of enclosures: the requests that they came with. */
  requests: v.exactOptional(v.array(v.string())),
  /** Of enclosures: the papers that they lay in. */
  papers: v.exactOptional(v.array(v.string())),
  /** Of enclosures: some lay under the record key, and are readable on the disk for as long as that is there. */
  underRecord: v.exactOptional(v.literal(true)),
};

const pending = v.strictObject(asked);
const done = v.strictObject({ ...asked, doneAt: time, epochs: v.tuple([count, count]), bytes: v.picklist(["destroyed", "pending"]), seq: v.pipe(count, v.minValue(1)) });
const book = v.strictObject({ pending: v.array(pending), done: v.array(done), scheduledRunAt: v.nullable(time) });

/** An erasure that was asked for: out of use already, its bytes not destroyed yet. */
export type PendingErasure = v.InferOutput<typeof pending>;

/** An erasure that was carried out; `seq` is its entry in the log. Names nobody: the number and the name are on the certificate that was handed over. */
export type DoneErasure = v.InferOutput<typeof done>;

/** What is still to be erased, and what was: kept beside the people, because an erased one has no row of their own. */
export interface ErasureBook {
  /** Oldest first. */
  readonly pending: readonly PendingErasure[];
  /** Oldest first, the last {@link DONE_KEPT}; earlier ones are in the log. */
  readonly done: readonly DoneErasure[];
  /** When the schedule was last gone through; null before the first time. */
  readonly scheduledRunAt: EpochMs | null;
}

/** Version of the shape above, bound into its envelope. */
export const ERASURES_SCHEMA = 1;

/** Erasures that are listed at most. */
export const DONE_KEPT = 1_000;

export const NO_ERASURES: ErasureBook = { pending: [], done: [], scheduledRunAt: null };

/** Reads an opened value; null when its shape is another. */
export function parseErasures(value: unknown): ErasureBook | null {
  const parsed = v.safeParse(book, value);
  return parsed.success ? parsed.output : null;
}

const isEnclosure = (what: ErasedKind): boolean => what === "health" || what === "attachment";

/** The book with more to do. One person's face, or record, is erased once however often it is asked for; enclosures are others each time. */
export function withPending(book: ErasureBook, more: readonly PendingErasure[]): ErasureBook {
  const added: PendingErasure[] = [];
  for (const one of more) if (![...book.pending, ...added].some((known) => !isEnclosure(one.what) && known.personId === one.personId && known.what === one.what)) added.push(one);
  return { ...book, pending: [...book.pending, ...added] };
}

/** The book after these were carried out. */
export function withDone(book: ErasureBook, finished: readonly DoneErasure[]): ErasureBook {
  const numbers = new Set(finished.map(({ certificate }) => certificate));
  return { ...book, pending: book.pending.filter(({ certificate }) => !numbers.has(certificate)), done: [...book.done, ...finished].slice(-DONE_KEPT) };
}

/**
 * Number of a certificate: the day that it was asked for and eight random digits, `20261122-7F3A9C21`.
 *
 * @param day `YYYY-MM-DD`
 * @param random 32 random bits
 */
export function certificateNumber(day: string, random: number): string {
  return `${day.replaceAll("-", "")}-${(random >>> 0).toString(16).padStart(8, "0").toUpperCase()}`;
}
