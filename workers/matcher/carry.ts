import { decode, encode, rfc8949EncodeOptions } from "cborg";
import * as v from "valibot";
import type { CarryFailure, MatcherFailure, SealedTemplate } from "../../src/contracts/matcher.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import { failure } from "../../src/domain/errors.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import type { Result } from "../../src/domain/result.ts";
import { err, ok } from "../../src/domain/result.ts";
import { allFinite, openTemplate, sealTemplate } from "./template-seal.ts";
import type { SealingContext } from "./template-seal.ts";

/** Name and version of what is sealed to the recipient. */
const FORMAT = "clockface-faces/1";
const FLOAT_BYTES = 4;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const parcel = v.strictObject({
  format: v.literal(FORMAT),
  profile: v.picklist(["accurate", "clear"]),
  modelSet: v.string(),
  people: v.array(
    v.strictObject({
      personId: v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId)),
      createdAtMs: count,
      refreshedAtMs: v.nullable(count),
      /** Float32 little-endian, one reference after the other. */
      references: v.instance(Uint8Array),
    }),
  ),
});

/** Loaded when faces are carried, which is once in a tablet's life. */
const age = () => import("age-encryption");

/** References of these rows, opened here and sealed to the recipient before they leave. A row that cannot be opened is left out. */
export async function packFor(context: SealingContext, rows: readonly SealedTemplate[], recipient: string): Promise<Result<{ readonly people: number; readonly sealed: Uint8Array }, CarryFailure>> {
  const people: v.InferInput<typeof parcel>["people"] = [];
  const opened: Uint8Array[] = [];
  try {
    for (const row of rows) {
      const references = await openTemplate(context, row);
      if (!references.ok) continue;
      for (const reference of references.value) context.rotation?.turnBack(reference);
      const bytes = joined(references.value);
      opened.push(bytes);
      for (const reference of references.value) reference.fill(0);
      people.push({ personId: row.personId, createdAtMs: row.createdAtMs, refreshedAtMs: row.refreshedAtMs ?? null, references: bytes });
    }
    const plain = new Uint8Array(encode({ format: FORMAT, profile: context.profile, modelSet: context.modelSet, people }, rfc8949EncodeOptions));
    opened.push(plain);
    const { Encrypter } = await age();
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    return ok({ people: people.length, sealed: await encrypter.encrypt(plain) });
  } catch {
    return err(failure("template/carry-failed", "sealing"));
  } finally {
    for (const bytes of opened) bytes.fill(0);
  }
}

/** What {@link packFor} packed, sealed anew under the keys of this context. */
export async function unpackWith(context: SealingContext, sealed: Uint8Array, identity: string): Promise<Result<readonly SealedTemplate[], CarryFailure | MatcherFailure>> {
  let plain: Uint8Array;
  try {
    const { Decrypter } = await age();
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    plain = await decrypter.decrypt(sealed);
  } catch {
    return err(failure("template/carry-failed", "opening"));
  }
  try {
    const read = parcelOf(plain);
    if (!read) return err(failure("template/carry-failed", "shape"));
    if (read.profile !== context.profile || read.modelSet !== context.modelSet) return err(failure("template/other-model"));
    const rows: SealedTemplate[] = [];
    for (const { personId, createdAtMs, refreshedAtMs, references: bytes } of read.people) {
      const references = split(bytes, FEATURE_DIMENSIONS[context.profile]);
      bytes.fill(0);
      if (!references) return err(failure("matcher/wrong-length"));
      for (const reference of references) context.rotation?.turn(reference);
      rows.push(await sealTemplate(context, { personId, createdAtMs, ...(refreshedAtMs === null ? {} : { refreshedAtMs }) }, references));
      for (const reference of references) reference.fill(0);
    }
    return ok(rows);
  } finally {
    plain.fill(0);
  }
}

function parcelOf(plain: Uint8Array): v.InferOutput<typeof parcel> | null {
  try {
    const parsed = v.safeParse(parcel, decode(plain, { strict: true, allowUndefined: false, rejectDuplicateMapKeys: true }));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function joined(references: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const values = new Float32Array(references.reduce((length, reference) => length + reference.length, 0));
  let at = 0;
  for (const reference of references) {
    values.set(reference, at);
    at += reference.length;
  }
  return new Uint8Array(values.buffer);
}

/** Null when the bytes are no whole number of references, or hold what is no number. */
function split(bytes: Uint8Array, dimensions: number): readonly Float32Array[] | null {
  const length = dimensions * FLOAT_BYTES;
  if (bytes.length === 0 || bytes.length % length !== 0) return null;
  const values = new Float32Array(bytes.slice().buffer);
  if (!allFinite(values)) {
    values.fill(0);
    return null;
  }
  return Array.from({ length: bytes.length / length }, (_, row) => values.subarray(row * dimensions, (row + 1) * dimensions));
}
