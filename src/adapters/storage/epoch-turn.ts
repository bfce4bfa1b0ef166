import type { EpochChange } from "../../app/ports/store.ts";
import type { EpochMs } from "../../domain/clock.ts";

/** How an epoch came about. */
export interface EpochTurn extends EpochChange {
  readonly from: number;
  readonly at: EpochMs;
}
