import type { Failure } from "../../domain/errors.ts";
import type { SecretHash } from "../../domain/people/secret-hash.ts";
import type { Result } from "../../domain/result.ts";
import type { AdministratorRecord } from "./store.ts";

export type SecretsFailure = Failure<"secrets/failed">;

/** PINs, and what is random. The slow part runs in a worker. */
export interface Secrets {
  /** Salted hash of a PIN. */
  hashPin(pin: string): Promise<Result<SecretHash, SecretsFailure>>;
  /** Takes as long for `null`, which nothing matches, as for a real hash. */
  pinMatches(pin: string, hash: SecretHash | null): Promise<Result<boolean, SecretsFailure>>;
  /**
   * The private half of the one key pair that a store of the first form has, X25519, 32 bytes; null when the passphrase is
   * wrong, or the record is none of that form.
   */
  unlockAdministrator(record: AdministratorRecord, passphrase: string): Promise<Result<Uint8Array | null, SecretsFailure>>;
  /** 32 random bits. */
  random(): number;
  randomId(): string;
  randomBytes(length: number): Uint8Array;
}
