import { failure } from "../../domain/errors.ts";
import type { StoreFailure } from "../../app/ports/store.ts";

/** Another writer appended in between: the work is done again on what is stored now. */
export class HeadMoved extends Error {
  override readonly name = "HeadMoved";
}

/** What a failed transaction means. IndexedDB wraps a full disk in an abort, and Dexie both in its own error. */
export function storeFailure(error: unknown): StoreFailure {
  return mentions(error, "QuotaExceededError") ? failure("store/full") : failure("store/write-failed", nameOf(error));
}

export function mentions(error: unknown, name: string, depth = 0): boolean {
  if (!(error instanceof Error || error instanceof DOMException) || depth > 4) return false;
  if (error.name === name) return true;
  const { inner, failures } = error as { inner?: unknown; failures?: unknown };
  if (mentions(inner, name, depth + 1)) return true;
  return Array.isArray(failures) && failures.some((one: unknown) => mentions(one, name, depth + 1));
}

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : "unknown";
}
