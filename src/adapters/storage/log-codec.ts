import { decode } from "cborg";
import { BODY_SCHEMA, parseBody, parseHeader, receiptOf } from "../../domain/attendance/entries.ts";
import type { Entry, EntryDraft, EntryHeader, TypedBody } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { canonicalBytes, commitToBody, leafHash, sealHeader } from "../crypto/digest.ts";
import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, OpenFailure, Place } from "../crypto/record-keys.ts";
import type { LogRow } from "./database.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { EntryKeys } from "./key-ring.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const SALT_BYTES = 32;
const DAY_MS = 86_400_000;

export type EntryFailure = OpenFailure | Failure<"log/malformed" | "log/commitment-broken" | "log/key-lost">;

/** An entry with the exact bytes that its hash and its commitment are made of. */
export interface OpenedEntry {
  readonly entry: Entry;
  readonly headerBytes: Bytes;
  /** Null when the body cannot be opened any more. */
  readonly salt: Bytes | null;
  readonly bodyBytes: Bytes | null;
  /** Why the body could not be opened although its key is there. */
  readonly bodyFailure?: EntryFailure;
}

export const utcDayOf = (wallMs: number): number => Math.floor(wallMs / DAY_MS);

/**
 * Seals one entry. The body lies under the record key of whom it is about, or the device's; round it and the header,
 * which would tell who came when, lies the device's.
 */
export async function sealEntry(
  ring: Pick<EntryKeys, "tenant">,
  keys: { readonly device: NamedKey; readonly subject: NamedKey },
  draft: EntryDraft,
  start: Omit<EntryHeader, "type" | "bodyCommit">,
): Promise<{ readonly row: LogRow; readonly entry: Entry; readonly leaf: Bytes }> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const body = canonicalBytes(draft.body);
  const header: EntryHeader = { ...start, type: draft.type, bodyCommit: await commitToBody(salt, body) };
  const { bytes, leaf, receipt } = await sealHeader(header);
  const inner = await sealRecord(ring.tenant, keys.subject, bodyPlace(header.seq), canonicalBytes([salt, body]));
  const envelope = await sealRecord(ring.tenant, keys.device, entryPlace(header.seq), canonicalBytes([bytes, draft.subject, inner]));
  return {
    row: { seq: header.seq, utcDay: utcDayOf(header.wallMs), envelope, leaf },
    entry: { header, leaf, receipt, subject: draft.subject, content: { type: draft.type, body: draft.body } as TypedBody },
    leaf,
  };
}

/** Whom an entry is about, null for nobody: all that can be told without its body. Undefined when it does not open. */
export async function subjectOf(tenant: string, device: NamedKey, row: LogRow): Promise<PersonId | null | undefined> {
  const opened = await openRecord(tenant, device, entryPlace(row.seq), row.envelope);
  const outer = opened.ok ? unpack(opened.value, 3) : null;
  const subject = outer?.[1];
  return subject === null || typeof subject === "string" ? (subject as PersonId | null) : undefined;
}

/**
 * Opens one entry and checks its body against the commitment.
 *
 * @param about the body of an entry about anybody else stays closed
 */
export async function openEntry(ring: EntryKeys, row: LogRow, about?: PersonId): Promise<Result<OpenedEntry, EntryFailure>> {
  const device = await ring.find(DEVICE_RECORDS);
  if (!device.ok) return device;
  if (!device.value) return err(failure("log/key-lost"));
  const opened = await openRecord(ring.tenant, device.value, entryPlace(row.seq), row.envelope);
  if (!opened.ok) return opened;
  const outer = unpack(opened.value, 3);
  if (!outer) return err(failure("log/malformed", "entry"));
  const [headerBytes, subject, inner] = outer;
  if (!(headerBytes instanceof Uint8Array) || !(inner instanceof Uint8Array) || !(subject === null || typeof subject === "string")) {
    return err(failure("log/malformed", "entry parts"));
  }
  const header = parseHeader(decodeOrUndefined(headerBytes));
  if (header?.seq !== row.seq) return err(failure("log/malformed", "header"));
  const exactBytes = new Uint8Array(headerBytes);
  const leaf = await leafHash(exactBytes);
  const entry: Entry = { header, leaf, receipt: receiptOf(header.seq, leaf), subject: subject as PersonId | null, content: null };

  if (about !== undefined && subject !== null && subject !== about) return ok({ entry, headerBytes: exactBytes, salt: null, bodyBytes: null });
  const key = subject === null ? device : await ring.find(subject);
  if (!key.ok) return ok({ entry, headerBytes: exactBytes, salt: null, bodyBytes: null, bodyFailure: key.error });
  if (!key.value) return ok({ entry, headerBytes: exactBytes, salt: null, bodyBytes: null });
  const body = await openBody(ring.tenant, key.value, header, inner);
  if (!body.ok) return ok({ entry, headerBytes: exactBytes, salt: null, bodyBytes: null, bodyFailure: body.error });
  return ok({ entry: { ...entry, content: body.value.content }, headerBytes: exactBytes, salt: body.value.salt, bodyBytes: body.value.bodyBytes });
}

async function openBody(
  tenant: string,
  key: NamedKey,
  header: EntryHeader,
  envelope: Uint8Array,
): Promise<Result<{ readonly content: TypedBody; readonly salt: Bytes; readonly bodyBytes: Bytes }, EntryFailure>> {
  const opened = await openRecord(tenant, key, bodyPlace(header.seq), envelope);
  if (!opened.ok) return opened;
  const inner = unpack(opened.value, 2);
  if (!inner || !(inner[0] instanceof Uint8Array) || !(inner[1] instanceof Uint8Array)) return err(failure("log/malformed", "body parts"));
  const salt = new Uint8Array(inner[0]);
  const bodyBytes = new Uint8Array(inner[1]);
  if (!sameBytes(await commitToBody(salt, bodyBytes), header.bodyCommit)) return err(failure("log/commitment-broken"));
  const content = parseBody(header.type, decodeOrUndefined(bodyBytes));
  return content ? ok({ content, salt, bodyBytes }) : err(failure("log/malformed", "body"));
}

const entryPlace = (seq: number): Place => ({ store: "log", recordId: String(seq), schema: 1 });
const bodyPlace = (seq: number): Place => ({ store: "log-body", recordId: String(seq), schema: BODY_SCHEMA });

/** @returns the value, or undefined when the bytes are not CBOR */
export function decodeOrUndefined(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { strict: true, allowUndefined: false });
  } catch {
    return undefined;
  }
}

function unpack(bytes: Uint8Array, length: number): readonly unknown[] | null {
  const value = decodeOrUndefined(bytes);
  return Array.isArray(value) && value.length === length ? (value as readonly unknown[]) : null;
}
