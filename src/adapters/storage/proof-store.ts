import type { RecordRing } from "../../app/ports/store.ts";
import type { ProofStore } from "../../app/ports/proof.ts";
import type { PackedEntry } from "../../domain/log/package.ts";
import type { TreeReader } from "../../domain/log/proofs.ts";
import type { Checkpoint, CoSignature, Frontier } from "../../domain/log/types.ts";
import type { PunchDatabase } from "./database.ts";
import type { EntryKeys, KeyRing } from "./key-ring.ts";
import { openEntry } from "./log-codec.ts";
import { headOf } from "./log-head.ts";
import { RoleRing } from "./role-ring.ts";
import { sideBySide } from "./side-by-side.ts";

/** {@link ProofStore} on the store's own tables. */
export class StoredProof implements ProofStore {
  readonly #database: PunchDatabase;
  readonly #ring: KeyRing;
  readonly #lockName: string;
  #queue: Promise<unknown> = Promise.resolve();
  #coSignatures: readonly CoSignature[] = [];

  constructor(database: PunchDatabase, ring: KeyRing, prefix = "") {
    this.#database = database;
    this.#ring = ring;
    this.#lockName = `clockface-${prefix}proof`;
  }

  readonly tree: TreeReader = {
    leaves: async (from, to) => {
      const rows = await this.#database.log.where("seq").between(from + 1, to, true, true).toArray();
      return rows.flatMap(({ leaf }) => leaf ?? []);
    },
    tiles: async (from, to) => {
      const rows = await this.#database.tiles.where("index").between(from, to, true, false).toArray();
      return rows.map(({ hash }) => hash);
    },
  };

  async frontier(): Promise<Frontier | null> {
    const row = await this.#database.meta.get("head");
    if (row === undefined) return { size: 0, hashes: [] };
    return row.key === "head" && row.frontier !== undefined ? headOf(row).frontier : null;
  }

  checkpoints(): Promise<readonly Checkpoint[]> {
    return this.#database.checkpoints.orderBy("size").toArray();
  }

  async lastCheckpoint(): Promise<Checkpoint | null> {
    return (await this.#database.checkpoints.orderBy("size").last()) ?? null;
  }

  async keepCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#database.checkpoints.put(checkpoint);
  }

  /** Read again only when there are others: they are asked for with every entry, and grow to thousands. */
  async coSignatures(): Promise<readonly CoSignature[]> {
    const { cosignatures } = this.#database;
    if ((await cosignatures.count()) !== this.#coSignatures.length) this.#coSignatures = (await cosignatures.toArray()).sort((a, b) => a.size - b.size);
    return this.#coSignatures;
  }

  async keepCoSignature(coSignature: CoSignature): Promise<void> {
    await this.#database.cosignatures.put(coSignature);
  }

  async entriesAfter(seq: number, limit: number, ring?: RecordRing): Promise<readonly PackedEntry[]> {
    if (ring !== undefined && !(ring instanceof RoleRing)) throw new Error("a ring of another store");
    const keys: EntryKeys = ring ?? this.#ring;
    const rows = await this.#database.log.where("seq").above(seq).limit(limit).toArray();
    const packed: PackedEntry[] = [];
    await sideBySide(rows, async (row) => {
      const opened = await openEntry(keys, row);
      if (!opened.ok) {
        if (row.leaf !== undefined) packed.push({ seq: row.seq, leaf: row.leaf, header: null, content: null });
        return;
      }
      const { entry, headerBytes, salt, bodyBytes } = opened.value;
      packed.push({ seq: row.seq, leaf: row.leaf ?? entry.leaf, header: headerBytes, content: salt === null || bodyBytes === null ? null : { salt, body: bodyBytes } });
    });
    return packed.sort((a, b) => a.seq - b.seq);
  }

  async recall(key: string): Promise<unknown> {
    return (await this.#database.sync.get(key))?.value;
  }

  async remember(key: string, value: unknown): Promise<void> {
    await this.#database.sync.put({ key, value });
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    const { locks } = navigator as { readonly locks?: LockManager };
    const turn = this.#queue.then(() => (locks ? locks.request(this.#lockName, work) : work()));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}
