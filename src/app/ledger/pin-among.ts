import { failure } from "../../domain/errors.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PinFailure } from "../ports/ledger.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { CountBefore, LockScope, Store } from "../ports/store.ts";
import { tryFailure } from "./try-failure.ts";

/**
 * Checks one PIN against several people's behind the back-off. The try is counted for every one of them, durably, before
 * any PIN is looked at; not for the tablet, since the face before it says whose PINs can be guessed here, and a tablet
 * that is locked for numbers is to stay open for faces. All are compared whatever the first ones say, so that the time
 * tells nothing. When it is somebody's, that person's count begins anew and the others' are as before.
 *
 * @param people active, each once
 */
export async function tryPinAmong(store: Store, secrets: Secrets, people: readonly StoredPerson[], pin: string): Promise<Result<PersonId, PinFailure>> {
  const scopes = people.map(scopeOf);
  const begun = await store.beginTry(scopes);
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
  if (matching.length > 1) {
    // Right, and yet it does not say whose: nobody is to be locked for that.
    const ended = await store.endTry([], begun.value);
    return err(ended.ok ? failure("pin/number-needed") : tryFailure(ended.error));
  }
  const isMatch = (_: CountBefore, index: number): boolean => people[index] === match;
  const ended = await store.endTry(
    begun.value.filter(isMatch),
    begun.value.filter((count, index) => !isMatch(count, index)),
  );
  return ended.ok ? ok(match.person.id) : err(tryFailure(ended.error));
}

function scopeOf({ person }: StoredPerson): LockScope {
  return { employeeNumber: person.employeeNumber };
}
