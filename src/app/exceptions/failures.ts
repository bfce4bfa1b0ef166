import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err } from "../../domain/result.ts";
import type { RequestFailure } from "../api/attendance.ts";
import type { StoreFailure } from "../ports/store.ts";

export function storeFailed({ kind, detail }: StoreFailure): RequestFailure {
  return kind === "store/full" ? failure("attendance/storage-full", detail) : failure("attendance/store-failed", detail ?? kind);
}

/** What the store throws, as a value: nothing was written. */
export async function guarded<T>(work: () => Promise<Result<T, RequestFailure>>): Promise<Result<T, RequestFailure>> {
  try {
    return await work();
  } catch (error) {
    return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
  }
}
