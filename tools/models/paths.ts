import { join } from "node:path";

/** The folders that the model tool reads and writes. All paths are absolute. */
export interface ModelPaths {
  /** Verified package tarballs and the files read out of them; safe to delete, costs a download. */
  readonly cache: string;
  /** What the application loads; built, never committed. */
  readonly derived: string;
  /** Committed: sources, hashes, licences, inputs and outputs of every derived file. */
  readonly manifest: string;
  /** Committed: expected outputs that a correct runtime must reproduce. */
  readonly golden: string;
  /** Committed: the part of the golden vectors that the application checks itself with. */
  readonly selfCheck: string;
}

export const PROJECT_ROOT = join(import.meta.dirname, "..", "..");

export function modelPaths(root: string = PROJECT_ROOT): ModelPaths {
  return {
    cache: join(root, ".cache", "models"),
    derived: join(root, "models", "derived"),
    manifest: join(root, "models", "manifest.json"),
    golden: join(root, "models", "golden"),
    selfCheck: join(root, "models", "self-check.json"),
  };
}
