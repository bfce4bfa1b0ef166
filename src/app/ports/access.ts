import type { Grant, Operation, UserId } from "../../domain/people/access.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { RecordRing } from "./store.ts";

/** `own-record`: nobody does this to themselves; somebody else is there who may. `confirm-needed`: allowed, once a second factor is given again. `not-logged`: nobody looks unseen; the log could not be written. */
export type AccessFailure = Failure<"access/not-signed-in" | "access/not-allowed" | "access/own-record" | "access/confirm-needed" | "access/not-logged">;

/** Who acts. */
export interface Actor {
  readonly userId: UserId;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** What was looked at. */
export type Viewed =
  | { readonly what: "person" | "punches" | "certificate" | "attendance" | "request" | "health" | "attachment"; readonly personId: PersonId }
  | { readonly what: "people" | "punches" | "attempts" | "recognition" | "log" | "users" | "attendance" | "requests" | "presence" | "report" | "plans" | "feedback"; readonly department: string | null; readonly people: number };

/** The rights of whoever is signed in. Every use case of administration asks here, before anything else. */
export interface Access {
  readonly actor: Actor | null;
  /** @param personId whom it is about: their department decides for a supervisor */
  check(operation: Operation, personId?: PersonId): Result<Actor, AccessFailure>;
  /** Opens what the signed-in roles may read and nothing else; null when nobody is signed in. */
  readonly ring: RecordRing | null;
  /** Whether a role that is held can unwrap this person's record key. */
  reaches(personId: PersonId): boolean;
  /** Appends the entry that says who looked. The same look within five minutes is one entry. */
  viewed(viewed: Viewed): Promise<Result<void, AccessFailure>>;
}
