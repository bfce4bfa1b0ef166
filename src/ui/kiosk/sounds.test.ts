import { expect, test } from "vitest";

import { NOTES } from "./sounds.ts";

test("a recorded punch rises, a refused one is lower than all others", () => {
  const pitches = (sound: keyof typeof NOTES): number[] => NOTES[sound].map(({ pitch }) => pitch);
  const [first = 0, second = 0] = pitches("recorded");
  expect(second).toBeGreaterThan(first);
  expect(Math.max(...pitches("refused"))).toBeLessThan(Math.min(...pitches("recorded"), ...pitches("noted")));
});

test("no sound is longer than half a second", () => {
  for (const notes of Object.values(NOTES)) for (const { at, length } of notes) expect(at + length).toBeLessThanOrEqual(0.5);
});
