import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Recogniser, Tracking } from "../../app/ports/recogniser.ts";
import type { FrameReport } from "../../contracts/landmark.ts";
import { createRecogniser } from "./recogniser.ts";
import { movingPortrait } from "./testing/moving-portrait.ts";

describe("following a camera without MediaStreamTrackProcessor", () => {
  let recogniser: Recogniser;

  beforeEach(async () => {
    vi.stubGlobal("MediaStreamTrackProcessor", undefined);
    recogniser = createRecogniser({ threads: 1 });
    const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
    expect(await recogniser.open({ profile: "clear", tenant: "tenant", epoch: 1, epochKey, templates: [] })).toMatchObject({ ok: true });
  }, 120_000);

  afterEach(() => {
    recogniser.close();
    vi.unstubAllGlobals();
  });

  /** @returns reports of as many frames, the last of which came after a sample was asked for */
  async function followed(count: number): Promise<readonly FrameReport[]> {
    const camera = await movingPortrait();
    const reports: FrameReport[] = [];
    let tracking: Tracking | undefined;
    await new Promise<void>((resolve, reject) => {
      const onReport = (report: FrameReport): void => {
        reports.push(report);
        if (reports.length >= count && reports.some(({ sample }) => sample)) resolve();
      };
      recogniser.track(camera.track, onReport).then((started) => {
        if (!started.ok) {
          reject(new Error(started.error.kind));
          return;
        }
        tracking = started.value;
        tracking.requestSample();
      }, reject);
    });
    await tracking?.stop();
    const seen = reports.length;
    camera.stop();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(reports).toHaveLength(seen);
    return reports;
  }

  test.for(["VideoFrame", "ImageBitmap"])("reports faces and a sample when frames come as %s", { timeout: 120_000 }, async (kind) => {
    if (kind === "ImageBitmap") Reflect.deleteProperty(globalThis, "VideoFrame");
    const reports = await followed(5);
    expect(reports.map(({ faces }) => faces.length)).toEqual(reports.map(() => 1));
    expect(reports.every(({ width, height }) => width === 640 && height === 480)).toBe(true);
    const sample = reports.find((report) => report.sample)?.sample;
    if (!sample) throw new Error("no sample");
    expect(await recogniser.extract(sample)).toMatchObject({ ok: true });
  });
});
