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
  /** Faces rest at the moment, until an administrator signs in. */
  readonly locked: Observable<boolean>;
  /** `boot/locked` while faces are locked; `access/…` for whoever may not. */
  choose(policy: BootPolicy): Promise<Result<void, Failure>>;
  /**
   * Makes new keys and another rotation of all templates, with nobody's face: what was copied from the tablet before has
   * nothing in common with what is on it from then on.
   */
  renew(): Promise<Result<void, Failure>>;
}
