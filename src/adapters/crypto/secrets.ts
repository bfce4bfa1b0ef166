import type { Secrets, SecretsFailure } from "../../app/ports/secrets.ts";
import type { AdministratorRecord } from "../../app/ports/store.ts";
import type { SecretsWorker } from "../../contracts/secrets.ts";
import { PIN_COST, sameBytes } from "../../domain/people/secret-hash.ts";
import type { SecretHash } from "../../domain/people/secret-hash.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { openRecord } from "./record-keys.ts";
import type { Place } from "./record-keys.ts";

const SALT_BYTES = 16;
const ADMINISTRATOR_PLACE: Place = { store: "administrator", recordId: "private-key", schema: 1 };

/** PINs with Argon2id in a worker, and the passphrase of a store of the first form. */
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

  async unlockAdministrator({ lockedPrivateKey, passphrase: lock }: AdministratorRecord, passphrase: string): Promise<Result<Uint8Array | null, SecretsFailure>> {
    if (!lockedPrivateKey || !lock) return ok(null);
    const derived = await this.worker.derive(passphrase, lock.salt, lock.cost);
    if (!derived.ok) return derived;
    const raw = new Uint8Array(derived.value);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    raw.fill(0);
    const opened = await openRecord(this.tenant, { id: "passphrase", epoch: 0, key }, ADMINISTRATOR_PLACE, lockedPrivateKey);
    return ok(opened.ok ? opened.value : null);
  }

  random(): number {
    return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  }

  randomId(): string {
    return crypto.randomUUID();
  }

  randomBytes(length: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(length));
  }
}

function freshSalt(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}
