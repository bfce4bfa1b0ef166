import type { Standing } from "../../domain/attendance/standing.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import { Pauses } from "../../app/pauses.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { Place } from "../crypto/record-keys.ts";
import type { Held } from "./held.ts";
import type { EpochKeys } from "./key-store.ts";
import { GALLERY_FROM } from "./gallery-snapshot.ts";
import type { KeysDatabase, RosterChunkRow } from "./keys-database.ts";
import { decodeOrUndefined } from "./log-codec.ts";
import type { Head } from "./log-head.ts";

/** Fewer people than this are read one by one as fast. */
export const WORTH_A_SNAPSHOT = 500;
/** People in one envelope: opened in one go, without holding the page up. */
const PEOPLE_AT_ONCE = 250;
/** To be raised with every change of a person's or a standing's shape that is not only something more. */
const SCHEMA = 1;

/** Everybody as they were when the log had so many entries. */
export interface RosterSnapshot {
  readonly seq: number;
  /** Leaf hash of the entry with that number. */
  readonly leaf: Uint8Array;
  readonly people: readonly (readonly [StoredPerson, Standing | null])[];
}

const chunkPlace = ({ id, chunks, seq }: Pick<RosterChunkRow, "id" | "chunks" | "seq">): Place => ({ store: "roster", recordId: `${id}/${chunks}@${seq}`, schema: SCHEMA });

/**
 * Keeps everybody in a few envelopes under the epoch's key, beside the rows under their own: a start opens tens of them
 * in place of thousands. It lies in the keys' bucket and dies with the epoch, so that it keeps nobody who was erased.
 */
export async function writeSnapshot(tenant: string, { vault, epochKey }: EpochKeys, held: Held, { seq, leaf }: Head): Promise<void> {
  const people = [...held.people.values()];
  const chunks = Math.ceil(people.length / PEOPLE_AT_ONCE);
  const rows: RosterChunkRow[] = [];
  const pauses = new Pauses();
  for (let id = 0; id < chunks; id++) {
    const part = people.slice(id * PEOPLE_AT_ONCE, (id + 1) * PEOPLE_AT_ONCE).map((stored) => [stored, held.standings.get(stored.person.id) ?? null]);
    rows.push({ id, chunks, seq, leaf, envelope: await sealRecord(tenant, epochKey, chunkPlace({ id, chunks, seq }), canonicalBytes(part)) });
    await pauses.ifDue();
  }
  await vault.transaction("rw", vault.roster, async () => {
    await clearSnapshot(vault);
    await vault.roster.bulkPut(rows);
  });
}

/** Everybody is read from the rows until the next one is written. */
export async function clearSnapshot(vault: KeysDatabase): Promise<void> {
  await vault.roster.where("id").below(GALLERY_FROM).delete();
}

/** Null when there is none, or not a whole one: everybody is then read from the rows. */
export async function readSnapshot(tenant: string, { vault, epochKey }: EpochKeys): Promise<RosterSnapshot | null> {
  const rows = (await vault.roster.where("id").below(GALLERY_FROM).toArray()).filter((row) => "envelope" in row);
  const [first] = rows;
  if (!first || rows.length !== first.chunks) return null;
  const people: (readonly [StoredPerson, Standing | null])[] = [];
  const pauses = new Pauses();
  for (const row of rows) {
    if (row.seq !== first.seq) return null;
    const opened = await openRecord(tenant, epochKey, chunkPlace(row), row.envelope);
    const part = opened.ok ? decodeOrUndefined(opened.value) : undefined;
    if (!Array.isArray(part)) return null;
    // What the epoch's key sealed is what was written here: it is not taken apart again.
    people.push(...(part as [StoredPerson, Standing | null][]));
    await pauses.ifDue();
  }
  return { seq: first.seq, leaf: first.leaf, people };
}
