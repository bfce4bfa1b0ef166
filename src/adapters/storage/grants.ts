import { wrapKey } from "../crypto/record-keys.ts";
import { createTransport } from "../crypto/transport-keys.ts";
import { readersOf } from "../../domain/people/access.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { GrantKey, GrantRow, TransportRow } from "./keys-database.ts";
import { grantPlace } from "./role-ring.ts";
import { sideBySide } from "./side-by-side.ts";

/** Whose record keys each role is to be given, and which grants end. */
export interface GrantPlan {
  readonly wanted: ReadonlyMap<RoleRecord, readonly string[]>;
  /** Of people who are no longer the role's to read. */
  readonly withdrawn: readonly { readonly role: RoleRecord; readonly person: PersonId }[];
  /** Everything that was wrapped for an earlier version. */
  readonly replaced: readonly RoleRecord[];
}

export interface MadeGrants {
  readonly transports: readonly TransportRow[];
  readonly grants: readonly GrantRow[];
}

/** A record key as it is wrapped for others. */
export interface Transferable {
  readonly key: CryptoKey;
  readonly born: number;
}

export interface GrantMaker {
  readonly tenant: string;
  readonly epoch: number;
  /** Keyed hash of a role's id. */
  tag(role: RoleKeyId): Promise<string>;
  /** Null when the record key cannot be opened. */
  transferable(person: string): Promise<Transferable | null>;
}

/** What a change of people or roles does to who can read whom. */
export function planGrants(changed: { readonly people: readonly StoredPerson[]; readonly roles: readonly RoleRecord[] }, people: ReadonlyMap<PersonId, StoredPerson>, roles: ReadonlyMap<RoleKeyId, RoleRecord>): GrantPlan {
  const replaced = changed.roles.filter((role) => roles.get(role.id)?.version !== role.version);
  const renewed = new Set(replaced.map(({ id }) => id));
  const after = new Map([...roles, ...changed.roles.map((role) => [role.id, role] as const)]);
  const wanted = new Map<RoleRecord, string[]>();
  const want = (id: RoleKeyId, person: PersonId): void => {
    const role = after.get(id);
    if (role === undefined || renewed.has(id)) return;
    const list = wanted.get(role);
    if (list) list.push(person);
    else wanted.set(role, [person]);
  };
  const withdrawn: { readonly role: RoleRecord; readonly person: PersonId }[] = [];
  for (const { person } of changed.people) {
    const before = people.get(person.id)?.person.department;
    if (before === person.department) continue;
    const readers = readersOf(person.department);
    const had = before === undefined ? [] : readersOf(before);
    for (const id of readers) if (!had.includes(id)) want(id, person.id);
    for (const id of had) {
      const role = after.get(id);
      if (role && !readers.includes(id)) withdrawn.push({ role, person: person.id });
    }
  }
  if (replaced.length > 0) {
    const everybody = new Map([...people.values(), ...changed.people].map(({ person }) => [person.id, person.department] as const));
    for (const role of replaced) wanted.set(role, readableBy(role.id, everybody));
  }
  return { wanted, withdrawn, replaced };
}

/** The device's records with entry headers, and the people who are the role's to read. */
export function readableBy(role: RoleKeyId, departments: ReadonlyMap<PersonId, string>): string[] {
  const people: string[] = [DEVICE_RECORDS];
  for (const [id, department] of departments) if (readersOf(department).includes(role)) people.push(id);
  return people;
}

/** Wraps record keys for roles: one transport key for each, sealed to the role's public key, and under it each person's. */
export async function makeGrants(maker: GrantMaker, wanted: GrantPlan["wanted"]): Promise<MadeGrants> {
  const transports: TransportRow[] = [];
  const grants: GrantRow[] = [];
  for (const [role, people] of wanted) {
    const tag = await maker.tag(role.id);
    const target = { tenant: maker.tenant, id: crypto.randomUUID(), role: tag, version: role.version };
    const transport = await createTransport(target, role.publicKey, maker.epoch);
    transports.push({ id: target.id, role: tag, version: role.version, epoch: maker.epoch, ...transport.sealed });
    await sideBySide(people, async (person) => {
      const made = await maker.transferable(person);
      if (!made) return;
      const envelope = await wrapKey(maker.tenant, transport.key, grantPlace(tag, person), made.key);
      grants.push({ role: tag, version: role.version, person, born: made.born, transport: target.id, envelope });
    });
  }
  return { transports, grants };
}

export const grantKey = ({ role, version, person }: Pick<GrantRow, "role" | "version" | "person">): GrantKey => [role, version, person];
