import type { Brand } from "../brand.ts";
import type { EpochMs } from "../clock.ts";

/** A random UUID of somebody who signs in to administration. */
export type UserId = Brand<string, "UserId">;

/** Employees are the fifth role: they have no user, and see their own record behind PIN or face. */
export type RoleName = "system-administrator" | "hr" | "supervisor" | "auditor";

export const ROLE_NAMES: readonly RoleName[] = ["system-administrator", "hr", "supervisor", "auditor"];

/** Name of a role's key: one for each department of supervisors. */
export type RoleKeyId = "system-administrator" | "hr" | "auditor" | `supervisor:${string}`;

/** Longest time that an auditor's grant lasts, days: an audit is an occasion, not an office. */
export const AUDITOR_GRANT_DAYS_AT_MOST = 90;

/** What a user was given, by whom and until when. */
export interface Grant {
  readonly role: RoleName;
  /** Of a supervisor; absent for the other roles. */
  readonly department?: string;
  readonly grantedAt: EpochMs;
  /** `user` id, or `set-up`. */
  readonly grantedBy: string;
  /** Null for a grant without an end; an auditor's always has one. */
  readonly expiresAt: EpochMs | null;
}

/** Everything that administration can do, as far as rights tell it apart. */
export const OPERATIONS = [
  "people.read",
  "people.write",
  "people.pin",
  "people.consent",
  "people.enrol",
  "people.erase",
  "people.hold",
  "face.freeze",
  "face.release",
  "records.read",
  "records.export",
  "recognition.read",
  "settings.change",
  "device.read",
  "device.change",
  "sync.change",
  "users.read",
  "users.change",
  "roles.grant",
  "log.read",
  "audit.package",
  "backup.make",
  "backup.restore",
  "backup.drill",
  "certificates.read",
  "rules.read",
  "rules.change",
  "plans.read",
  "plans.change",
  "attendance.read",
  "requests.read",
  "requests.file",
  "requests.decide",
  "requests.special",
  "balances.change",
  "months.close",
  "notes.read",
  "notes.write",
  "punches.attest",
  "badges.issue",
  "feedback.read",
  "training.read",
  "compliance.read",
  "compliance.change",
  "compliance.export",
  "incidents.change",
  "face.switch",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** These ask for a second factor that was given within the last minutes. */
export const NEEDS_FRESH_FACTOR: ReadonlySet<Operation> = new Set<Operation>(["people.erase", "face.release", "records.export", "roles.grant", "users.change", "audit.package", "backup.make", "backup.restore", "rules.change", "months.close", "compliance.export", "face.switch"]);

/** These nobody does to the employee that they are, as long as somebody else is there who may. */
export const FOR_OTHERS: ReadonlySet<Operation> = new Set<Operation>(["people.pin", "plans.change", "balances.change", "months.close", "notes.write"]);

const MATRIX: Readonly<Record<RoleName, ReadonlySet<Operation>>> = {
  "system-administrator": new Set(["face.freeze", "face.release", "settings.change", "device.read", "device.change", "sync.change", "users.read", "users.change", "roles.grant", "log.read", "backup.make", "backup.restore", "backup.drill", "rules.read", "feedback.read", "training.read", "compliance.read", "compliance.change", "compliance.export", "incidents.change", "face.switch"]),
  hr: new Set([
    "people.read",
    "people.write",
    "people.pin",
    "people.consent",
    "people.enrol",
    "people.erase",
    "people.hold",
    "face.freeze",
    "face.release",
    "records.read",
    "records.export",
    "recognition.read",
    "device.read",
    "users.read",
    "roles.grant",
    "log.read",
    "certificates.read",
    "rules.read",
    "rules.change",
    "plans.read",
    "plans.change",
    "attendance.read",
    "requests.read",
    "requests.file",
    "requests.decide",
    "requests.special",
    "balances.change",
    "months.close",
    "notes.read",
    "notes.write",
    "punches.attest",
    "badges.issue",
    "feedback.read",
    "training.read",
    "compliance.read",
    "compliance.export",
    "incidents.change",
  ]),
  supervisor: new Set([
    "people.read",
    "face.freeze",
    "records.read",
    "records.export",
    "rules.read",
    "plans.read",
    "plans.change",
    "attendance.read",
    "requests.read",
    "requests.file",
    "requests.decide",
    "notes.read",
    "notes.write",
    "punches.attest",
  ]),
  auditor: new Set(["people.read", "records.read", "log.read", "audit.package", "users.read", "certificates.read", "rules.read", "plans.read", "attendance.read", "requests.read", "notes.read", "training.read", "compliance.read", "compliance.export"]),
};

/** Operations that reach one person at a time or a list of them: a supervisor's end at the department. */
const OF_PEOPLE: ReadonlySet<Operation> = new Set<Operation>([
  "people.read",
  "face.freeze",
  "records.read",
  "records.export",
  "plans.read",
  "plans.change",
  "attendance.read",
  "requests.read",
  "requests.file",
  "requests.decide",
  "notes.read",
  "notes.write",
  "punches.attest",
]);

export const inForce = (grant: Grant, now: EpochMs): boolean => grant.expiresAt === null || now < grant.expiresAt;

export function roleKeyId(grant: Pick<Grant, "role" | "department">): RoleKeyId {
  return grant.role === "supervisor" ? `supervisor:${grant.department ?? ""}` : grant.role;
}

/**
 * Whether one of the grants in force allows it.
 *
 * @param department of the person it is about; absent when it is about nobody in particular, or about a list that is cut
 *   to what the grants reach
 */
export function may(grants: readonly Grant[], operation: Operation, now: EpochMs, department?: string): boolean {
  return grants.some((grant) => {
    if (!inForce(grant, now) || !MATRIX[grant.role].has(operation)) return false;
    return grant.role !== "supervisor" || !OF_PEOPLE.has(operation) || department === undefined || department === grant.department;
  });
}

/** Which roles somebody with these grants may give: what one does not hold, one cannot hand on. HR hands on what reads records. */
export function mayGrant(grants: readonly Grant[], role: RoleName, now: EpochMs): boolean {
  const held = new Set(grants.filter((grant) => inForce(grant, now)).map((grant) => grant.role));
  return role === "system-administrator" ? held.has("system-administrator") : held.has("hr");
}

/** The keys whose holders can read a person of this department. A key that nobody holds need not exist. */
export function readersOf(department: string): readonly RoleKeyId[] {
  return ["hr", "auditor", `supervisor:${department}`];
}

/** One user holds a role once, for each department. */
export function sameRole(one: Pick<Grant, "role" | "department">, other: Pick<Grant, "role" | "department">): boolean {
  return roleKeyId(one) === roleKeyId(other);
}

/**
 * Whether later versions of the role's key pass the earlier ones on. What leaves the device is sealed to HR's for good;
 * everything else that a role reads is wrapped anew for each version.
 */
export const keepsEarlier = (id: RoleKeyId): boolean => id === "hr";

/** Roles that somebody always holds without an end: nobody could give them again. */
export const NEVER_EMPTY: readonly RoleName[] = ["system-administrator", "hr"];

/** Longest time to an auditor's end, milliseconds. */
export const AUDITOR_GRANT_MS_AT_MOST = AUDITOR_GRANT_DAYS_AT_MOST * 86_400_000;

/** Whether a grant of this kind can be made now: a department for supervisors alone, an end in the future, an auditor's within 90 days. */
export function isGrantable({ role, department, expiresAt }: Pick<Grant, "role" | "department" | "expiresAt">, now: EpochMs): boolean {
  if ((role === "supervisor") !== (department !== undefined)) return false;
  if (expiresAt !== null && expiresAt <= now) return false;
  return role !== "auditor" || (expiresAt !== null && expiresAt - now <= AUDITOR_GRANT_MS_AT_MOST);
}
