import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { OpenedAdministratorKey, Secrets, SecretsFailure } from "../../app/ports/secrets.ts";
import type { AdministratorRecord } from "../../app/ports/store.ts";
import type { SecretsWorker } from "../../contracts/secrets.ts";
import { PASSPHRASE_COST, PIN_COST, sameBytes } from "../../domain/people/secret-hash.ts";
import type { SecretCost, SecretHash } from "../../domain/people/secret-hash.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { openRecord, sealRecord } from "./record-keys.ts";
import type { NamedKey, Place } from "./record-keys.ts";

const SALT_BYTES = 16;
const ADMINISTRATOR_PLACE: Place = { store: "administrator", recordId: "private-key", schema: 1 };

/** Passphrases and PINs with Argon2id in a worker. */
export class Argon2Secrets implements Secrets {
  constructor(
    private readonly worker: SecretsWorker,
    private readonly tenant: string,
  ) {}

  async hashPin(pin: string): Promise<Result<SecretHash, SecretsFailure>> {
    const salt = freshSalt();
    const hash = await this.worker.derive(pin, salt, PIN_COST);
    return hash.ok ? ok({ cost: PIN_COST, salt, hash: hash.value }) : hash;
  }

  async pinMatches(pin: string, hash: SecretHash | null): Promise<Result<boolean, SecretsFailure>> {
    const derived = await this.worker.derive(pin, hash?.salt ?? freshSalt(), hash?.cost ?? PIN_COST);
    return derived.ok ? ok(hash !== null && sameBytes(derived.value, hash.hash)) : derived;
  }

  async createAdministrator(name: string, passphrase: string, kioskPin: string): Promise<Result<AdministratorRecord, SecretsFailure>> {
    const salt = freshSalt();
    const key = await this.#passphraseKey(passphrase, salt, PASSPHRASE_COST);
    if (!key.ok) return key;
    const pin = await this.hashPin(kioskPin);
    if (!pin.ok) return pin;
    const suite = new DhkemX25519HkdfSha256();
    const pair = await suite.generateKeyPair();
    const privateKey = new Uint8Array(await suite.serializePrivateKey(pair.privateKey));
    try {
      return ok({
        name,
        publicKey: new Uint8Array(await suite.serializePublicKey(pair.publicKey)),
        lockedPrivateKey: await sealRecord(this.tenant, key.value, ADMINISTRATOR_PLACE, privateKey),
        passphrase: { cost: PASSPHRASE_COST, salt },
        kioskPin: pin.value,
      });
    } finally {
      privateKey.fill(0);
    }
  }

  async unlockAdministrator(record: AdministratorRecord, passphrase: string): Promise<Result<OpenedAdministratorKey | null, SecretsFailure>> {
    const key = await this.#passphraseKey(passphrase, record.passphrase.salt, record.passphrase.cost);
    if (!key.ok) return key;
    const opened = await openRecord(this.tenant, key.value, ADMINISTRATOR_PLACE, record.lockedPrivateKey);
    return ok(opened.ok ? { privateKey: opened.value } : null);
  }

  random(): number {
    return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  }

  randomId(): string {
    return crypto.randomUUID();
  }

  async #passphraseKey(passphrase: string, salt: Uint8Array, cost: SecretCost): Promise<Result<NamedKey, SecretsFailure>> {
    const derived = await this.worker.derive(passphrase, salt, cost);
    if (!derived.ok) return derived;
    const raw = new Uint8Array(derived.value);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    raw.fill(0);
    return ok({ id: "passphrase", epoch: 0, key });
  }
}

function freshSalt(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}
