import { expect, test } from "vitest";

import { isQuiet } from "./quiet-hours.ts";

test.each([
  { hours: null, minute: 0, quiet: false },
  { hours: { fromMinute: 720, toMinute: 780 }, minute: 719, quiet: false },
  { hours: { fromMinute: 720, toMinute: 780 }, minute: 720, quiet: true },
  { hours: { fromMinute: 720, toMinute: 780 }, minute: 780, quiet: false },
  { hours: { fromMinute: 1320, toMinute: 360 }, minute: 1400, quiet: true },
  { hours: { fromMinute: 1320, toMinute: 360 }, minute: 0, quiet: true },
  { hours: { fromMinute: 1320, toMinute: 360 }, minute: 360, quiet: false },
  { hours: { fromMinute: 600, toMinute: 600 }, minute: 600, quiet: false },
])("isQuiet is $quiet at minute $minute when the hours are $hours", ({ hours, minute, quiet }) => {
  expect(isQuiet(hours, minute)).toBe(quiet);
});
