import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { SecretHash } from "./secret-hash.ts";
import type { Consent, EmployeeNumber, Person, PersonId } from "./types.ts";

/** Everything that is kept of a person but the face: sealed as one value under the person's record key. */
export interface StoredPerson {
  readonly person: Person;
  /** Oldest first. At most the last one is in force. */
  readonly consents: readonly Consent[];
  readonly pin: SecretHash | null;
  /** The face is out of matching until two people release it. */
  readonly frozen?: Freeze;
  /** A legal hold: no record of this person ends while it is on. */
  readonly hold?: true;
  /** As whom this person was known when an erasure was asked for, by the number of its certificate. */
  readonly erasures?: readonly ErasedAs[];
}

export interface ErasedAs {
  readonly certificate: string;
  readonly employeeNumber: string;
  readonly name: string;
}

export interface Freeze {
  readonly at: EpochMs;
  /** A user, or `self`. */
  readonly by: string;
  readonly reason: string;
  /** Who asked first for its release; the second must be somebody else. */
  readonly releaseAskedBy?: string;
}

/** Version of the shape above, bound into its envelope. */
export const STORED_PERSON_SCHEMA = 1;

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const personId = v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId));
const locale = v.picklist(["zh-Hans", "en"]);

const person = v.strictObject({
  id: personId,
  employeeNumber: v.pipe(v.string(), v.nonEmpty(), v.transform((number) => number as EmployeeNumber)),
  name: v.string(),
  department: v.string(),
  employmentType: v.picklist(["full-time", "part-time", "intern", "dispatched"]),
  status: v.picklist(["active", "left"]),
  addedAt: time,
  leftAt: v.exactOptional(time),
  locale: v.exactOptional(locale),
});

const consent = v.strictObject({
  personId,
  noticeVersion: v.string(),
  locale,
  givenAt: time,
  withdrawnAt: v.exactOptional(time),
});

export const secretHashSchema = v.strictObject({
  cost: v.strictObject({
    memoryKiB: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(1024 * 1024)),
    passes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
    lanes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  }),
  salt: v.pipe(v.instance(Uint8Array), v.minLength(16)),
  hash: v.pipe(v.instance(Uint8Array), v.length(32)),
});

const freeze = v.strictObject({ at: time, by: v.string(), reason: v.string(), releaseAskedBy: v.exactOptional(v.string()) });

const storedPerson = v.strictObject({
  person,
  consents: v.array(consent),
  pin: v.nullable(secretHashSchema),
  frozen: v.exactOptional(freeze),
  hold: v.exactOptional(v.literal(true)),
  erasures: v.exactOptional(v.array(v.strictObject({ certificate: v.string(), employeeNumber: v.string(), name: v.string() }))),
});

/** Reads an opened value; null when its shape is another. */
export function parseStoredPerson(value: unknown): StoredPerson | null {
  const parsed = v.safeParse(storedPerson, value);
  return parsed.success ? parsed.output : null;
}

/** The consent in force, if there is one. */
export function consentInForce(stored: StoredPerson): Consent | undefined {
  const last = stored.consents.at(-1);
  return last && last.withdrawnAt === undefined ? last : undefined;
}
