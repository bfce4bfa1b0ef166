declare module "pouchdb-node" {
  export interface PouchDocument {
    readonly _id: string;
    readonly _rev?: string;
    readonly [field: string]: unknown;
  }

  export interface PouchDatabase {
    info(): Promise<{ readonly doc_count: number; readonly update_seq: number }>;
    get(id: string): Promise<PouchDocument>;
    put(document: PouchDocument): Promise<{ readonly ok: boolean; readonly id: string; readonly rev: string }>;
    allDocs(options: { readonly include_docs: boolean; readonly startkey?: string; readonly endkey?: string }): Promise<{
      readonly rows: readonly { readonly id: string; readonly doc?: PouchDocument }[];
    }>;
    close(): Promise<void>;
  }

  export interface PouchConstructor {
    new (name: string): PouchDatabase;
    defaults(options: { readonly prefix: string; readonly db: unknown }): PouchConstructor;
  }

  const PouchDB: PouchConstructor;
  export default PouchDB;
}

declare module "express-pouchdb" {
  import type { IncomingMessage, ServerResponse } from "node:http";
  import type { PouchConstructor } from "pouchdb-node";

  export interface PouchApplication {
    (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
    setPouchDB(constructor: PouchConstructor): Promise<void>;
  }

  export default function expressPouchDB(options: {
    readonly mode: "minimumForPouchDB" | "fullCouchDB";
    readonly overrideMode?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  }): PouchApplication;
}

declare module "leveldown" {
  type Callback = (error?: Error) => void;

  export interface LevelDown {
    _put(key: unknown, value: unknown, options: object, callback: Callback): void;
    _del(key: unknown, options: object, callback: Callback): void;
    _batch(operations: unknown, options: object, callback: Callback): void;
  }

  export default function leveldown(location: string): LevelDown;
}
