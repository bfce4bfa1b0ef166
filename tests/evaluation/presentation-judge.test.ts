import { describe, expect, test } from "vitest";
import { CHALLENGE_ACTIONS } from "../../src/domain/biometrics/challenge.ts";
import { OPERATING_POINTS } from "../../src/domain/biometrics/operating-points.ts";
import type { TextureScore } from "../../src/domain/biometrics/pad/texture.ts";
import { headFace, pictureFace } from "../../src/domain/biometrics/testing/synthetic-head.ts";
import type { Held } from "../../src/domain/biometrics/testing/synthetic-head.ts";
import type { ChallengeAction, ChallengePolicy } from "../../src/domain/biometrics/types.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import { judgeTrace } from "./presentation-judge.ts";
import type { PresentationOutcome } from "./presentation-judge.ts";
import type { PresentationTrace, TraceFrame } from "./presentation-trace.ts";

const FRAME_MS = 66;
const SAMPLE_EVERY = 3;
/** What somebody takes to read what is asked, and begin. */
const READING_MS = 1000;
const LIVING: TextureScore = { near: 0.99, far: 0.99, frame: 0.4, grid: 0.3 };
const PROBE = base64(new Float32Array(FEATURE_DIMENSIONS.accurate).fill(1 / Math.sqrt(FEATURE_DIMENSIONS.accurate)));

function base64(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

function trace(seconds: number, held: (ms: number) => Held, pad: TextureScore, face: typeof headFace = headFace): PresentationTrace {
  const frames = Array.from({ length: Math.round((seconds * 1000) / FRAME_MS) }, (_, index): TraceFrame => {
    const atMs = index * FRAME_MS;
    const { landmarks, eyeOpenness, quality: seen } = face(held(atMs));
    const quality = { ...seen, rollDeg: 0, meanLuma: 130, lumaSpread: 45, evenness: 0.9, sharpness: 300, visible: 1 };
    const sample = index % SAMPLE_EVERY === 0 ? { sample: { trackId: 1, quality, pad, probe: PROBE } } : {};
    return { atMs, luma: 120, faces: [{ trackId: 1, box: { x: 240, y: 140, width: 160, height: 200 }, landmarks: base64(landmarks), eyeOpenness, quality }], ...sample };
  });
  return { width: 640, height: 480, frames };
}

const judge = (presentation: PresentationTrace, policy: ChallengePolicy, asked: ChallengeAction = "nod"): Promise<PresentationOutcome> =>
  judgeTrace(presentation, { policy, profile: "accurate", point: OPERATING_POINTS.accurate, latencyMs: 120, random: () => (CHALLENGE_ACTIONS.indexOf(asked) + 0.5) / CHALLENGE_ACTIONS.length });

const blinking = (ms: number): Held => ({ eyes: ms % 3000 > 700 && ms % 3000 < 850 ? 0.06 : 0.3, yawDeg: 2 * Math.sin(ms / 900), pitchDeg: Math.sin(ms / 700) });
const still = (): Held => ({});
/** Done as asked within a second. */
const ACTS: Record<ChallengeAction, (since: number) => Held> = {
  "turn-left": (since) => ({ yawDeg: 24 * Math.max(0, Math.sin((Math.PI * Math.min(1200, since)) / 1200)) }),
  "turn-right": (since) => ({ yawDeg: -24 * Math.max(0, Math.sin((Math.PI * Math.min(1200, since)) / 1200)) }),
  nod: (since) => ({ pitchDeg: -16 * Math.max(0, Math.sin((Math.PI * Math.min(900, since)) / 900)) }),
  "blink-twice": (since) => ({ eyes: (since > 0 && since < 200) || (since > 500 && since < 700) ? 0.05 : 0.3 }),
};

/** When the still face is asked: found by showing it once. */
async function askedAtMs(policy: ChallengePolicy): Promise<number> {
  for (let seconds = 0.5; seconds < 5; seconds += 0.066) if ((await judge(trace(seconds, still, LIVING), policy)).asked.length > 0) return seconds * 1000;
  throw new Error("nothing was asked");
}

describe("a presentation at the kiosk", () => {
  test.each(["off", "in-doubt"] as const)("is accepted within a second and a half when a person blinks, under policy %s", async (policy) => {
    const outcome = await judge(trace(6, blinking, LIVING), policy);
    expect(outcome).toMatchObject({ end: "accepted", asked: [] });
    expect(outcome.decidedMs).toBeLessThan(1500);
  });

  test.each((["in-doubt", "always"] as const).flatMap((policy) => CHALLENGE_ACTIONS.map((action) => [policy, action] as const)))(
    "is accepted within six seconds when a person who keeps still does as asked, under policy %s: %s",
    async (policy, action) => {
      const beginMs = (await askedAtMs(policy)) + READING_MS;
      const outcome = await judge(trace(10, (ms) => (ms < beginMs ? {} : ACTS[action](ms - beginMs)), LIVING), policy, action);
      expect(outcome).toMatchObject({ end: "accepted", asked: [action] });
      expect(outcome.decidedMs).toBeLessThan(6000);
    },
  );

  test.each([
    ["a still face is still being asked", still, LIVING, headFace, "in-doubt", "challenged"],
    ["nobody is asked and a face keeps still", still, LIVING, headFace, "off", "refused"],
    ["a replay blinks on a surface that is a screen's", blinking, { near: 0.05, far: 0.1 }, headFace, "in-doubt", "refused"],
    ["a sharp replay blinks within a frame", blinking, { near: 0.97, far: 0.97, frame: 1 }, headFace, "in-doubt", "refused"],
    ["a sharp replay blinks behind a pixel grid", blinking, { near: 0.97, far: 0.97, grid: 1.6 }, headFace, "in-doubt", "refused"],
    ["a picture is swung about and a nod is asked for", (ms: number) => ({ yawDeg: 30 * Math.sin(ms / 500 + (ms / 2000) ** 2) }), LIVING, pictureFace, "in-doubt", "refused"],
  ] as const)("is not accepted when %s", async (_, held, pad, face, policy, end) => {
    expect((await judge(trace(5, held, pad, face), policy)).end).toBe(end);
  });

  test("has no response when the face is too far", async () => {
    const far = trace(3, still, LIVING);
    const frames = far.frames.map((frame) => ({ ...frame, faces: frame.faces.map((face) => ({ ...face, quality: { ...face.quality, interEyePx: 20 } })) }));
    expect((await judge({ ...far, frames }, "in-doubt")).end).toBe("no-response");
  });
});
