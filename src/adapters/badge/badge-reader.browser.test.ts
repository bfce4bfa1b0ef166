import { encode } from "uqr";
import { afterEach, describe, expect, test, vi } from "vitest";
import { badgeText } from "../../domain/people/badge.ts";
import { readBadges } from "./badge-reader.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A camera before which a badge is held: a code of the given share of the picture's height, a little turned. */
function cameraOf(text: string | null, share = 0.45): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = 1280;
  canvas.height = 720;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  const draw = (): void => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = "#8a8f88";
    context.fillRect(0, 0, canvas.width, canvas.height);
    if (text === null) return;
    const { size, data } = encode(text, { border: 4 });
    const module = (canvas.height * share) / size;
    context.translate(640, 360);
    context.rotate(0.12);
    context.translate((-size * module) / 2, (-size * module) / 2);
    data.forEach((row, y) => row.forEach((dark, x) => {
      context.fillStyle = dark ? "#111" : "#f4f4f4";
      context.fillRect(x * module, y * module, module + 0.5, module + 0.5);
    }));
  };
  draw();
  // A canvas gives out a frame only when something was drawn.
  const timer = setInterval(draw, 50);
  const stream = canvas.captureStream(20);
  stops.push(() => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
  });
  return stream;
}

describe("readBadges", () => {
  test("readBadges tells the code of a badge that is held before the camera, until it is stopped", async () => {
    const text = badgeText(new Uint8Array(16).map((_, index) => index * 13));
    const found = vi.fn();
    const stop = readBadges(cameraOf(text), found);
    await expect.poll(() => found.mock.calls.length, { timeout: 8000 }).toBeGreaterThan(1);
    expect(new Set(found.mock.calls.flat())).toEqual(new Set([text]));
    stop();
    const before = found.mock.calls.length;
    const again = vi.fn();
    stops.push(readBadges(cameraOf(text), again));
    await expect.poll(() => again.mock.calls.length, { timeout: 8000 }).toBeGreaterThan(0);
    expect(found.mock.calls.length).toBe(before);
  });

  test("readBadges finds nothing where no code is shown", async () => {
    const none = vi.fn();
    stops.push(readBadges(cameraOf(null), none));
    const some = vi.fn();
    stops.push(readBadges(cameraOf("another code"), some));
    await expect.poll(() => some.mock.calls.length, { timeout: 8000 }).toBeGreaterThan(1);
    expect(none).not.toHaveBeenCalled();
  });
});
