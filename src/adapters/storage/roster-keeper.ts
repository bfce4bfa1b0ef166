import { sameBytes } from "../../domain/people/secret-hash.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import type { PunchDatabase } from "./database.ts";
import type { Held } from "./held.ts";
import type { KeysDatabase } from "./keys-database.ts";
import type { DeviceKeys } from "./key-store.ts";
import type { Loader } from "./loader.ts";
import { subjectOf } from "./log-codec.ts";
import type { Head } from "./log-head.ts";
import { readSnapshot, WORTH_A_SNAPSHOT, writeSnapshot } from "./roster-snapshot.ts";
import type { RosterSnapshot } from "./roster-snapshot.ts";
import { isOutdated, readGallery, writeGallery } from "./gallery-snapshot.ts";
import { sideBySide } from "./side-by-side.ts";

/** Entries after which the snapshot is made anew at the next quiet moment. */
const SNAPSHOT_EVERY = 200;

export interface RosterKeeperOptions {
  readonly database: PunchDatabase;
  readonly keys: () => DeviceKeys;
  readonly deviceRecords: NamedKey;
  readonly loader: Loader;
  readonly held: Held;
}

/** Brings everybody into memory at the start, from the snapshot where it can be brought up to date. */
export class RosterKeeper {
  /** Length of the log when the snapshot was made; null without one. */
  #seq: number | null = null;
  /** Ids of the templates' rows that lie together, and where. */
  #together: { readonly vault: KeysDatabase; readonly ids: ReadonlySet<string> } | null = null;

  constructor(private readonly options: RosterKeeperOptions) {}

  async load(head: Head): Promise<void> {
    const { keys, loader } = this.options;
    const snapshot = await readSnapshot(keys().tenant, keys());
    const changed = snapshot ? await this.#changedSince(snapshot, head) : null;
    if (snapshot && changed) {
      const { vault } = keys();
      const gallery = await readGallery(vault);
      this.#together = { vault, ids: new Set(gallery.keys()) };
      await loader.fromSnapshot(snapshot, changed, gallery);
    } else await loader.people(null);
    this.#seq = changed ? (snapshot?.seq ?? null) : null;
  }

  /** Makes the snapshot anew, where the log has gone on. Only while nobody writes. */
  async keep(head: Head): Promise<void> {
    const { keys, held } = this.options;
    if (held.people.size < WORTH_A_SNAPSHOT) return;
    await this.#keepTogether();
    if (this.#seq !== null && head.seq - this.#seq < SNAPSHOT_EVERY) return;
    await writeSnapshot(keys().tenant, keys(), held, head);
    this.#seq = head.seq;
  }

  /** There is none any more, or it counts for nothing. */
  forget(): void {
    this.#seq = null;
  }

  async #keepTogether(): Promise<void> {
    const { keys, held } = this.options;
    const { vault } = keys();
    const ids = this.#together?.vault === vault ? this.#together.ids : new Set<string>();
    if (isOutdated(ids, held)) this.#together = { vault, ids: await writeGallery(vault, held) };
  }

  /** Null when the log does not go on from the snapshot, or has gone on for so long that reading everybody is faster. */
  async #changedSince({ seq, leaf, people }: RosterSnapshot, head: Head): Promise<readonly PersonId[] | null> {
    const { database, deviceRecords, keys } = this.options;
    if (seq > head.seq || head.seq - seq > people.length) return null;
    const last = await database.log.get(seq);
    if (!last?.leaf || !sameBytes(last.leaf, leaf)) return null;
    const rows = await database.log.where("seq").above(seq).toArray();
    const subjects = new Set<PersonId>();
    const unread: number[] = [];
    await sideBySide(rows, async (row) => {
      const subject = await subjectOf(keys().tenant, deviceRecords, row);
      if (subject === undefined) unread.push(row.seq);
      else if (subject !== null) subjects.add(subject);
    });
    return unread.length === 0 && rows.length === head.seq - seq ? [...subjects] : null;
  }
}
