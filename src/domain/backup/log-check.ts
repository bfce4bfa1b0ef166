import { sha256 } from "@noble/hashes/sha2.js";
import { decode } from "cborg";
import { parseBody, parseHeader } from "../attendance/entries.ts";
import type { EntryHeader } from "../attendance/entries.ts";
import { failure } from "../errors.ts";
import type { Failure } from "../errors.ts";
import { appendLeaves, EMPTY_FRONTIER, HASH_BYTES, leafHashOf, rootOf } from "../log/merkle.ts";
import type { Checkpoint, Frontier } from "../log/types.ts";
import { sameBytes } from "../people/secret-hash.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import type { BackupLog, ExactEntry } from "./frames.ts";

/** `detail` names the entry by its sequence number. */
export type LogCheckFailure = Failure<"backup/chain-broken" | "backup/checkpoint-broken">;

/**
 * Follows one log of a backup entry by entry: headers in their order, each with the hash of the one before, bodies that fit
 * their commitments, and the root that each checkpoint states. Whether a checkpoint is signed by the device is asked apart.
 */
export class LogCheck {
  readonly #log: BackupLog;
  /** Ascending by size. */
  readonly #checkpoints: readonly Checkpoint[];
  #next = 0;
  #seq = 0;
  #leaf: Uint8Array = new Uint8Array(HASH_BYTES);
  #frontier: Frontier = EMPTY_FRONTIER;

  constructor(log: BackupLog, checkpoints: readonly Checkpoint[]) {
    this.#log = log;
    this.#checkpoints = [...checkpoints].sort((a, b) => a.size - b.size);
    while (this.#checkpoints[this.#next]?.size === 0) this.#next++;
  }

  get leaf(): Uint8Array {
    return this.#leaf;
  }

  /** Headers and leaf hashes of these entries, which follow the ones before. */
  follow(entries: readonly ExactEntry[]): Result<readonly { readonly header: EntryHeader; readonly leaf: Uint8Array }[], LogCheckFailure> {
    const followed: { header: EntryHeader; leaf: Uint8Array }[] = [];
    for (const entry of entries) {
      const header = this.#headerOf(entry);
      if (!header) return err(failure("backup/chain-broken", String(this.#seq + 1)));
      const leaf = leafHashOf(entry[0]);
      this.#seq = header.seq;
      this.#leaf = leaf;
      followed.push({ header, leaf });
      const stated = this.#append(leaf);
      if (!stated) return err(failure("backup/checkpoint-broken", String(this.#seq)));
    }
    return ok(followed);
  }

  /** After the last entry: nothing is missing at the end. */
  finish(): Result<void, LogCheckFailure> {
    if (this.#seq !== this.#log.upToSeq) return err(failure("backup/chain-broken", String(this.#seq + 1)));
    if (this.#next < this.#checkpoints.length) return err(failure("backup/checkpoint-broken", String(this.#checkpoints[this.#next]?.size)));
    return ok();
  }

  #headerOf([headerBytes, salt, body]: ExactEntry): EntryHeader | null {
    const header = parseHeader(decoded(headerBytes));
    if (header?.seq !== this.#seq + 1 || header.device !== this.#log.device || !sameBytes(header.prev, this.#leaf)) return null;
    if (salt === null || body === null) return salt === body ? header : null;
    const commit = sha256.create().update(salt).update(body).digest();
    return sameBytes(commit, header.bodyCommit) && parseBody(header.type, decoded(body)) ? header : null;
  }

  /** False when a checkpoint of this size states another root. */
  #append(leaf: Uint8Array): boolean {
    this.#frontier = appendLeaves(this.#frontier, [leaf]).frontier;
    for (; this.#checkpoints[this.#next]?.size === this.#seq; this.#next++) {
      const checkpoint = this.#checkpoints[this.#next];
      if (!checkpoint || checkpoint.device !== this.#log.device || !sameBytes(checkpoint.root, rootOf(this.#frontier))) return false;
    }
    return true;
  }
}

function decoded(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { strict: true, allowUndefined: false, rejectDuplicateMapKeys: true });
  } catch {
    return undefined;
  }
}
