import { expect, test } from "vitest";

import type { EpochMs } from "../../domain/clock.ts";
import { minutesAndSeconds, pinMessage } from "./pin-message.ts";

test.each([
  [0, "0:00"],
  [1, "0:01"],
  [59_001, "1:00"],
  [65_000, "1:05"],
  [-10, "0:00"],
])("minutesAndSeconds of %i ms is %s", (ms, text) => {
  expect(minutesAndSeconds(ms)).toBe(text);
});

test("pinMessage counts a lock down and tells when it is over", () => {
  const failure = { kind: "pin/locked", until: 100_000 as EpochMs } as const;
  expect(pinMessage(failure, 10_000)).toContain("1:30");
  expect(pinMessage(failure, 100_000)).toBe("You can try again now.");
});
