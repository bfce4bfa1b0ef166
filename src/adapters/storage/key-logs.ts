import { secondKeysThere } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import type { PunchDatabase } from "./database.ts";
import type { DeviceKeys } from "./key-store.ts";
import type { KeysDatabase } from "./keys-database.ts";
import { makeSecondKeys, openSecondKeys } from "./second-keys.ts";
import { FILL_BYTES, fillers } from "./turn-log.ts";

const NOTE = "keys-written";

export interface KeyKeeperOptions {
  readonly database: PunchDatabase;
  readonly names: BucketNames;
  readonly keys: () => DeviceKeys;
  /** Held by every page that may write keys. */
  readonly lock: string;
  /** See {@link FILL_BYTES}. */
  readonly fillBytes?: number;
}

/**
 * Writes keys into two buckets, one after the other, and sees to it that no power cut takes both.
 *
 * A cut in the middle of a write can leave the log of a bucket's database torn. The browser goes on behind the tear, even
 * by opening the database, and a start after that one finds a log with a bad record in it, takes the database for corrupt
 * and begins an empty one. At most one of the two is torn, because one is written after the other. Where keys were written
 * before this start, which a note beside the log tells, the first copy is read, the second is made anew in a new bucket
 * without having been opened, and only then the first one's log is begun anew. Until all of that is done no keys are
 * written: at any moment one of the copies is whole at the next start.
 */
export class KeyKeeper {
  readonly #options: KeyKeeperOptions;
  #begun: Promise<void> | null = null;
  /** Not done yet, or it failed: whoever writes keys tries again. */
  #owed = true;
  #second: KeysDatabase | null = null;
  #noted = false;
  #closed = false;
  #letGo: () => void = () => undefined;

  constructor(options: KeyKeeperOptions) {
    this.#options = options;
  }

  /** Puts both copies right, where this is the only page: another one has done it. Never rejects. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin();
    return this.#begun;
  }

  /**
   * To be awaited before anything is written into the keys' bucket.
   *
   * @throws when the disk has no room to put the copies right
   */
  async ready(): Promise<void> {
    await this.begin();
    if (this.#owed) await this.#putRight();
  }

  /** Durable in both copies, or not acknowledged. The work is done twice, on one and then on the other. */
  async write(work: (vault: KeysDatabase) => Promise<unknown>): Promise<void> {
    await this.note();
    await work(this.#options.keys().vault);
    const second = await this.#openSecond();
    if (second) await work(second);
  }

  /** Says that keys are written in this page life. */
  async note(): Promise<void> {
    await this.ready();
    if (this.#noted) return;
    await this.#options.database.sync.put({ key: NOTE, value: true });
    this.#noted = true;
  }

  /** Other keys are in force; their second copy is opened when it is needed. */
  forget(): void {
    this.#second?.close();
    this.#second = null;
  }

  close(): void {
    this.#closed = true;
    this.#letGo();
    this.forget();
  }

  async #begin(): Promise<void> {
    const { locks } = navigator as { readonly locks?: LockManager };
    const { lock } = this.#options;
    const attempt = (): Promise<void> => this.#putRight().catch(() => undefined);
    if (!locks) return attempt();
    await locks.request(lock, { ifAvailable: true }, async (alone) => {
      if (alone) await attempt();
      else this.#owed = false;
    });
    // From here on for as long as the page lives; waits for another page that is at it.
    await new Promise<void>((resolve, reject) => {
      locks
        .request(lock, { mode: "shared" }, () => {
          resolve();
          return this.#closed ? undefined : new Promise<void>((letGo) => (this.#letGo = letGo));
        })
        .catch(reject);
    }).catch(() => undefined);
  }

  async #putRight(): Promise<void> {
    if (this.#closed) return;
    const { database, names, keys } = this.#options;
    const { vault, epochKey, tenant, device } = keys();
    const written = (await database.sync.get(NOTE)) !== undefined;
    const second = (await secondKeysThere(names, epochKey.epoch)).length > 0 || !navigator.storageBuckets;
    if (!second || written) {
      // Of a second copy that is cut off in the making the next start must know.
      if (!written) await database.sync.put({ key: NOTE, value: true });
      if (!(await vault.keys.get("device"))) await vault.keys.put({ id: "device", tenant, device });
      this.forget();
      this.#keep(await makeSecondKeys(names, epochKey.epoch, vault));
    }
    if (written) {
      await vault.fill.bulkPut([...fillers(this.#options.fillBytes ?? FILL_BYTES)]);
      await vault.fill.clear();
    }
    await database.sync.delete(NOTE);
    this.#noted = false;
    this.#owed = false;
  }

  async #openSecond(): Promise<KeysDatabase | null> {
    const { names, keys } = this.#options;
    const { epochKey, vault } = keys();
    if (this.#second?.isOpen() !== true) this.#keep((await openSecondKeys(names, epochKey.epoch)) ?? (await makeSecondKeys(names, epochKey.epoch, vault)));
    return this.#second;
  }

  #keep(second: KeysDatabase | null): void {
    this.#second = second;
    if (!this.#closed) return;
    this.forget();
    throw new Error("closed meanwhile");
  }
}
