import type { Failure } from "../domain/errors.ts";
import type { SecretCost } from "../domain/people/secret-hash.ts";
import type { Result } from "../domain/result.ts";

/** Argon2id takes half a second of one core: it runs apart from the page. */
export interface SecretsWorker {
  /**
   * Argon2id version 1.3 over the UTF-8 of `secret`, NFKC.
   *
   * @param salt 16 bytes or more
   * @returns 32 bytes
   */
  derive(secret: string, salt: Uint8Array, cost: SecretCost): Promise<Result<Uint8Array, Failure<"secrets/failed">>>;
}
