import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { Store } from "../ports/store.ts";
import { rightsFailure } from "./erasures.ts";

/** Longest reason that is kept, characters. */
const REASON_MAX_LENGTH = 200;

interface Step {
  readonly after: StoredPerson;
  readonly entry: EntryDraft;
}

export interface FreezesDependencies {
  readonly store: Store;
  /** Takes a person out of the matcher's memory. */
  readonly forgetFace: (personId: PersonId) => Promise<void>;
}

/**
 * Freezing, its release by two, and the legal hold. A frozen face stays where it is and is compared with nobody: the
 * gallery follows the store in every tab.
 */
export class Freezes {
  readonly #dependencies: FreezesDependencies;

  constructor(dependencies: FreezesDependencies) {
    this.#dependencies = dependencies;
  }

  /** One that is frozen already stays as it was frozen, and a release that was asked for is off. */
  async freeze(id: PersonId, by: string, entered: string): Promise<Result<void, RightsFailure>> {
    const reason = entered.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, REASON_MAX_LENGTH);
    const written = await this.#step(id, (before) => {
      const frozen = before.frozen ? { at: before.frozen.at, by: before.frozen.by, reason: before.frozen.reason } : { at: this.#dependencies.store.now().wallMs, by, reason };
      return ok({ after: { ...before, frozen }, entry: { type: "frozen", subject: id, body: { personId: id, by, reason } } });
    });
    if (!written.ok) return written;
    // The gallery does so too, after whatever it has in hand: this does not wait for that.
    return this.#dependencies.forgetFace(id).then(
      () => ok(),
      () => err(failure("rights/matcher-silent")),
    );
  }

  askRelease(id: PersonId, by: string): Promise<Result<void, RightsFailure>> {
    return this.#step(id, (before) => {
      if (!before.frozen) return err(failure("rights/not-frozen"));
      return ok({ after: { ...before, frozen: { ...before.frozen, releaseAskedBy: by } }, entry: { type: "release-asked", subject: id, body: { personId: id, by } } });
    });
  }

  /** Only after somebody else has asked for it. */
  release(id: PersonId, by: string): Promise<Result<void, RightsFailure>> {
    return this.#step(id, (before) => {
      const { frozen, ...rest } = before;
      if (frozen?.releaseAskedBy === undefined) return err(failure("rights/not-frozen"));
      if (frozen.releaseAskedBy === by) return err(failure("rights/same-user"));
      return ok({ after: rest, entry: { type: "released", subject: id, body: { personId: id, by: [frozen.releaseAskedBy, by] } } });
    });
  }

  setHold(id: PersonId, on: boolean, by: string): Promise<Result<void, RightsFailure>> {
    return this.#step(id, (before) => {
      const { hold, ...rest } = before;
      if ((hold === true) === on) return ok(null);
      return ok({ after: on ? { ...rest, hold: true } : rest, entry: { type: "hold", subject: id, body: { personId: id, on, by } } });
    });
  }

  async #step(id: PersonId, decide: (before: StoredPerson) => Result<Step | null, RightsFailure>): Promise<Result<void, RightsFailure>> {
    const { store } = this.#dependencies;
    try {
      return await store.exclusively(async () => {
        const before = store.people.get(id);
        if (!before) return err(failure("rights/no-such-person"));
        const decided = decide(before);
        if (!decided.ok) return decided;
        if (decided.value === null) return ok();
        const written = await store.commit({ people: [decided.value.after], entries: [decided.value.entry] });
        return written.ok ? ok() : err(rightsFailure(written.error));
      });
    } catch (error) {
      return err(failure("rights/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}
