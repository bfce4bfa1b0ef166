import { failure } from "../../domain/errors.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PinFailure } from "../ports/ledger.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { LockScope, Store } from "../ports/store.ts";
import { tryFailure } from "./try-failure.ts";

/**
 * Checks one PIN against several people's behind the back-off. The try is counted for the tablet and for every one of
 * them, durably, before any PIN is looked at. All are compared whatever the first ones say, so that the time tells
 * nothing. When it is somebody's, that person's count and the tablet's begin anew and the others' are as before.
 *
 * @param people active, each once
 */
export async function tryPinAmong(store: Store, secrets: Secrets, people: readonly StoredPerson[], pin: string): Promise<Result<PersonId, PinFailure>> {
  const scopes = people.map(scopeOf);
  const begun = await store.beginTry(["device", ...scopes]);
  if (!begun.ok) return err(tryFailure(begun.error));
  const matching: StoredPerson[] = [];
  // Somebody is compared even where nobody can be: with nothing, which takes as long.
  for (const one of people.length > 0 ? people : [null]) {
    const matches = await secrets.pinMatches(pin, one?.pin ?? null);
    if (!matches.ok) return err(failure("pin/store-failed", matches.error.kind));
    if (matches.value && one !== null) matching.push(one);
  }
  if (people.every((one) => one.pin === null)) return err(failure("pin/not-issued"));
  const [match] = matching;
  if (match === undefined) return err(failure("pin/wrong"));
  const [, ...counts] = begun.value;
  const others = counts.filter((_, index) => people[index] !== match);
  if (matching.length > 1) {
    // Right, and yet it does not say whose: nobody is to be locked for that.
    const ended = await store.endTry([], begun.value);
    return err(ended.ok ? failure("pin/number-needed") : tryFailure(ended.error));
  }
  const ended = await store.endTry(["device", scopeOf(match)], others);
  return ended.ok ? ok(match.person.id) : err(tryFailure(ended.error));
}

function scopeOf({ person }: StoredPerson): LockScope {
  return { employeeNumber: person.employeeNumber };
}
