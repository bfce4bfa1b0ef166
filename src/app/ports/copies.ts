import type { EntryBody } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Observable } from "../observable.ts";

/** Something that one copy of the store had lost, as the log tells it, and when it was found. */
export type FoundLoss = EntryBody<"data-loss"> & { readonly at: EpochMs };

/**
 * The second copy of the store. `whole`: it has everything. `filling`: it is being written anew from the first.
 * `unsupported`: this browser cannot keep one. `failed`: it cannot be written; recording goes on in the first alone.
 */
export type SecondCopyState = "whole" | "filling" | "unsupported" | "failed";

export interface CopiesStatus {
  readonly second: SecondCopyState;
  /** Found and not yet acknowledged by an administrator, oldest first. Kept over starts. */
  readonly losses: readonly FoundLoss[];
  /** When everything was last read through; null for never. */
  readonly scrubbedAt: EpochMs | null;
}

/** The two copies of the store, as the device page and its upkeep see them. */
export interface Copies {
  readonly status: Observable<CopiesStatus>;
  /** An administrator has read what was lost. */
  acknowledge(): Promise<void>;
  /** Makes the next day's space, and shortens the second copy where it has grown long. */
  tend(): Promise<void>;
  /** Reads both copies through in small steps and repairs what one of them still has. Stops when told, and goes on there. */
  scrub(signal: AbortSignal): Promise<void>;
}
