import * as v from "valibot";
import { AT_REST } from "./back-off.ts";
import type { Standing } from "./back-off.ts";
import type { PairingText } from "./pairing-text.ts";

/** Where the sync engine keeps what every tab and the service worker must agree on. */
export interface SyncRows {
  get(key: string): PromiseLike<{ readonly value: unknown } | undefined>;
  put(row: { readonly key: string; readonly value: unknown }): PromiseLike<unknown>;
  delete(key: string): PromiseLike<unknown>;
}

const PAIRING = "pairing";
const STANDING = "standing";
const LAST_SUCCESS = "last-success";

const pairingShape = v.strictObject({ hub: v.string(), site: v.string(), token: v.string() });
const standingShape = v.strictObject({ state: v.picklist(["idle", "waiting", "needs-token", "refused"]), failures: v.number(), nextAttemptAtMs: v.nullable(v.number()) });

/**
 * The token lies here in clear: whoever can read this device's disk has its signing key beside it, and a token ends
 * after 30 days or when it is taken back.
 */
export class SyncStore {
  constructor(private readonly rows: SyncRows) {}

  async pairing(): Promise<PairingText | null> {
    const parsed = v.safeParse(pairingShape, (await this.rows.get(PAIRING))?.value);
    return parsed.success ? parsed.output : null;
  }

  async keepPairing(pairing: PairingText): Promise<void> {
    await this.rows.put({ key: PAIRING, value: pairing });
    await this.rows.put({ key: STANDING, value: AT_REST });
  }

  async forgetPairing(): Promise<void> {
    await this.rows.delete(PAIRING);
    await this.rows.put({ key: STANDING, value: AT_REST });
  }

  async standing(): Promise<Standing> {
    const parsed = v.safeParse(standingShape, (await this.rows.get(STANDING))?.value);
    return parsed.success ? parsed.output : AT_REST;
  }

  async keepStanding(standing: Standing): Promise<void> {
    await this.rows.put({ key: STANDING, value: standing });
  }

  /** Wall time of the last attempt that settled everything; null before the first. */
  async lastSuccessAtMs(): Promise<number | null> {
    const value = (await this.rows.get(LAST_SUCCESS))?.value;
    return typeof value === "number" ? value : null;
  }

  async keepLastSuccess(atMs: number): Promise<void> {
    await this.rows.put({ key: LAST_SUCCESS, value: atMs });
  }
}
