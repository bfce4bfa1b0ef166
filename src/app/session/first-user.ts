import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { Grant, UserId } from "../../domain/people/access.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SecretsFailure } from "../ports/secrets.ts";
import type { OpenedUser } from "../ports/user-keys.ts";
import type { IdentityDependencies } from "./sessions.ts";

const BY_SET_UP = "set-up";

export interface FirstUser {
  readonly user: UserRecord;
  readonly opened: OpenedUser;
  readonly roles: readonly RoleRecord[];
  readonly entries: readonly EntryDraft[];
}

/**
 * The user that a site begins with: runs the system and is HR, until others are given these roles.
 *
 * @param hrPair the pair that HR's role begins with, where things were sealed to it before there were roles
 */
export async function firstUser(
  { store, secrets, userKeys, roleKeys }: IdentityDependencies,
  { name, passphrase }: { readonly name: string; readonly passphrase: string },
  hrPair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array } | null,
): Promise<Result<FirstUser, SecretsFailure>> {
  const id = secrets.randomId() as UserId;
  const addedAt = store.now().wallMs;
  const made = await userKeys.create({ id, name, passphrase, temporary: false, addedAt });
  if (!made.ok) return made;
  const grants: readonly Grant[] = (["system-administrator", "hr"] as const).map((role) => ({ role, grantedAt: addedAt, grantedBy: BY_SET_UP, expiresAt: null }));
  const user: UserRecord = { ...made.value.record, lastSignInAt: addedAt, grants: [...grants] };
  const roles = [await roleKeys.create("system-administrator", [user]), hrPair ? await roleKeys.adopt("hr", hrPair, [user]) : await roleKeys.create("hr", [user])];
  return ok({
    user,
    opened: made.value.opened,
    roles,
    entries: [
      { type: "user-added", subject: null, body: { user: id, name, by: BY_SET_UP } },
      ...grants.map(({ role }): EntryDraft => ({ type: "role-granted", subject: null, body: { user: id, role, expiresAt: null, by: BY_SET_UP } })),
    ],
  });
}
