import type { DatabaseHome } from "../storage/bucket.ts";

/** A database of the backup's own: few stores, every write strict. */
export class Rows {
  private constructor(private readonly database: IDBDatabase) {}

  static open(home: DatabaseHome, name: string, stores: Readonly<Record<string, readonly { readonly name: string; readonly on: string }[]>>): Promise<Rows> {
    const request = home.indexedDB.open(home.databaseName(name), 1);
    request.onupgradeneeded = () => {
      for (const [store, indices] of Object.entries(stores)) {
        const made = request.result.createObjectStore(store);
        for (const index of indices) made.createIndex(index.name, index.on);
      }
    };
    return new Promise((resolve, reject) => {
      request.onsuccess = () => {
        // Whoever deletes the database does not wait for this tab.
        request.result.onversionchange = () => request.result.close();
        resolve(new Rows(request.result));
      };
      request.onerror = () => reject(request.error ?? new Error("not opened"));
    });
  }

  /** Whether the database was made with such a store: an earlier version may have left it. */
  has(store: string): boolean {
    return this.database.objectStoreNames.contains(store);
  }

  get(store: string, key: IDBValidKey): Promise<unknown> {
    return this.#read(store, (rows) => rows.get(key));
  }

  all(store: string, keys?: IDBKeyRange, count?: number): Promise<readonly unknown[]> {
    return this.#read(store, (rows) => rows.getAll(keys, count));
  }

  byIndex(store: string, index: string, keys: IDBKeyRange): Promise<readonly unknown[]> {
    return this.#read(store, (rows) => rows.index(index).getAll(keys));
  }

  count(store: string): Promise<number> {
    return this.#read(store, (rows) => rows.count());
  }

  keys(store: string): Promise<readonly IDBValidKey[]> {
    return this.#read(store, (rows) => rows.getAllKeys());
  }

  /** All of it, or none. */
  write(puts: readonly { readonly store: string; readonly key: IDBValidKey; readonly value: unknown }[], deletes: readonly { readonly store: string; readonly key: IDBValidKey | IDBKeyRange }[] = []): Promise<void> {
    const stores = [...new Set([...puts, ...deletes].map(({ store }) => store))];
    if (stores.length === 0) return Promise.resolve();
    const transaction = this.database.transaction(stores, "readwrite", { durability: "strict" });
    for (const { store, key } of deletes) transaction.objectStore(store).delete(key);
    for (const { store, key, value } of puts) transaction.objectStore(store).put(value, key);
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("not written"));
    });
  }

  close(): void {
    this.database.close();
  }

  #read<T>(store: string, ask: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const request = ask(this.database.transaction(store, "readonly").objectStore(store));
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("not read"));
    });
  }
}
