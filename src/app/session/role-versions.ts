import { inForce, roleKeyId } from "../../domain/people/access.ts";
import type { RoleKeyId, UserId } from "../../domain/people/access.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import type { OpenedRoleKey } from "../ports/store.ts";
import type { RoleKeys } from "../ports/user-keys.ts";

/**
 * The role keys that follow from who holds what: a role that somebody lost has a new version, which they are not given;
 * one that somebody was given is sealed to them, or is made anew where nobody here could pass it on.
 *
 * @param users all of them, as they will be
 * @returns the records that change
 */
export async function roleVersions(
  roleKeys: RoleKeys,
  roles: ReadonlyMap<RoleKeyId, RoleRecord>,
  users: Iterable<UserRecord>,
  held: readonly OpenedRoleKey[],
  now: EpochMs,
): Promise<readonly RoleRecord[]> {
  const holders = holdersOf(users, now);
  const changed: RoleRecord[] = [];
  for (const id of new Set([...roles.keys(), ...holders.keys()])) {
    const record = roles.get(id);
    const wanted = holders.get(id) ?? [];
    if (!record) {
      changed.push(await roleKeys.create(id, wanted));
      continue;
    }
    const had = new Set<UserId>(record.members.map((member) => member.user));
    const joined = wanted.filter((user) => !had.has(user.id));
    const lost = record.members.some((member) => !wanted.some((user) => user.id === member.user));
    const passable = held.some((key) => key.id === id && key.version === record.version);
    if (lost || (joined.length > 0 && !passable)) changed.push(await roleKeys.next(record, wanted, held));
    else if (joined.length > 0) {
      let next = record;
      for (const user of joined) next = await roleKeys.withMember(next, held, user);
      changed.push(next);
    }
  }
  return changed;
}

function holdersOf(users: Iterable<UserRecord>, now: EpochMs): ReadonlyMap<RoleKeyId, readonly UserRecord[]> {
  const holders = new Map<RoleKeyId, UserRecord[]>();
  for (const user of users) {
    if (user.status !== "active") continue;
    for (const grant of user.grants) {
      if (!inForce(grant, now)) continue;
      const id = roleKeyId(grant);
      holders.set(id, [...(holders.get(id) ?? []), user]);
    }
  }
  return holders;
}
