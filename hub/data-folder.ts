import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from "jose";
import { number, object, parse, pipe, record, regex, string, type InferOutput } from "valibot";

const SITE_NAME = /^[a-z][a-z0-9-]{0,39}$/;

const Settings = object({ site: pipe(string(), regex(SITE_NAME)) });
const Revoked = record(string(), number());

/** A reason to stop that the person at the terminal can act on. */
export class HubError extends Error {
  override readonly name = "HubError";
}

/** Written beside and renamed, so that a stop in the middle leaves the old file or the new one. */
export function replaceFile(path: string, text: string, mode: number): void {
  const beside = `${path}.new`;
  const file = openSync(beside, "w", mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new HubError(`${path} cannot be read as JSON. Put it back from a copy of the data folder.`, { cause });
  }
}

/**
 * The hub's folder: its site, its signing key (ES256, readable by its owner alone), the tokens taken back, and the databases.
 * The hub and its commands may have it open at the same time; only the hub opens the databases.
 */
export class DataFolder {
  readonly path: string;
  readonly site: string;
  readonly publicKey: CryptoKey;
  readonly #privateKey: CryptoKey;
  #revoked: { readonly version: number; readonly since: Readonly<InferOutput<typeof Revoked>> } = { version: -1, since: {} };

  private constructor(path: string, site: string, privateKey: CryptoKey, publicKey: CryptoKey) {
    this.path = path;
    this.site = site;
    this.#privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /**
   * Opens the folder and makes what is missing. `site` names a new hub's site; an existing hub keeps its own.
   * @throws HubError when a file is damaged, the folder cannot be written, or the site is another.
   */
  static async open(path: string, site?: string): Promise<DataFolder> {
    if (site !== undefined && !SITE_NAME.test(site)) {
      throw new HubError(`"${site}" cannot be a site's name: lower-case letters, digits and hyphens, a letter first, at most 40.`);
    }
    const settingsPath = join(path, "hub.json");
    const keyPath = join(path, "signing-key.json");
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      if (!existsSync(settingsPath)) {
        if (existsSync(keyPath)) throw new HubError(`${settingsPath} is missing although there is a key. Put it back from a copy of the data folder.`);
        const chosen = site ?? `site-${Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString("hex")}`;
        replaceFile(settingsPath, `${JSON.stringify({ site: chosen })}\n`, 0o644);
      }
      if (!existsSync(keyPath)) {
        const { privateKey } = await generateKeyPair("ES256", { extractable: true });
        replaceFile(keyPath, `${JSON.stringify(await exportJWK(privateKey))}\n`, 0o600);
      }
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      throw new HubError(`The data folder ${path} cannot be written: ${(cause as Error).message}. Choose another with --data.`, { cause });
    }
    const settings = parse(Settings, readJson(settingsPath));
    if (site !== undefined && site !== settings.site) {
      throw new HubError(`${path} belongs to the site "${settings.site}", not "${site}". A hub keeps its site; give another site another --data folder.`);
    }
    const jwk = readJson(keyPath) as JWK;
    try {
      const { kty, crv, x, y } = jwk;
      const publicJwk = { kty, crv, x, y } as JWK;
      return new DataFolder(path, settings.site, (await importJWK(jwk, "ES256")) as CryptoKey, (await importJWK(publicJwk, "ES256")) as CryptoKey);
    } catch (cause) {
      throw new HubError(`${keyPath} holds no ES256 key. Put it back from a copy, or remove it and pair every tablet again.`, { cause });
    }
  }

  get privateKey(): CryptoKey {
    return this.#privateKey;
  }

  get databases(): string {
    return join(this.path, "db");
  }

  get #revokedPath(): string {
    return join(this.path, "revoked.json");
  }

  /** Up to when (seconds since 1970) the device's tokens are taken back; null when none is. Follows changes made by another process. */
  revokedSince(device: string): number | null {
    const version = existsSync(this.#revokedPath) ? statSync(this.#revokedPath).mtimeMs : 0;
    if (version !== this.#revoked.version) {
      this.#revoked = { version, since: version === 0 ? {} : parse(Revoked, readJson(this.#revokedPath)) };
    }
    return Object.hasOwn(this.#revoked.since, device) ? (this.#revoked.since[device] ?? null) : null;
  }

  /** Takes back every token the device was given up to now. Pairing it again gives it a new one. */
  revoke(device: string, nowS: number): void {
    this.revokedSince(device);
    replaceFile(this.#revokedPath, `${JSON.stringify({ ...this.#revoked.since, [device]: nowS }, null, 1)}\n`, 0o600);
  }
}
