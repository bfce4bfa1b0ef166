import type { Clock, EpochMs } from "../../../domain/clock.ts";
import { appendLeaves, EMPTY_FRONTIER } from "../../../domain/log/merkle.ts";
import type { Frontier, Tile } from "../../../domain/log/types.ts";
import { deleteKeys } from "../bucket.ts";
import type { BucketNames } from "../bucket.ts";
import type { HeadRow, LogRow, PunchDatabase } from "../database.ts";
import { buildEpoch } from "../epoch-turn.ts";
import type { EpochTurn } from "../epoch-turn.ts";
import { KeyRing } from "../key-ring.ts";
import { loadDeviceKeys, moveEpochPointer } from "../key-store.ts";
import type { DeviceKeys } from "../key-store.ts";
import { openEntry } from "../log-codec.ts";
import { sideBySide } from "../side-by-side.ts";

/** Entries whose leaf hashes are worked out and written at a time. */
const BATCH = 500;

/** Where the taking over can be cut. */
export type TakeOverStep = "built" | "moved" | "leaves" | "done";

export interface TakeOverOptions {
  readonly database: PunchDatabase;
  readonly names: BucketNames;
  readonly clock: Pick<Clock, "wall">;
  /** Cuts it where it throws, for tests. */
  readonly atStep?: (step: TakeOverStep) => void;
}

/**
 * Takes a store over that was made in its first form, before anything else reads it: its record keys and templates go
 * into the bucket of another epoch, so that what is left of them in the old place opens with nothing; the log gets its
 * leaf hashes and its frontier. Does nothing in a store that has its second form. Cut at any point, the next start goes
 * on: until the last step the tables of the first form are there.
 */
export async function takeOverFirstStore(options: TakeOverOptions): Promise<void> {
  const { database, names, atStep } = options;
  if ((await database.recordKeys.count()) === 0) return;
  const first = await loadDeviceKeys(names);
  // Data without keys is for the caller to find.
  if (!first) return;
  const keys = (await first.vault.recordKeys.count()) > 0 ? first : await moveKeys(options, first);
  try {
    await addLeaves(database, new KeyRing(keys.tenant, keys));
    atStep?.("leaves");
    await finish(options, keys);
    atStep?.("done");
  } finally {
    keys.vault.close();
  }
}

/** Into the next epoch: the first one's key dies with its bucket. */
async function moveKeys({ database, names, clock, atStep }: TakeOverOptions, first: DeviceKeys): Promise<DeviceKeys> {
  const [recordKeys, templates] = await Promise.all([database.recordKeys.toArray(), database.templates.toArray()]);
  const turn: EpochTurn = { reason: "upgrade", withoutFaces: [], withoutRecords: [], from: first.epochKey.epoch, at: Math.round(clock.wall()) as EpochMs };
  const source = {
    recordKeys: recordKeys.map(({ id, epoch, envelope }) => ({ id, born: epoch, envelope })),
    templates: templates.map((template) => ({ id: crypto.randomUUID(), template })),
    sealed: [],
    contentKeys: [],
  };
  const built = await buildEpoch({ names, tenant: first.tenant, device: first.device, from: first.epochKey, source, turn, readable: new Map(), tag: () => Promise.reject(new Error("no roles yet")), guard: null, guardians: [] });
  atStep?.("built");
  await moveEpochPointer(names, built.keys.epochKey.epoch, turn.at);
  first.vault.close();
  atStep?.("moved");
  await deleteKeys(names, turn.from);
  return { ...first, ...built.keys };
}

/** The leaf hash of every entry, into its row. What was done before a cut is not done again. */
async function addLeaves(database: PunchDatabase, ring: KeyRing): Promise<void> {
  const last = await database.log.orderBy("seq").last();
  for (let from = 1; from <= (last?.seq ?? 0); from += BATCH) {
    const rows = await database.log.where("seq").between(from, from + BATCH - 1, true, true).toArray();
    const found: LogRow[] = [];
    await sideBySide(rows, async (row) => {
      const leaf = row.leaf ?? (await leafOf(database, ring, row));
      if (leaf && !row.leaf) found.push({ ...row, leaf });
    });
    if (found.length > 0) await database.log.bulkPut(found);
  }
}

/** From the entry itself; where that is damaged, the one after it names it, and the head the last. */
async function leafOf(database: PunchDatabase, ring: KeyRing, row: LogRow): Promise<Uint8Array<ArrayBuffer> | null> {
  const opened = await openEntry(ring, row);
  if (opened.ok) return new Uint8Array(opened.value.entry.leaf);
  const after = await database.log.get(row.seq + 1);
  const next = after ? await openEntry(ring, after) : null;
  if (next?.ok) return new Uint8Array(next.value.entry.header.prev);
  const head = await database.meta.get("head");
  return head?.key === "head" && head.seq === row.seq ? head.leaf : null;
}

/** One strict transaction: the second form, or still the first. */
async function finish({ database, clock }: TakeOverOptions, { vault }: DeviceKeys): Promise<void> {
  const moved = await vault.templates.toArray();
  const movedKeys = new Set(await vault.recordKeys.toCollection().primaryKeys());
  const { tiles, frontier } = await treeOf(database);
  const { recordKeys, templates, templatePointers, meta, quarantine } = database;
  await database.transaction("rw", [recordKeys, templates, templatePointers, meta, quarantine, database.tiles], async () => {
    const pointed = new Set(moved.map(({ template }) => template.personId));
    const atMs = Math.round(clock.wall());
    for (const row of await templates.toArray()) {
      if (!pointed.has(row.personId)) await quarantine.add({ store: "templates", id: row.personId, kind: "template/decryption-failed", atMs, row });
    }
    for (const row of await recordKeys.toArray()) {
      if (!movedKeys.has(row.id)) await quarantine.add({ store: "recordKeys", id: row.id, kind: "envelope/refused", atMs, row });
    }
    await templatePointers.bulkPut(moved.map(({ id, template }) => ({ personId: template.personId, templateId: id })));
    await database.tiles.bulkPut([...tiles]);
    const head = await meta.get("head");
    if (head?.key === "head" && frontier?.size === head.seq) await meta.put({ ...head, revision: 1, frontier: frontier.hashes.map((hash) => new Uint8Array(hash)) } satisfies HeadRow);
    else await meta.delete("head");
    await recordKeys.clear();
    await templates.clear();
  });
}

/** Null frontier where an entry is missing or cannot be told: the head is then made anew of what is there. */
async function treeOf(database: PunchDatabase): Promise<{ readonly frontier: Frontier | null; readonly tiles: readonly Tile[] }> {
  let frontier = EMPTY_FRONTIER;
  const tiles: Tile[] = [];
  for (;;) {
    const from = frontier.size + 1;
    const rows = await database.log.where("seq").between(from, from + BATCH - 1, true, true).toArray();
    const leaves = rows.flatMap((row, index) => (row.seq === from + index ? (row.leaf ?? []) : []));
    if (leaves.length < rows.length) return { frontier: null, tiles };
    if (leaves.length === 0) return { frontier, tiles };
    const added = appendLeaves(frontier, leaves);
    frontier = added.frontier;
    tiles.push(...added.tiles);
  }
}
