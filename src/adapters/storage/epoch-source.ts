import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { PunchDatabase } from "./database.ts";
import type { EpochSource } from "./epoch-turn.ts";
import type { KeysDatabase } from "./keys-database.ts";

/**
 * What the next epoch takes along. Every record key, also of somebody whose row cannot be read at the moment: the entries
 * in the log still can. Of the templates only those in force, and as they are in memory where they are there: the start may
 * have found a row damaged that lies together with the others too.
 */
export async function sourceOf(vault: KeysDatabase, database: PunchDatabase, { templates: held, templateIds }: { readonly templates: ReadonlyMap<PersonId, SealedTemplate>; readonly templateIds: ReadonlyMap<PersonId, string> }): Promise<EpochSource> {
  const [recordKeys, templates, sealed, contentKeys] = await vault.transaction("r", [vault.recordKeys, vault.templates, vault.sealed, vault.contentKeys], () => Promise.all([vault.recordKeys.toArray(), vault.templates.toArray(), vault.sealed.toArray(), vault.contentKeys.toArray()]));
  const inForce = new Set((await database.templatePointers.toArray()).map(({ templateId }) => templateId));
  const inMemory = new Map([...templateIds].map(([personId, id]) => [id, held.get(personId)]));
  return { recordKeys, templates: templates.filter(({ id }) => inForce.has(id)).map((row) => ({ id: row.id, template: inMemory.get(row.id) ?? row.template })), sealed, contentKeys };
}
