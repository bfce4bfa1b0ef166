import { readersOf } from "../../domain/people/access.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import type { PunchDatabase } from "./database.ts";
import type { Held } from "./held.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { GrantKey, KeysDatabase } from "./keys-database.ts";

export interface TidyOptions {
  readonly database: PunchDatabase;
  readonly vault: KeysDatabase;
  readonly held: Held;
  readonly tag: (role: RoleKeyId) => Promise<string>;
}

/**
 * Takes away what a cut left in the keys' bucket: templates that no pointer names, and grants that should have ended with
 * a transfer or a role's version. Only while nobody writes. Record keys stay: a row that cannot be read now may be put back.
 */
export async function tidyVault({ database, vault, held, tag }: TidyOptions): Promise<void> {
  const [pointers, templates] = await Promise.all([database.templatePointers.toArray(), vault.templates.toCollection().primaryKeys()]);
  const inForce = new Set(pointers.map(({ templateId }) => templateId));
  await vault.templates.bulkDelete(templates.filter((id) => !inForce.has(id)));
  const roles = new Map<string, RoleRecord>();
  for (const role of held.roles.values()) roles.set(await tag(role.id), role);
  const grants = await vault.grants.toCollection().primaryKeys();
  await vault.grants.bulkDelete(grants.filter((key) => hasEnded(key, roles, held)));
}

function hasEnded([tag, version, person]: GrantKey, roles: ReadonlyMap<string, RoleRecord>, held: Held): boolean {
  const role = roles.get(tag);
  if (role?.version !== version) return true;
  const stored = person === DEVICE_RECORDS ? undefined : held.people.get(person as PersonId);
  return stored !== undefined && !readersOf(stored.person.department).includes(role.id);
}
