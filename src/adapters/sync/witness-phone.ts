import type { PhoneStore } from "../../app/audit/phone-witness.ts";
import { parseCoSignature } from "../../domain/log/statements.ts";
import type { CoSignature } from "../../domain/log/types.ts";

const ES256: EcKeyGenParams & EcdsaParams = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const KEY = "own";

/** {@link PhoneStore} in a database of its own: a phone has no other part of the app. */
export class PhoneDatabase implements PhoneStore {
  readonly #name: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name = "clockface-witness") {
    this.#name = name;
  }

  async key(): ReturnType<PhoneStore["key"]> {
    let pair = (await this.#read("keys", KEY)) as CryptoKeyPair | undefined;
    if (pair === undefined) {
      const made = await crypto.subtle.generateKey(ES256, false, ["sign", "verify"]);
      // Another tab may have been first: what lies there counts.
      await this.#write("keys", KEY, made, true);
      pair = ((await this.#read("keys", KEY)) as CryptoKeyPair | undefined) ?? made;
    }
    const { publicKey, privateKey } = pair;
    return {
      publicKey: new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)),
      sign: async (bytes) => new Uint8Array(await crypto.subtle.sign(ES256, privateKey, bytes)),
    };
  }

  async latest(device: string): Promise<CoSignature | null> {
    return parseCoSignature(await this.#read("signed", device));
  }

  async all(): Promise<readonly CoSignature[]> {
    const database = await this.#open();
    const rows = (await done(database.transaction("signed").objectStore("signed").getAll())) as readonly unknown[];
    return rows.flatMap((row) => parseCoSignature(row) ?? []);
  }

  async keep(coSignature: CoSignature): Promise<void> {
    await this.#write("signed", coSignature.device, coSignature, false);
  }

  async close(): Promise<void> {
    (await this.#database)?.close();
    this.#database = null;
  }

  async #read(store: string, key: string): Promise<unknown> {
    const database = await this.#open();
    return done(database.transaction(store).objectStore(store).get(key));
  }

  async #write(store: string, key: string, value: unknown, onlyNew: boolean): Promise<void> {
    const transaction = (await this.#open()).transaction(store, "readwrite", { durability: "strict" });
    const rows = transaction.objectStore(store);
    if (!onlyNew || (await done(rows.count(key))) === 0) rows.put(value, key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise((resolve, reject) => {
      const opening = indexedDB.open(this.#name, 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore("keys");
        opening.result.createObjectStore("signed");
      };
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error("not opened"));
    });
    return this.#database;
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("failed"));
  });
}

/** The camera that looks away from whoever holds the phone; null where there is none or it may not be used. */
export async function openRearCamera(): Promise<MediaStream | null> {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 960 } } });
  } catch {
    return null;
  }
}
