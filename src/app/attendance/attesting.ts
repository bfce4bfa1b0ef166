import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Attesting, AttendanceFailure, Days } from "../api/attendance.ts";
import type { Access, Actor } from "../ports/access.ts";
import type { AttestingLedger, LedgerFailure } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";

/** Longest reason that is kept, characters. */
const REASON_AT_MOST = 200;

export interface AttestingDependencies {
  readonly access: Access;
  readonly days: Pick<Days, "presence">;
  readonly ledger: AttestingLedger;
  /** Tells which employee a user is. */
  readonly store: Pick<Store, "users">;
}

/**
 * Punches that a supervisor attests, for when neither face nor PIN nor badge will do. They are punches like any others, with
 * the standing of any other; an entry with them says who attested them, and why.
 */
export class SiteAttesting implements Attesting {
  readonly #dependencies: AttestingDependencies;

  constructor(dependencies: AttestingDependencies) {
    this.#dependencies = dependencies;
  }

  async people(): ReturnType<Attesting["people"]> {
    const { access, days } = this.#dependencies;
    const checked = access.check("punches.attest");
    if (!checked.ok) return checked;
    const own = this.#employeeOf(checked.value);
    const present = await days.presence();
    return present.ok ? ok(present.value.filter(({ person }) => person.id !== own)) : present;
  }

  /** All of them, or nobody: a list that stands half in the log would be attested again, and by nobody. */
  async attest(people: Parameters<Attesting["attest"]>[0], entered: string): ReturnType<Attesting["attest"]> {
    const { access, ledger } = this.#dependencies;
    const reason = entered.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, REASON_AT_MOST);
    if (reason === "") return err(failure("attest/reason-missing"));
    if (people.length === 0) return ok([]);
    const allowed = access.check("punches.attest");
    if (!allowed.ok) return allowed;
    const own = this.#employeeOf(allowed.value);
    for (const { personId } of people) {
      if (personId === own) return err(failure("attest/own"));
      const checked = access.check("punches.attest", personId);
      if (!checked.ok) return checked;
    }
    const attested = await ledger.attest({ people, by: allowed.value.userId, reason });
    return attested.ok ? attested : err(attendanceFailure(attested.error));
  }

  /** Nobody is a witness of their own. */
  #employeeOf({ userId }: Actor): PersonId | undefined {
    return this.#dependencies.store.users.get(userId)?.personId;
  }
}

function attendanceFailure({ kind }: LedgerFailure): Failure<"attest/not-active" | AttendanceFailure["kind"]> {
  if (kind === "ledger/not-ready") return failure("attest/not-active");
  return kind === "ledger/storage-full" ? failure("attendance/storage-full") : failure("attendance/store-failed", kind);
}
