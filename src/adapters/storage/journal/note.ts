import type { FoundLoss } from "../../../app/ports/copies.ts";
import type { PunchDatabase } from "../database.ts";
import { storeFailure } from "../failures.ts";
import type { CopyPlace } from "./compare.ts";
import { COPIES_NOTE } from "./tables.ts";

/** What is remembered of the copies, in `meta` of the first one. */
export interface CopiesNote {
  /** Whether a second copy was complete before: an empty one was lost then. */
  readonly copied: boolean;
  /** Entries that neither copy has, told of already. */
  readonly lost: readonly number[];
  /** Quarantined rows, `store/id`, that the second copy could not help with. */
  readonly hopeless: readonly string[];
  /** To be told to an administrator. */
  readonly untold: readonly FoundLoss[];
  readonly scrubbedAtMs: number | null;
  /** Checkpoints up to this size are in the second copy with their co-signatures. */
  readonly provenUpTo: number;
  /** Up to here the first copy has what the second has, in files that no tear reaches; null where nothing was compared yet. */
  readonly sure: CopyPlace | null;
  /** Starts in a row at which the second copy's files could not be read. */
  readonly unreadable: number;
}

const NOTHING: CopiesNote = { copied: false, lost: [], hopeless: [], untold: [], scrubbedAtMs: null, provenUpTo: 0, sure: null, unreadable: 0 };

export async function readNote(database: PunchDatabase): Promise<CopiesNote> {
  const row = (await database.table<unknown, string>("meta").get(COPIES_NOTE)) as Partial<CopiesNote> | undefined;
  return { ...NOTHING, ...row };
}

/** A full disk leaves the note as it was: then the same is found and told again at the next start. */
export async function changeNote(database: PunchDatabase, change: (note: CopiesNote) => CopiesNote): Promise<void> {
  try {
    await database.transaction("rw", database.meta, async () => {
      const before = await readNote(database);
      const after = change(before);
      if (after !== before) await database.table<unknown, string>("meta").put({ ...after, key: COPIES_NOTE });
    });
  } catch (error) {
    if (storeFailure(error).kind !== "store/full") throw error;
  }
}
