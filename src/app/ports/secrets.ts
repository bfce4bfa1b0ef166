import type { Failure } from "../../domain/errors.ts";
import type { SecretHash } from "../../domain/people/secret-hash.ts";
import type { Result } from "../../domain/result.ts";
import type { AdministratorRecord } from "./store.ts";

export type SecretsFailure = Failure<"secrets/failed">;

/** An administrator's private key, opened for one session. Never stored. */
export interface OpenedAdministratorKey {
  /** X25519, 32 bytes; overwritten with zeros when the session ends. */
  readonly privateKey: Uint8Array;
}

/** Passphrases and PINs. The slow part runs in a worker. */
export interface Secrets {
  /** Salted hash of a PIN. */
  hashPin(pin: string): Promise<Result<SecretHash, SecretsFailure>>;
  /** Takes as long for `null`, which nothing matches, as for a real hash. */
  pinMatches(pin: string, hash: SecretHash | null): Promise<Result<boolean, SecretsFailure>>;
  /** Makes the administrator's key pair and locks its private half with the passphrase. */
  createAdministrator(name: string, passphrase: string, kioskPin: string): Promise<Result<AdministratorRecord, SecretsFailure>>;
  /** Null when the passphrase is wrong. */
  unlockAdministrator(record: AdministratorRecord, passphrase: string): Promise<Result<OpenedAdministratorKey | null, SecretsFailure>>;
  /** 32 random bits. */
  random(): number;
  randomId(): string;
}
