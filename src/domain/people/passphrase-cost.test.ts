import { expect, test } from "vitest";
import { raisedCost, tooCheap } from "./passphrase-cost.ts";
import { PASSPHRASE_COST } from "./secret-hash.ts";

test.each([
  [100, 24],
  [250, 9],
  [467, 5],
  [499, 4],
  [500, 3],
  [4_000, 3],
  [1, 64],
  [0, 3],
])("raisedCost of three passes that took %i ms asks for %i", (tookMs, passes) => {
  expect(raisedCost(PASSPHRASE_COST, tookMs)).toEqual({ ...PASSPHRASE_COST, passes });
});

test("what was raised takes between half a second and one and a half", () => {
  for (let tookMs = 40; tookMs < 500; tookMs++) {
    const { passes } = raisedCost(PASSPHRASE_COST, tookMs);
    const expected = (tookMs * passes) / PASSPHRASE_COST.passes;
    expect(expected).toBeGreaterThanOrEqual(500);
    expect(expected).toBeLessThanOrEqual(1_500);
  }
});

test.each([
  [PASSPHRASE_COST, 600, false],
  [PASSPHRASE_COST, 360, false],
  [PASSPHRASE_COST, 300, true],
  [{ ...PASSPHRASE_COST, memoryKiB: 19 * 1024 }, 2_000, true],
  [{ ...PASSPHRASE_COST, passes: 2 }, 2_000, true],
  [{ ...PASSPHRASE_COST, passes: 64 }, 10, false],
])("tooCheap of %o in %i ms is %s", (cost, tookMs, cheap) => {
  expect(tooCheap(cost, tookMs)).toBe(cheap);
});
