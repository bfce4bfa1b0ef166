import { describe, expect, it } from "vitest";
import { Subject } from "../../app/observable.ts";
import type { EpochChange, Store } from "../../app/ports/store.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import { EPOCH_DAYS_AT_MOST, EpochAge } from "./epoch-age.ts";

const DAY_MS = 86_400_000;

class Bench {
  readonly turned: EpochChange[] = [];
  readonly quiet = new Subject(false);
  ageDays = 0;
  failing = false;
  tidied = 0;
  due: (() => void) | null = null;
  readonly age = new EpochAge({
    quiet: this.quiet,
    scheduler: {
      after: (_delayMs, run) => {
        this.due = run;
        return () => (this.due = null);
      },
    },
    store: this.#store(),
  });

  #store(): Pick<Store, "epoch" | "now" | "turnEpoch" | "settings"> & { tidy(): Promise<void> } {
    return {
      tidy: () => {
        this.tidied++;
        return Promise.resolve();
      },
      epoch: { number: 1, since: 0 as EpochMs },
      now: () => ({ wallMs: (this.ageDays * DAY_MS) as EpochMs, monoMs: 0 as never, bootId: "b" }),
      settings: {} as NonNullable<Store["settings"]>,
      turnEpoch: (change) => {
        this.turned.push(change);
        if (this.failing) return Promise.resolve(err(failure("store/full")));
        this.ageDays = 0;
        return Promise.resolve(ok({ from: 1, to: 2, bytes: "destroyed" }));
      },
    };
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("the age of the epoch", () => {
  it("turns it at the first quiet moment when it is nearly as old as it may be", async () => {
    const bench = new Bench();
    bench.ageDays = EPOCH_DAYS_AT_MOST - 1;
    bench.due?.();
    expect(bench.turned).toEqual([]);
    bench.quiet.next(true);
    expect(bench.turned).toEqual([{ reason: "age", withoutFaces: [], withoutRecords: [] }]);
    await settled();
    bench.due?.();
    expect(bench.turned.length).toBe(1);
  });

  it("leaves a young one alone, and looks again every hour", async () => {
    const bench = new Bench();
    bench.quiet.next(true);
    bench.ageDays = 79;
    bench.due?.();
    expect(bench.turned).toEqual([]);
    await settled();
    expect(bench.tidied).toBe(1);
    bench.ageDays = 81;
    bench.due?.();
    expect(bench.turned.length).toBe(1);
    await settled();
    expect(bench.tidied).toBe(2);
  });

  it("tries again after a turn that failed, and never twice at once", async () => {
    const bench = new Bench();
    bench.failing = true;
    bench.ageDays = 85;
    bench.quiet.next(true);
    bench.due?.();
    expect(bench.turned.length).toBe(1);
    await settled();
    bench.due?.();
    expect(bench.turned.length).toBe(2);
    bench.age.close();
    expect(bench.due).toBeNull();
  });
});
