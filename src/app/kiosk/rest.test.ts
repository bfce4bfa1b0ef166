import { expect, test } from "vitest";
import type { PersonId } from "../../domain/people/types.ts";
import { LEFT_AFTER_MS, RestingFaces } from "./rest.ts";

const ANNA = "anna" as PersonId;

test("RestingFaces forgets a recorded face when it has left", () => {
  const resting = new RestingFaces();
  resting.recorded(1, ANNA, 0);
  resting.see([1], 60_000);
  expect(resting.isResting(1, 60_000)).toBe(true);
  resting.see([], 60_000 + LEFT_AFTER_MS + 1);
  expect(resting.isResting(1, 63_000)).toBe(false);
  expect(resting.stillThere(ANNA, 63_000)).toBe(false);
});

test("RestingFaces takes a new track for the same presence when somebody stood there all the time", () => {
  const resting = new RestingFaces();
  resting.recorded(1, ANNA, 0);
  for (let nowMs = 100; nowMs < 5000; nowMs += 100) resting.see([2], nowMs);
  expect(resting.stillThere(ANNA, 5000)).toBe(true);
});

test("RestingFaces wakes only who was not recognised", () => {
  const resting = new RestingFaces();
  resting.recorded(1, ANNA, 0);
  resting.refused(2, 6000, 0);
  resting.wake();
  expect([resting.isResting(1, 1), resting.isResting(2, 1)]).toEqual([true, false]);
});
