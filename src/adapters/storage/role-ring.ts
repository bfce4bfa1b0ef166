import { unwrapKey } from "../crypto/record-keys.ts";
import type { NamedKey, OpenFailure, Place } from "../crypto/record-keys.ts";
import { openTransport } from "../crypto/transport-keys.ts";
import type { OpenedRoleKey, RecordRing } from "../../app/ports/store.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { EntryKeys } from "./key-ring.ts";
import type { GrantRow, KeysDatabase, TransportRow } from "./keys-database.ts";
import { sideBySide } from "./side-by-side.ts";

/** Sorts behind every id of a person. */
const LAST = "\uffff";

interface HeldRole {
  /** Keyed hash of the role's id, as rows name it. */
  readonly tag: string;
  readonly version: number;
  readonly privateKey: Uint8Array;
}

export const grantPlace = (role: string, person: string): Place => ({ store: "grants", recordId: `${person}:${role}`, schema: 1 });

/** The record keys that roles unwrap: each was wrapped for the role, and nothing else is in here. */
export class RoleRing implements RecordRing, EntryKeys {
  readonly #roles: readonly HeldRole[];
  readonly #transports = new Map<string, NamedKey | null>();
  readonly #keys = new Map<string, NamedKey>();
  readonly #reach = new Set<PersonId>();
  readonly #closed: (ring: RoleRing) => void;
  #open = true;

  constructor(
    readonly tenant: string,
    roles: readonly (Omit<OpenedRoleKey, "id"> & { readonly tag: string })[],
    closed: (ring: RoleRing) => void,
  ) {
    this.#roles = roles.map(({ tag, version, privateKey }) => ({ tag, version, privateKey: new Uint8Array(privateKey) }));
    this.#closed = closed;
  }

  get reach(): ReadonlySet<PersonId> {
    return this.#reach;
  }

  find(id: string): Promise<Result<NamedKey | null, OpenFailure>> {
    return Promise.resolve(ok(this.#keys.get(id) ?? null));
  }

  /** @param only these people; null for everybody */
  async read(vault: KeysDatabase, only: readonly string[] | null): Promise<void> {
    const found = await Promise.all(this.#roles.map((role) => grantsOf(vault, role, only)));
    const grants = found.flat();
    await this.#openTransports(vault, grants);
    const keys = new Map<string, NamedKey>();
    await sideBySide(grants, async (grant) => {
      const transport = this.#transports.get(grant.transport);
      if (!transport || keys.has(grant.person)) return;
      const key = await unwrapKey(this.tenant, transport, grantPlace(grant.role, grant.person), grant.envelope);
      if (key.ok) keys.set(grant.person, { id: grant.person, epoch: grant.born, key: key.value });
    });
    // Closed while it was being read: nothing is kept.
    if (!this.#open) return;
    for (const id of only ?? [...this.#keys.keys()]) this.#drop(id);
    for (const key of keys.values()) {
      this.#keys.set(key.id, key);
      if (key.id !== DEVICE_RECORDS) this.#reach.add(key.id as PersonId);
    }
  }

  close(): void {
    this.#open = false;
    this.#keys.clear();
    this.#reach.clear();
    this.#transports.clear();
    for (const { privateKey } of this.#roles) privateKey.fill(0);
    this.#closed(this);
  }

  #drop(id: string): void {
    this.#keys.delete(id);
    this.#reach.delete(id as PersonId);
  }

  async #openTransports(vault: KeysDatabase, grants: readonly GrantRow[]): Promise<void> {
    const missing = [...new Set(grants.map(({ transport }) => transport))].filter((id) => !this.#transports.has(id));
    const rows = (await vault.transports.bulkGet(missing)).filter((row) => row !== undefined);
    await sideBySide(rows, async (row) => {
      const role = this.#roles.find(({ tag, version }) => tag === row.role && version === row.version);
      if (role && this.#open) this.#transports.set(row.id, await openTransport(targetOf(this.tenant, row), role.privateKey, row, row.epoch));
    });
  }
}

const targetOf = (tenant: string, { id, role, version }: TransportRow): Parameters<typeof openTransport>[0] => ({ tenant, id, role, version });

async function grantsOf(vault: KeysDatabase, { tag, version }: HeldRole, only: readonly string[] | null): Promise<readonly GrantRow[]> {
  if (only === null) return vault.grants.where("[role+version+person]").between([tag, version, ""], [tag, version, LAST]).toArray();
  const rows = await vault.grants.bulkGet(only.map((person): [string, number, string] => [tag, version, person]));
  return rows.filter((row) => row !== undefined);
}
