import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { Grant, RoleKeyId, RoleName, UserId } from "./access.ts";
import { secretHashSchema } from "./stored.ts";
import type { PersonId } from "./types.ts";

/** Version of the shapes below, bound into their envelopes. */
export const USER_SCHEMA = 1;
export const ROLE_SCHEMA = 1;

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const userId = v.pipe(v.string(), v.uuid(), v.transform((id) => id as UserId));
const bytes = v.instance(Uint8Array);
const roleName = v.picklist(["system-administrator", "hr", "supervisor", "auditor"]);

const grant = v.strictObject({ role: roleName, department: v.exactOptional(v.string()), grantedAt: time, grantedBy: v.string(), expiresAt: v.nullable(time) });

/** One way to a user's own key: each wraps the same key. */
const unlock = v.variant("kind", [
  v.strictObject({ kind: v.literal("passphrase"), cost: secretHashSchema.entries.cost, salt: bytes, wrapped: bytes, temporary: v.boolean() }),
  v.strictObject({ kind: v.literal("passkey"), credentialId: bytes, label: v.string(), prfSalt: bytes, wrapped: bytes, addedAt: time }),
  v.strictObject({ kind: v.literal("recovery"), salt: bytes, wrapped: bytes }),
]);

const user = v.strictObject({
  id: userId,
  name: v.string(),
  status: v.picklist(["active", "ended"]),
  addedAt: time,
  endedAt: v.exactOptional(time),
  lastSignInAt: v.exactOptional(time),
  /** X25519, 32 bytes: role keys are sealed to it, so that a role can be given to somebody who is not signed in. */
  publicKey: v.pipe(bytes, v.length(32)),
  /** The private half under the user's key. */
  lockedPrivateKey: bytes,
  unlocks: v.array(unlock),
  /** Secret of RFC 6238 under the user's key; `lastStep` is the last 30-second step that was used. Null: none yet. */
  totp: v.nullable(v.strictObject({ envelope: bytes, lastStep: v.pipe(v.number(), v.safeInteger()) })),
  grants: v.array(grant),
  /** The employee that the user is, if one: leaving ends the user. */
  personId: v.exactOptional(v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId))),
  /** The department that the employee was in when last looked at: a transfer ends what was granted for it. */
  department: v.exactOptional(v.string()),
});

const member = v.strictObject({ user: userId, enc: bytes, sealed: bytes });

const role = v.strictObject({
  id: v.pipe(v.string(), v.transform((id) => id as RoleKeyId)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** X25519, 32 bytes: what the role may read is sealed to it. */
  publicKey: v.pipe(bytes, v.length(32)),
  /** The private half, sealed (HPKE) to the public key of each user who holds the role. */
  members: v.array(member),
  /** Private halves of earlier versions, newest first, each sealed to the version after it. */
  earlier: v.array(v.strictObject({ version: v.number(), publicKey: bytes, enc: bytes, sealed: bytes })),
  /**
   * Versions that were followed by another while nobody was there who could pass on their private half: it is still
   * sealed to those who held the role and hold it. The next of them to sign in puts it among the earlier ones. Oldest first.
   */
  unchained: v.exactOptional(v.array(v.strictObject({ version: v.number(), publicKey: bytes, members: v.array(member) }))),
});

/** Longest name of a user. */
const NAME_MAX_LENGTH = 60;

/** Names are compared in this form; also the scope of the count of wrong tries. */
export const userNameKey = (name: string): string => name.trim().normalize("NFKC").toLowerCase();

/** As it is kept; null when it is empty or too long. */
export function tidyUserName(name: string): string | null {
  const tidy = name.normalize("NFC").replace(/[\p{Cc}\s]+/gu, " ").trim();
  return tidy === "" || tidy.length > NAME_MAX_LENGTH ? null : tidy;
}

/** Characters of a passphrase at least (NIST SP 800-63B-4, 3.1.1.2: 15 for a single factor). */
export const PASSPHRASE_MIN_LENGTH = 15;
const PASSPHRASE_MAX_LENGTH = 1_000;

export function isPassphrase(passphrase: string): boolean {
  return Array.from(passphrase.normalize("NFKC")).length >= PASSPHRASE_MIN_LENGTH && passphrase.length <= PASSPHRASE_MAX_LENGTH;
}

/** Whether somebody holds the role for good. */
export function isManned(users: Iterable<Pick<UserRecord, "status" | "grants">>, role: RoleName): boolean {
  for (const { status, grants } of users) if (status === "active" && grants.some((one) => one.role === role && one.expiresAt === null)) return true;
  return false;
}

export type Unlock = v.InferOutput<typeof unlock>;
export type UserRecord = v.InferOutput<typeof user> & { readonly grants: readonly Grant[] };
export type RoleRecord = v.InferOutput<typeof role>;

/** Reads an opened value; null when its shape is another. */
export function parseUser(value: unknown): UserRecord | null {
  const parsed = v.safeParse(user, value);
  return parsed.success ? parsed.output : null;
}

/** Reads an opened value; null when its shape is another. */
export function parseRole(value: unknown): RoleRecord | null {
  const parsed = v.safeParse(role, value);
  return parsed.success ? parsed.output : null;
}
