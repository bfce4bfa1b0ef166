import type { EntryRef } from "../../domain/attendance/engine/types.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { Paper } from "../ports/store.ts";

/** What an approval adds beside its own step. */
export interface Effects {
  readonly entries: readonly EntryDraft[];
  /** @param ref where the entry of that place among {@link entries} lies */
  readonly papers: (ref: (index: number) => EntryRef) => readonly Paper[];
  /** The first entry is what the request added. */
  readonly cited: boolean;
}

export const NONE: Effects = { entries: [], papers: () => [], cited: false };
