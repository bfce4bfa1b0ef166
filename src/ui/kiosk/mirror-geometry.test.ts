import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { OVAL_ASPECT, ovalRound, restingOval } from "./mirror-geometry.ts";

describe("ovalRound", () => {
  const centred = { x: 0.4, y: 0.3, width: 0.2, height: 0.4 };

  test("stays in the middle when the face is in the middle", () => {
    const oval = ovalRound(centred, { width: 640, height: 480 }, { width: 500, height: 700 });
    expect(oval.x).toBeCloseTo(250);
  });

  test("mirrors when the face is at the frame's left", () => {
    const oval = ovalRound({ x: 0.1, y: 0.3, width: 0.2, height: 0.4 }, { width: 640, height: 480 }, { width: 640, height: 480 });
    expect(oval.x).toBeCloseTo(640 - 128);
  });

  test("crops the sides when the box is narrower than the frame", () => {
    // 640x480 covers 480x480 at scale 1 with 80 px cut on either side.
    const oval = ovalRound({ x: 0.25, y: 0.5, width: 0, height: 0 }, { width: 640, height: 480 }, { width: 480, height: 480 });
    expect(oval.x).toBeCloseTo(480 - (160 - 80));
    expect(oval.y).toBeCloseTo(240);
  });

  test("crops top and bottom when the box is flatter than the frame", () => {
    // 640x480 covers 640x240 at scale 1 with 120 px cut above and below.
    const oval = ovalRound({ x: 0.5, y: 0.5, width: 0, height: 0.0 }, { width: 640, height: 480 }, { width: 640, height: 240 });
    expect(oval.y).toBeCloseTo(120);
  });

  property.prop([
    fc.record({ x: fc.double({ min: 0, max: 0.7, noNaN: true }), y: fc.double({ min: 0, max: 0.7, noNaN: true }), width: fc.double({ min: 0.05, max: 0.3, noNaN: true }), height: fc.double({ min: 0.05, max: 0.3, noNaN: true }) }),
    fc.record({ width: fc.integer({ min: 160, max: 1920 }), height: fc.integer({ min: 120, max: 1080 }) }),
    fc.record({ width: fc.integer({ min: 100, max: 2000 }), height: fc.integer({ min: 100, max: 2000 }) }),
  ])("holds the whole face whatever the frame and the box", (face, frame, box) => {
    const oval = ovalRound(face, frame, box);
    const scale = Math.max(box.width / frame.width, box.height / frame.height);
    expect(oval.height).toBeGreaterThanOrEqual(face.height * frame.height * scale);
    expect(oval.height * OVAL_ASPECT).toBeGreaterThanOrEqual(face.width * frame.width * scale);
  });
});

test("restingOval fits inside when the box is tall, square or flat", () => {
  for (const box of [{ width: 300, height: 900 }, { width: 500, height: 500 }, { width: 900, height: 240 }]) {
    const oval = restingOval(box);
    expect(oval.height * OVAL_ASPECT).toBeLessThanOrEqual(box.width);
    expect(oval.y - oval.height / 2).toBeGreaterThanOrEqual(0);
    expect(oval.y + oval.height / 2).toBeLessThanOrEqual(box.height);
  }
});
