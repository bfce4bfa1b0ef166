import type { Core } from "../../../src/adapters/storage/core.ts";
import type { LogRow } from "../../../src/adapters/storage/database.ts";
import { headOf, headRow } from "../../../src/adapters/storage/log-head.ts";
import { appendLeaves } from "../../../src/domain/log/merkle.ts";
import { value } from "./gallery.ts";

const ROWS_AT_ONCE = 5_000;
/** Bytes of a punch's row, as the store makes them. */
const ENVELOPE_BYTES = 640;
const LEAF_BYTES = 32;
const A_DAY = 10_000;
/** Real entries at the end: what the kiosk reads when it starts. */
const REAL = 3_200;

/**
 * Fills the log up with rows that look like entries and open with nothing, and with real ones at the end. What reads the
 * ends alone takes as long as in a log that grew; whatever would read the whole log fails loudly.
 *
 * @param open the core of a store that was set up; it is opened twice, because none follows a log that grows behind its back
 */
export async function seedLog(open: () => Promise<Core>, entries: number): Promise<void> {
  const first = await open();
  await fill(first, entries - REAL);
  first.close();
  const core = await open();
  const { store, copies } = core;
  const drafts = Array.from({ length: REAL }, () => ({ type: "attempt" as const, subject: null, body: { siteId: store.settings?.siteId ?? "", kind: "no-candidate" as const } }));
  value(await store.exclusively(() => store.commit({ entries: drafts })));
  if (copies.status.value.second === "filling") {
    await new Promise<void>((resolve) => copies.status.subscribe(({ second }) => second !== "filling" && resolve()));
  }
  core.close();
}

async function fill({ database }: Core, upTo: number): Promise<void> {
  const chance = crypto.getRandomValues(new Uint8Array(65_536));
  const stored = await database.meta.get("head");
  if (stored?.key !== "head") throw new Error("the store has no head");
  let head = headOf(stored);
  const today = Math.floor(Date.now() / 86_400_000);
  const firstDay = today - Math.ceil(upTo / A_DAY);
  while (head.seq < upTo) {
    const rows: LogRow[] = [];
    for (let seq = head.seq + 1; seq <= Math.min(head.seq + ROWS_AT_ONCE, upTo); seq++) {
      const at = (seq * 7919) % (chance.length - ENVELOPE_BYTES);
      const leaf = chance.slice(at, at + LEAF_BYTES);
      new DataView(leaf.buffer).setUint32(0, seq);
      rows.push({ seq, utcDay: firstDay + Math.floor(seq / A_DAY), envelope: chance.slice(at, at + ENVELOPE_BYTES), leaf });
    }
    const { frontier, tiles } = appendLeaves(head.frontier, rows.map(({ leaf }) => leaf ?? chance));
    const last = rows.at(-1);
    head = { ...head, seq: last?.seq ?? head.seq, leaf: last?.leaf ?? head.leaf, revision: head.revision + 1, frontier };
    await database.transaction("rw", [database.meta, database.log, database.tiles], async () => {
      await database.log.bulkPut(rows);
      await database.tiles.bulkPut([...tiles]);
      await database.meta.put(headRow(head));
    });
  }
}
