import type { CountBefore, LockScope, StoreFailure } from "../../app/ports/store.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import { lockState, oneLess, oneMore } from "../../domain/people/back-off.ts";
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
        const states = rows.map((row) => lockState(row?.failures ?? null, now));
        const locks = states.flatMap((state, index) => (state.locked ? [{ until: state.until, row: { scope: names[index] ?? "", failures: state.failures } }] : []));
        await lockouts.bulkPut(locks.length > 0 ? locks.map((lock) => lock.row) : names.map((scope, index): LockoutRow => ({ scope, failures: oneMore(rows[index]?.failures ?? null, now) })));
        return {
          until: locks.length > 0 ? Math.max(...locks.map((lock) => lock.until)) : null,
          before: scopes.map((scope, index): CountBefore => ({ scope, failures: rows[index]?.failures ?? null })),
        };
      });
      return until === null ? ok(before) : err({ kind: "store/locked", until: until as EpochMs });
    } catch (error) {
      return err(storeFailure(error));
    }
  }

  async end(scopes: readonly LockScope[], others: readonly CountBefore[]): Promise<Result<void, StoreFailure>> {
    const names = await Promise.all(scopes.map((scope) => this.#name(scope)));
    const otherNames = await Promise.all(others.map(({ scope }) => this.#name(scope)));
    const { database } = this.options;
    const { lockouts } = database;
    try {
      await database.transaction("rw", lockouts, async () => {
        await lockouts.bulkDelete(names);
        const rows = await lockouts.bulkGet(otherNames);
        for (const [index, scope] of otherNames.entries()) {
          const failures = oneLess(rows[index]?.failures ?? null, others[index]?.failures ?? null);
          await (failures === null ? lockouts.delete(scope) : lockouts.put({ scope, failures }));
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
