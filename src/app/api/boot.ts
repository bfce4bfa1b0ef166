import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";

/**
 * `unattended`: the tablet recognises people by itself after a power cut. `attended`: faces rest until an administrator
 * has signed in; PINs go on.
 */
export type BootPolicy = "unattended" | "attended";

/** How the tablet starts after its power was gone. */
export interface Boot {
  readonly policy: Observable<BootPolicy>;
  choose(policy: BootPolicy): Promise<Result<void, Failure>>;
}
