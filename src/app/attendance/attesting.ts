import type { Punch } from "../../domain/attendance/types.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Attesting, AttendanceFailure, Days } from "../api/attendance.ts";
import type { Access } from "../ports/access.ts";
import type { Ledger, LedgerFailure } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";

/** Longest reason that is kept, characters. */
const REASON_AT_MOST = 200;

export interface AttestingDependencies {
  readonly store: Store;
  readonly access: Access;
  readonly days: Pick<Days, "presence">;
  readonly ledger: Pick<Ledger, "punch">;
}

/**
 * Punches that a supervisor attests, for when neither face nor PIN nor badge will do. They are punches like any others, with
 * the standing of any other; an entry after them says who attested them, and why.
 */
export class SiteAttesting implements Attesting {
  readonly #dependencies: AttestingDependencies;

  constructor(dependencies: AttestingDependencies) {
    this.#dependencies = dependencies;
  }

  people(): ReturnType<Attesting["people"]> {
    const checked = this.#dependencies.access.check("punches.attest");
    return checked.ok ? this.#dependencies.days.presence() : Promise.resolve(checked);
  }

  /** What was written before something went wrong is attested all the same: it lies in the log. */
  async attest(people: Parameters<Attesting["attest"]>[0], entered: string): ReturnType<Attesting["attest"]> {
    const { access, ledger } = this.#dependencies;
    const reason = entered.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, REASON_AT_MOST);
    if (reason === "") return err(failure("attest/reason-missing"));
    const [first] = people;
    if (first === undefined) return ok([]);
    for (const { personId } of people) {
      const checked = access.check("punches.attest", personId);
      if (!checked.ok) return checked;
    }
    const punches: Punch[] = [];
    let trouble: LedgerFailure | null = null;
    for (const { personId, direction } of people) {
      const punched = await ledger.punch({ personId, method: "attested", direction });
      if (punched.ok) punches.push(punched.value.punch);
      else trouble ??= punched.error;
    }
    const noted = await this.#note(punches, reason);
    if (!noted.ok) return noted;
    return trouble === null ? ok(punches) : err(trouble.kind === "ledger/storage-full" ? failure("attendance/storage-full") : failure("attendance/store-failed", trouble.kind));
  }

  async #note(punches: readonly Punch[], reason: string): Promise<Result<void, AttendanceFailure>> {
    const { store, access } = this.#dependencies;
    const seqs = punches.map(({ seq }) => seq);
    if (seqs.length === 0) return ok();
    const checked = access.check("punches.attest");
    if (!checked.ok) return checked;
    const body = { by: checked.value.userId, reason, people: seqs.length, firstSeq: Math.min(...seqs), lastSeq: Math.max(...seqs) };
    try {
      const written = await store.exclusively(() => store.commit({ entries: [{ type: "attested", subject: null, body }] }));
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}
