import { argon2id } from "hash-wasm";
import type { SecretsWorker } from "../../src/contracts/secrets.ts";
import { failure } from "../../src/domain/errors.ts";
import { err, ok } from "../../src/domain/result.ts";

const HASH_BYTES = 32;

export const derive: SecretsWorker["derive"] = async (secret, salt, cost) => {
  try {
    const hash = await argon2id({
      password: secret.normalize("NFKC"),
      salt,
      memorySize: cost.memoryKiB,
      iterations: cost.passes,
      parallelism: cost.lanes,
      hashLength: HASH_BYTES,
      outputType: "binary",
    });
    return ok(hash);
  } catch (error) {
    return err(failure("secrets/failed", error instanceof Error ? error.message : String(error)));
  }
};
