import { describe, expect, test } from "vitest";
import { FaceTracker } from "./face-tracker.ts";

const box = (x: number, y = 0, size = 100): { x: number; y: number; width: number; height: number } => ({ x, y, width: size, height: size });

describe("face tracker", () => {
  test("keeps the id when a face moves a little", () => {
    const tracker = new FaceTracker();
    const ids = [0, 20, 40, 60].map((x, frame) => tracker.assign([box(x)], frame * 40)[0]);
    expect(new Set(ids).size).toBe(1);
  });

  test("keeps ids with their faces when the order of the boxes changes", () => {
    const tracker = new FaceTracker();
    const [left, right] = tracker.assign([box(0), box(300)], 0);
    expect(tracker.assign([box(305), box(5)], 40)).toEqual([right, left]);
  });

  test("gives each of two faces on one old place its own id", () => {
    const tracker = new FaceTracker();
    const [old] = tracker.assign([box(0)], 0);
    const [near, far] = tracker.assign([box(30), box(5)], 40);
    expect(far).toBe(old);
    expect(near).not.toBe(old);
  });

  test.each([
    { state: "out of sight for two frames", gapMs: 80, same: true },
    { state: "out of sight for half a second", gapMs: 500, same: false },
  ])("same id is $same when the face was $state", ({ gapMs, same }) => {
    const tracker = new FaceTracker();
    const [before] = tracker.assign([box(0)], 0);
    tracker.assign([], gapMs / 2);
    const [after] = tracker.assign([box(0)], gapMs);
    expect(after === before).toBe(same);
  });

  test.each([
    { gapMs: 700, same: true },
    { gapMs: 1500, same: false },
  ])("same id is $same when the next frame comes only after $gapMs ms", ({ gapMs, same }) => {
    const tracker = new FaceTracker();
    const [before] = tracker.assign([box(0)], 5000);
    const [after] = tracker.assign([box(10)], 5000 + gapMs);
    expect(after === before).toBe(same);
  });

  test("gives a new id when a face appears elsewhere, and uses none again", () => {
    const tracker = new FaceTracker();
    const seen = [0, 300, 0, 300].map((x, turn) => tracker.assign([box(x)], turn * 1000)[0]);
    expect(new Set(seen).size).toBe(4);
  });
});
