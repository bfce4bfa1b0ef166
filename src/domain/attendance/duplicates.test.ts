import { expect, test } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import { isDuplicate } from "./duplicates.ts";
import type { Moment } from "./moment.ts";
import type { Direction } from "./types.ts";

const at = (ms: number): Moment => ({ wallMs: (1_000_000 + ms) as EpochMs, monoMs: ms as MonotonicMs, bootId: "boot" });

test.each<[string, Direction, boolean, number, boolean]>([
  ["out a moment before the minute is over", "out", false, 59_999, true],
  ["out when the minute is over", "out", false, 60_000, false],
  ["in again a moment before five minutes are over", "in", false, 299_999, true],
  ["in again when five minutes are over", "in", false, 300_000, false],
  ["out that was chosen, at once", "out", true, 1, false],
  ["in that was chosen, within five minutes", "in", true, 299_999, true],
])("isDuplicate after an arrival, when the next punch is %s", (_name, direction, chosen, ms, expected) => {
  expect(isDuplicate({ direction: "in", at: at(0) }, { direction, chosen, at: at(ms) })).toBe(expected);
});
