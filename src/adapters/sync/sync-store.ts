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

const pairingShape = v.strictObject({ hub: v.string(), site: v.string(), sealedToken: v.instance(Uint8Array) });
/** As earlier versions kept it. */
const clearPairingShape = v.strictObject({ hub: v.string(), site: v.string(), token: v.string() });
const standingShape = v.strictObject({ state: v.picklist(["idle", "waiting", "needs-token", "refused"]), failures: v.number(), nextAttemptAtMs: v.nullable(v.number()) });

/** Seals the token for this device. */
export interface TokenSeal {
  seal(token: string): Promise<Uint8Array>;
  /** Null when another key sealed it, or none that is left. */
  open(sealed: Uint8Array): Promise<string | null>;
}

export class SyncStore {
  constructor(
    private readonly rows: SyncRows,
    private readonly tokens: TokenSeal,
  ) {}

  /** With an empty token, which the hub refuses, when it cannot be opened any more: the tablet then asks to be paired again. */
  async pairing(): Promise<PairingText | null> {
    const value = (await this.rows.get(PAIRING))?.value;
    const clear = v.safeParse(clearPairingShape, value);
    if (clear.success) return this.#sealed(clear.output);
    const parsed = v.safeParse(pairingShape, value);
    if (!parsed.success) return null;
    const { hub, site, sealedToken } = parsed.output;
    return { hub, site, token: (await this.tokens.open(sealedToken)) ?? "" };
  }

  async keepPairing(pairing: PairingText): Promise<void> {
    await this.rows.put({ key: PAIRING, value: await this.#seal(pairing) });
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

  /** Puts the sealed token in place of one that an earlier version kept in clear. */
  async #sealed(pairing: PairingText): Promise<PairingText> {
    const value = await this.#seal(pairing);
    // Another tab may have been paired anew while this was sealed.
    const still = v.safeParse(clearPairingShape, (await this.rows.get(PAIRING))?.value);
    if (still.success && still.output.token === pairing.token) await this.rows.put({ key: PAIRING, value });
    return pairing;
  }

  async #seal({ hub, site, token }: PairingText): Promise<Omit<PairingText, "token"> & { readonly sealedToken: Uint8Array }> {
    return { hub, site, sealedToken: await this.tokens.seal(token) };
  }
}
