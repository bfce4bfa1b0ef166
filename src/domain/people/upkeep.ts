import type { EpochMs } from "../clock.ts";
import { inForce, NEVER_EMPTY, sameRole } from "./access.ts";
import type { Grant, UserId } from "./access.ts";
import { isManned } from "./users.ts";
import type { UserRecord } from "./users.ts";
import type { Person, PersonId } from "./types.ts";

/** A grant without use for so long is one to look at, milliseconds. */
export const NOT_USED_MS = 90 * 86_400_000;
/** A grant that ends within this is one to look at, milliseconds. */
export const ENDS_SOON_MS = 14 * 86_400_000;

export type EndReason = "revoked" | "expired" | "user-ended";

/** What time, or a change of people, did to a user's grants. */
export interface DueChange {
  readonly user: UserRecord;
  readonly ended: readonly { readonly grant: Grant; readonly reason: EndReason }[];
  readonly userEnded: boolean;
}

/** A user that has ended: nothing is left that opens the user's key. */
export function endedUser(user: UserRecord, at: EpochMs): UserRecord {
  return { ...user, status: "ended", endedAt: at, unlocks: [], totp: null, grants: [] };
}

/** Whether each role that somebody always holds is held after the change, unless it was not before. */
export function staysManned(before: ReadonlyMap<UserId, UserRecord>, changed: readonly UserRecord[]): boolean {
  const after = new Map([...before, ...changed.map((user) => [user.id, user] as const)]);
  return NEVER_EMPTY.every((role) => isManned(after.values(), role) || !isManned(before.values(), role));
}

/**
 * Grants whose time is over end; so does a user whose employee has left, and what a supervisor had for a department that
 * the employee was transferred out of. The last who runs the system, and the last of HR, keep these roles.
 */
export function dueChanges(users: ReadonlyMap<UserId, UserRecord>, people: ReadonlyMap<PersonId, { readonly person: Person }>, now: EpochMs): readonly DueChange[] {
  const due: DueChange[] = [];
  const standing = new Map(users);
  for (const user of users.values()) {
    if (user.status !== "active") continue;
    const change = dueChange(user, people, now, standing);
    if (!change) continue;
    standing.set(user.id, change.user);
    due.push(change);
  }
  return due;
}

function dueChange(user: UserRecord, people: ReadonlyMap<PersonId, { readonly person: Person }>, now: EpochMs, users: ReadonlyMap<UserId, UserRecord>): DueChange | null {
  const person = user.personId === undefined ? undefined : people.get(user.personId)?.person;
  const gone = user.personId !== undefined && person?.status !== "active";
  if (gone) {
    const ended = endedUser(user, now);
    if (staysManned(users, [ended])) return { user: ended, ended: user.grants.map((grant) => ({ grant, reason: "user-ended" })), userEnded: true };
  }
  const moved = person !== undefined && user.department !== undefined && user.department !== person.department;
  const reasonOf = (grant: Grant): EndReason | null => {
    if (!inForce(grant, now)) return "expired";
    if (gone && !(NEVER_EMPTY.includes(grant.role) && grant.expiresAt === null)) return "user-ended";
    return moved && grant.role === "supervisor" && grant.department === user.department ? "revoked" : null;
  };
  const ended = user.grants.flatMap((grant) => {
    const reason = reasonOf(grant);
    return reason ? [{ grant, reason }] : [];
  });
  if (ended.length === 0 && !moved) return null;
  const grants = user.grants.filter((grant) => !ended.some((one) => one.grant === grant));
  return { user: { ...user, grants, ...(moved ? { department: person.department } : {}) }, ended, userEnded: false };
}

export type StaleReason = "expired" | "ends-soon" | "not-used" | "department-gone" | "user-ended";

/** Why somebody should look at a grant; null when nobody need. */
export function staleReason(user: UserRecord, grant: Grant, people: ReadonlyMap<PersonId, { readonly person: Person }>, now: EpochMs): StaleReason | null {
  if (user.status === "ended" || (user.personId !== undefined && people.get(user.personId)?.person.status !== "active")) return "user-ended";
  if (!inForce(grant, now)) return "expired";
  if (grant.role === "supervisor" && ![...people.values()].some(({ person }) => person.status === "active" && person.department === grant.department)) return "department-gone";
  if (grant.expiresAt !== null && grant.expiresAt - now <= ENDS_SOON_MS) return "ends-soon";
  return now - Math.max(user.lastSignInAt ?? 0, grant.grantedAt) >= NOT_USED_MS ? "not-used" : null;
}

/** The user's grants with this one in place of an earlier one for the same role. */
export function withGrant(user: UserRecord, grant: Grant): UserRecord {
  return { ...user, grants: [...user.grants.filter((other) => !sameRole(other, grant)), grant] };
}
