import type { PunchDatabase } from "./database.ts";
import type { EpochSource } from "./epoch-turn.ts";
import type { KeysDatabase } from "./keys-database.ts";

/**
 * What the next epoch takes along. Every record key, also of somebody whose row cannot be read at the moment: the entries
 * in the log still can. Of the templates only those in force.
 */
export async function sourceOf(vault: KeysDatabase, database: PunchDatabase): Promise<EpochSource> {
  const [recordKeys, templates, sealed] = await vault.transaction("r", [vault.recordKeys, vault.templates, vault.sealed], () => Promise.all([vault.recordKeys.toArray(), vault.templates.toArray(), vault.sealed.toArray()]));
  const inForce = new Set((await database.templatePointers.toArray()).map(({ templateId }) => templateId));
  return { recordKeys, templates: templates.filter(({ id }) => inForce.has(id)), sealed };
}
