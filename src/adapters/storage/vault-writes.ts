import type { ContentKeyRow, GrantKey, GrantRow, KeysDatabase, RecordKeyRow, TemplateRow, TransportRow } from "./keys-database.ts";
import { grantKey } from "./grants.ts";

/** Rows handed to the database at a time: a longer list holds the page up while it is copied. */
export const BATCH = 50;

/** What a commit adds to the keys' bucket. */
export interface VaultRows {
  readonly recordKeys: readonly RecordKeyRow[];
  readonly templates: readonly TemplateRow[];
  readonly transports: readonly TransportRow[];
  readonly grants: readonly GrantRow[];
  readonly contentKeys: readonly ContentKeyRow[];
}

/** What it leaves behind there once it is durable. */
export interface VaultLeavings {
  readonly templates: readonly string[];
  readonly grants: readonly GrantKey[];
  /** Of papers that are gone, or sealed anew. */
  readonly contentKeys: readonly string[];
  /** Role and version whose grants are all there is from now on. */
  readonly replaced: readonly { readonly role: string; readonly version: number }[];
}

export function isEmpty(rows: VaultRows): boolean {
  return Object.values(rows).every((list: readonly unknown[]) => list.length === 0);
}

/** One strict transaction, before the one that makes the rows count. */
export async function writeRows(vault: KeysDatabase, rows: VaultRows): Promise<void> {
  const { recordKeys, templates, transports, grants, contentKeys } = vault;
  await vault.transaction("rw", [recordKeys, templates, transports, grants, contentKeys], async () => {
    for (let start = 0; start < rows.recordKeys.length; start += BATCH) await recordKeys.bulkPut(rows.recordKeys.slice(start, start + BATCH));
    await templates.bulkPut([...rows.templates]);
    await transports.bulkPut([...rows.transports]);
    for (let start = 0; start < rows.grants.length; start += BATCH) await grants.bulkPut(rows.grants.slice(start, start + BATCH));
    for (let start = 0; start < rows.contentKeys.length; start += BATCH) await contentKeys.bulkPut(rows.contentKeys.slice(start, start + BATCH));
  });
}

/** The commit came to nothing. What this leaves is swept at the next start. */
export async function takeBack(vault: KeysDatabase, rows: VaultRows): Promise<void> {
  const { recordKeys, templates, transports, grants, contentKeys } = vault;
  await vault.transaction("rw", [recordKeys, templates, transports, grants, contentKeys], async () => {
    await recordKeys.bulkDelete(rows.recordKeys.map(({ id }) => id));
    await templates.bulkDelete(rows.templates.map(({ id }) => id));
    await transports.bulkDelete(rows.transports.map(({ id }) => id));
    await grants.bulkDelete(rows.grants.map(grantKey));
    await contentKeys.bulkDelete(rows.contentKeys.map(({ id }) => id));
  });
}

/** Takes away what no longer counts. The next start does it, where this does not. */
export async function leaveBehind(vault: KeysDatabase, { templates, grants, contentKeys, replaced }: VaultLeavings): Promise<void> {
  await vault.transaction("rw", [vault.templates, vault.grants, vault.contentKeys, vault.transports], async () => {
    await vault.templates.bulkDelete([...templates]);
    await vault.grants.bulkDelete([...grants]);
    await vault.contentKeys.bulkDelete([...contentKeys]);
    for (const { role, version } of replaced) {
      await vault.grants.where("[role+version+person]").between([role, 0, ""], [role, version, ""], true, false).delete();
      await vault.transports.where("role").equals(role).filter((row) => row.version < version).delete();
    }
  });
}
