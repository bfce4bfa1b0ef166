import type { Dexie } from "dexie";

/** Version 1: the first stores. A shipped version is never edited; a change is the next numbered file. */
export function version1(database: Dexie): void {
  database.version(1).stores({
    meta: "key",
    recordKeys: "id",
    people: "id, &numberTag",
    standings: "personId",
    templates: "personId",
    log: "seq, utcDay",
    segments: "_id, &firstSeq, state, [state+firstSeq]",
    lockouts: "scope",
    quarantine: "++index, store",
    sync: "key",
  });
}
