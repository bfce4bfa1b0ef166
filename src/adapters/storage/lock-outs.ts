import type { CountBefore, LockScope, StoreFailure } from "../../app/ports/store.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import { lockState, oneLess, oneMore } from "../../domain/people/back-off.ts";
import { calmed, eased, oneLessShared, oneMoreShared } from "../../domain/people/shared-back-off.ts";
import type { KeptFailures } from "../../domain/people/shared-back-off.ts";
import { numberKey } from "../../domain/people/roster.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { LockoutRow, PunchDatabase } from "./database.ts";
import { storeFailure } from "./failures.ts";

export interface LockOutsOptions {
  readonly database: PunchDatabase;
  readonly now: () => Moment;
  /** Keyed hash of a name, so that it is not readable on disk. */
  readonly tag: (value: string) => Promise<string>;
}

/** Scopes of everybody together: nobody's right secret wipes their counts. */
const SHARED: ReadonlySet<LockScope> = new Set<LockScope>(["device", "administrator"]);

/** Counts of wrong secrets. A try is counted before the secret is looked at. */
export class LockOuts {
  constructor(private readonly options: LockOutsOptions) {}

  async begin(scopes: readonly LockScope[]): Promise<Result<readonly CountBefore[], StoreFailure | (Failure<"store/locked"> & { readonly until: EpochMs })>> {
    const names = await Promise.all(scopes.map((scope) => this.#name(scope)));
    const now = this.options.now();
    const { database } = this.options;
    const { lockouts } = database;
    try {
      const { until, before } = await database.transaction("rw", lockouts, async () => {
        const rows = await lockouts.bulkGet(names);
        const before = scopes.map((scope, index) => countBefore(scope, rows[index]?.failures ?? null, now));
        const locks = before.flatMap(({ failures }, index) => {
          const state = lockState(failures, now);
          return state.locked ? [{ until: state.until, row: { scope: names[index] ?? "", failures: state.failures } }] : [];
        });
        await lockouts.bulkPut(locks.length > 0 ? locks.map((lock) => lock.row) : before.map((one, index): LockoutRow => ({ scope: names[index] ?? "", failures: counted(one, now) })));
        return { until: locks.length > 0 ? Math.max(...locks.map((lock) => lock.until)) : null, before };
      });
      return until === null ? ok(before) : err({ kind: "store/locked", until: until as EpochMs });
    } catch (error) {
      return err(storeFailure(error));
    }
  }

  async end(right: readonly CountBefore[], others: readonly CountBefore[]): Promise<Result<void, StoreFailure>> {
    const named = async (counts: readonly CountBefore[]): Promise<{ readonly name: string; readonly before: CountBefore }[]> =>
      Promise.all(counts.map(async (before) => ({ name: await this.#name(before.scope), before })));
    const [rightNamed, othersNamed] = await Promise.all([named(right), named(others)]);
    const own = rightNamed.filter(({ before }) => !before.shared).map(({ name }) => name);
    const now = this.options.now();
    const { database } = this.options;
    const { lockouts } = database;
    try {
      await database.transaction("rw", lockouts, async () => {
        await lockouts.bulkDelete(own);
        for (const { name, before } of [...rightNamed.filter((one) => one.before.shared), ...othersNamed]) {
          const row = (await lockouts.get(name))?.failures ?? null;
          const easedBy = right.includes(before) ? own : [];
          const failures = before.shared ? easedBy.reduce(eased, oneLessShared(calmed(row, now), before.failures)) : oneLess(row, before.failures);
          await (failures === null ? lockouts.delete(name) : lockouts.put({ scope: name, failures }));
        }
      });
      return ok();
    } catch (error) {
      return err(storeFailure(error));
    }
  }

  async #name(scope: LockScope): Promise<string> {
    if (typeof scope === "string") return scope;
    return "user" in scope ? `user:${await this.options.tag(`user:${scope.user}`)}` : `number:${await this.options.tag(numberKey(scope.employeeNumber))}`;
  }
}

function countBefore(scope: LockScope, failures: KeptFailures | null, now: Moment): CountBefore {
  return SHARED.has(scope) ? { scope, shared: true, failures: calmed(failures, now) } : { scope, shared: false, failures };
}

function counted(before: CountBefore, now: Moment): KeptFailures {
  return before.shared ? oneMoreShared(before.failures, now) : oneMore(before.failures, now);
}
