import { mkdirSync } from "node:fs";
import { join } from "node:path";

import expressPouchDB, { type PouchApplication } from "express-pouchdb";
import leveldown, { type LevelDown } from "leveldown";
import PouchDB, { type PouchDatabase } from "pouchdb-node";

import { HubError, type DataFolder } from "./data-folder.ts";
import { appendOnlyDesign } from "./validation.ts";

/** LevelDB that answers only after the disk has: PouchDB has no option of its own for it. */
function durableLevel(location: string): LevelDown {
  const level = leveldown(location);
  const [put, del, batch] = [level._put, level._del, level._batch];
  level._put = (key, value, options, callback) => put.call(level, key, value, { ...options, sync: true }, callback);
  level._del = (key, options, callback) => del.call(level, key, { ...options, sync: true }, callback);
  level._batch = (operations, options, callback) => batch.call(level, operations, { ...options, sync: true }, callback);
  return level;
}

export interface Store {
  /** Answers CouchDB's HTTP protocol, with no check of who asks: the front door's business. */
  readonly couch: PouchApplication;
  readonly up: PouchDatabase;
  close(): Promise<void>;
}

async function keepDesign(database: PouchDatabase): Promise<void> {
  const wanted = appendOnlyDesign();
  const stored = await database.get(wanted._id).catch(() => null);
  if (stored?.["validate_doc_update"] === wanted.validate_doc_update) return;
  await database.put(stored?._rev === undefined ? wanted : { ...wanted, _rev: stored._rev });
}

/**
 * Opens the site's databases (`up-<site>`, `down-<site>`) and puts the validation function in place.
 * @throws HubError when another process has them open.
 */
export async function openStore(folder: DataFolder): Promise<Store> {
  mkdirSync(folder.databases, { recursive: true, mode: 0o700 });
  const names = [`up-${folder.site}`, `down-${folder.site}`] as const;
  const Pouch = PouchDB.defaults({ prefix: join(folder.databases, "/"), db: durableLevel });
  const probe = new Pouch(names[0]);
  try {
    await probe.info();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/lock/i.test(message)) throw new HubError(`Another hub is using ${folder.path}. Stop it, or give this one another folder with --data.`, { cause });
    throw new HubError(`The database in ${folder.path} cannot be opened: ${message}`, { cause });
  }
  const couch = expressPouchDB({ mode: "minimumForPouchDB", overrideMode: { include: ["validation"], exclude: ["compression"] } });
  await couch.setPouchDB(Pouch);
  // express-pouchdb lists the databases that are opened after it was given the constructor.
  const [up, down] = [new Pouch(names[0]), new Pouch(names[1])];
  await Promise.all([up.info(), down.info()]);
  await keepDesign(up);
  return {
    couch,
    up,
    async close() {
      await Promise.all([up.close(), down.close()]);
    },
  };
}
