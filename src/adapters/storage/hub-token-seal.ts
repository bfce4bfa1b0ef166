import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import type { TokenSeal } from "../sync/sync-store.ts";
import type { BucketNames } from "./bucket.ts";
import { withDevice } from "./device-database.ts";

const PLACE: Place = { store: "sync", recordId: "pairing", schema: 1 };
/** The key is the device's, of no epoch: the service worker has to open the token without the records' keys. */
const NO_EPOCH = 0;
const KEY_ID = "hub-token";

/** Seals the hub's token by a key in the bucket of the device's own keys, made when it is first needed. */
export class HubTokenSeal implements TokenSeal {
  #key: Promise<{ readonly tenant: string; readonly key: NamedKey }> | null = null;

  constructor(private readonly names: Pick<BucketNames, "device">) {}

  async seal(token: string): Promise<Uint8Array> {
    const { tenant, key } = await this.#named();
    return sealRecord(tenant, key, PLACE, new TextEncoder().encode(token));
  }

  async open(sealed: Uint8Array): Promise<string | null> {
    const { tenant, key } = await this.#named();
    const opened = await openRecord(tenant, key, PLACE, sealed);
    return opened.ok ? new TextDecoder().decode(opened.value) : null;
  }

  #named(): Promise<{ readonly tenant: string; readonly key: NamedKey }> {
    this.#key ??= this.#find().catch((error: unknown) => {
      this.#key = null;
      throw error;
    });
    return this.#key;
  }

  async #find(): Promise<{ readonly tenant: string; readonly key: NamedKey }> {
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return withDevice(this.names, (database) =>
      database.transaction("rw", database.items, async () => {
        const [identity, kept] = await database.items.bulkGet(["identity", "hub-token-key"]);
        if (identity?.id !== "identity") throw new Error("no device keys");
        const key = kept?.id === "hub-token-key" ? kept.key : made;
        if (key === made) await database.items.put({ id: "hub-token-key", key });
        return { tenant: identity.tenant, key: { id: KEY_ID, epoch: NO_EPOCH, key } };
      }),
    );
  }
}
