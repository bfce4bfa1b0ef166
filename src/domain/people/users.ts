import * as v from "valibot";
import type { EpochMs } from "../clock.ts";
import type { Grant, RoleKeyId, UserId } from "./access.ts";
import { secretHashSchema } from "./stored.ts";

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
});

const role = v.strictObject({
  id: v.pipe(v.string(), v.transform((id) => id as RoleKeyId)),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** X25519, 32 bytes: what the role may read is sealed to it. */
  publicKey: v.pipe(bytes, v.length(32)),
  /** The private half, sealed (HPKE) to the public key of each user who holds the role. */
  members: v.array(v.strictObject({ user: userId, enc: bytes, sealed: bytes })),
  /** Private halves of earlier versions, newest first, each sealed to the version after it. */
  earlier: v.array(v.strictObject({ version: v.number(), publicKey: bytes, enc: bytes, sealed: bytes })),
});

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
