import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";

/** `not-a-badge`: another QR code. `unknown`: nobody's. `replaced`: its owner has a newer one, or it was ended. */
export type BadgeFailure = Failure<"badge/not-a-badge" | "badge/unknown" | "badge/replaced" | "pin/store-failed">;

/** Reads QR codes from the camera's picture; gives the way to stop. The same code is told as often as it is seen. */
export type ReadBadges = (stream: MediaStream, found: (text: string) => void) => () => void;

/** Badges as the kiosk knows them. */
export interface KioskBadges {
  /** Whether anybody has one: the way is offered only then. */
  readonly issued: Observable<boolean>;
  /** Whether any of these people, of those who are still active, has a badge that is in use. */
  anyOf(people: readonly PersonId[]): boolean;
  /** Whose badge it is. Nobody guesses 128 random bits: tries are not counted, so that nobody can lock this way for others. */
  verify(text: string): Promise<Result<PersonId, BadgeFailure>>;
  readonly read: ReadBadges;
}
