import type { QuarantinedRow } from "../../app/ports/store.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { PunchDatabase } from "./database.ts";
import { storeFailure } from "./failures.ts";

/** A row of the store that is to be moved out of the way. */
export interface MovedRow {
  readonly table: "people" | "standings" | "templatePointers" | "users" | "roles" | "papers";
  readonly id: string;
}

/** Where rows go that cannot be read. */
export class Quarantine {
  constructor(
    private readonly database: PunchDatabase,
    private readonly now: () => EpochMs,
  ) {}

  async rows(): Promise<readonly QuarantinedRow[]> {
    const rows = await this.database.quarantine.toArray();
    return rows.map(({ store, id, kind, atMs }) => ({ store, id, kind, at: atMs as EpochMs }));
  }

  /**
   * Moves rows out of the way with everything they held, or only notes them when `moved` is empty. Told once. A disk too
   * full for that leaves the row where it is, out of use: it is met again at the next start.
   *
   * @param held what is kept of a row that lies elsewhere
   */
  async put(store: string, id: string, kind: string, moved: readonly MovedRow[] = [], held: unknown = null): Promise<void> {
    const { quarantine, people, standings, templatePointers, users, roles, papers } = this.database;
    const atMs = this.now();
    try {
      await this.database.transaction("rw", [quarantine, people, standings, templatePointers, users, roles, papers], async () => {
        const known = await quarantine.where("store").equals(store).filter((row) => row.id === id).count();
        if (known > 0 && moved.length === 0) return;
        const rows: unknown[] = [];
        for (const one of moved) {
          rows.push(await this.database.table(one.table).get(one.id));
          await this.database.table(one.table).delete(one.id);
        }
        await quarantine.add({ store, id, kind, atMs, row: held ?? rows[0] ?? null });
      });
    } catch (error) {
      if (storeFailure(error).kind !== "store/full") throw error;
    }
  }
}
