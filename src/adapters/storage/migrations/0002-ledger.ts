import type { Dexie } from "dexie";

/**
 * Version 2: users, roles, the log's tiles and its witnesses. Record keys and templates lie in the bucket of their epoch
 * from now on; their tables here stay for what an older store has not moved yet, and are empty afterwards.
 */
export function version2(database: Dexie): void {
  database.version(2).stores({
    users: "id",
    roles: "id",
    templatePointers: "personId",
    tiles: "index",
    checkpoints: "size",
    cosignatures: "[witness+size]",
  });
}
