import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { ENROLMENT_QUALITY, GUIDANCE_HOLD_MS, GUIDANCE_SETTLE_MS, guidanceFor, KIOSK_QUALITY, referenceValue, sampleWeight, startGuidance, steadyGuidance } from "./quality.ts";
import type { QualityFace, QualityFrame } from "./quality.ts";
import type { GuidanceReason, QualityMeasures } from "./types.ts";

const good: QualityMeasures = { interEyePx: 80, yawDeg: 0, pitchDeg: 0, rollDeg: 0, meanLuma: 120, lumaSpread: 40, evenness: 0.8, sharpness: 120, visible: 1 };
const face = (measures: Partial<QualityMeasures> = {}, box: Partial<QualityFace["box"]> = {}): QualityFace => ({ box: { x: 220, y: 120, width: 200, height: 240, ...box }, quality: { ...good, ...measures } });
const frame = (...faces: QualityFace[]): QualityFrame => ({ width: 640, height: 480, faces });
const REASONS: readonly GuidanceReason[] = ["no-face", "several-people", "too-far", "too-near", "off-centre", "turned-away", "too-dark", "too-bright", "uneven-light", "covered", "blurred", "poor-picture"];

describe("guidanceFor", () => {
  test.each<[GuidanceReason | null, QualityFrame]>([
    [null, frame(face())],
    ["no-face", frame()],
    ["no-face", frame(face({ interEyePx: 20 }))],
    ["several-people", frame(face(), face({ interEyePx: 78 }))],
    [null, frame(face(), face({ interEyePx: 40 }))],
    ["too-far", frame(face({ interEyePx: 30 }))],
    ["too-near", frame(face({}, { height: 450 }))],
    ["off-centre", frame(face({ visible: 0.6 }))],
    ["off-centre", frame(face({}, { x: 0, width: 120 }))],
    ["turned-away", frame(face({ yawDeg: -40 }))],
    ["turned-away", frame(face({ pitchDeg: 35 }))],
    ["turned-away", frame(face({ rollDeg: -45 }))],
    ["too-dark", frame(face({ meanLuma: 20 }))],
    ["too-dark", frame(face({ lumaSpread: 5, meanLuma: 90 }))],
    ["too-bright", frame(face({ meanLuma: 245 }))],
    ["too-bright", frame(face({ lumaSpread: 5, meanLuma: 200 }))],
    ["uneven-light", frame(face({ evenness: 0.1 }))],
    ["too-dark", frame(face({ underExposed: 0.6 }))],
    ["too-bright", frame(face({ overExposed: 0.4 }))],
    ["too-dark", frame(face({ underExposed: 0.6, occlusion: 0.9 }))],
    ["covered", frame(face({ occlusion: 0.9 }))],
    ["covered", frame(face({ occlusion: 0.9, sharpness: 3 }))],
    [null, frame(face({ occlusion: 0.3, underExposed: 0.2, overExposed: 0.1 }))],
    ["blurred", frame(face({ sharpness: 3 }))],
    [null, frame(face({ compression: 1 }))],
  ])("answers %s when the frame shows it", (reason, shown) => {
    expect(guidanceFor(shown, KIOSK_QUALITY, null)).toBe(reason);
  });

  test("asks for one thing at a time when several are wrong", () => {
    expect(guidanceFor(frame(face({ interEyePx: 30, meanLuma: 10, yawDeg: 60 })), KIOSK_QUALITY, null)).toBe("too-far");
  });

  test("tells of a poor picture at enrolment alone, after everything that the person can change", () => {
    expect(guidanceFor(frame(face({ compression: 0.9 })), ENROLMENT_QUALITY, null)).toBe("poor-picture");
    expect(guidanceFor(frame(face({ compression: 0.9, sharpness: 3 })), ENROLMENT_QUALITY, null)).toBe("blurred");
    expect(guidanceFor(frame(face({ compression: 0.3 })), ENROLMENT_QUALITY, null)).toBeNull();
  });

  test("keeps a covered face covered between the two limits", () => {
    const between = frame(face({ occlusion: 0.5 }));
    expect(guidanceFor(between, KIOSK_QUALITY, null)).toBeNull();
    expect(guidanceFor(between, KIOSK_QUALITY, "covered")).toBe("covered");
  });

  test("keeps its answer between the two limits", () => {
    const between = frame(face({ interEyePx: 40 }));
    expect(guidanceFor(between, KIOSK_QUALITY, null)).toBeNull();
    expect(guidanceFor(between, KIOSK_QUALITY, "too-far")).toBe("too-far");
  });
});

describe("referenceValue", () => {
  const value = (measures: Partial<QualityMeasures>, eyesOpen = 1): number => referenceValue({ ...good, sharpness: 100, ...measures }, eyesOpen, ENROLMENT_QUALITY);

  test.each<[string, Partial<QualityMeasures>, number]>([
    ["is less sharp", { sharpness: 40 }, 1],
    ["is farther away", { interEyePx: 60 }, 1],
    ["is lit from one side", { evenness: 0.4 }, 1],
    ["is clipped", { overExposed: 0.1 }, 1],
    ["is partly covered", { occlusion: 0.3 }, 1],
    ["is compressed", { compression: 0.3 }, 1],
    ["shows a blink", {}, 0.3],
  ])("is lower when the picture %s", (_, measures, eyesOpen) => {
    expect(value(measures, eyesOpen)).toBeLessThan(value({}));
  });

  test("is the same whichever way the head is held", () => {
    expect(value({ yawDeg: 20, pitchDeg: -10 })).toBe(value({}));
  });
});

describe("sampleWeight", () => {
  test.prop([fc.record({ yawDeg: fc.double({ min: -90, max: 90, noNaN: true }), sharpness: fc.double({ min: 0, max: 5000, noNaN: true }), interEyePx: fc.double({ min: 10, max: 400, noNaN: true }) })])(
    "lies between a fifth and one",
    (measures) => {
      const weight = sampleWeight({ ...good, ...measures }, KIOSK_QUALITY);
      expect(weight).toBeGreaterThanOrEqual(0.2);
      expect(weight).toBeLessThanOrEqual(1);
    },
  );

  test("prefers a frontal sample to a turned one", () => {
    expect(sampleWeight(good, KIOSK_QUALITY)).toBeGreaterThan(sampleWeight({ ...good, yawDeg: 20 }, KIOSK_QUALITY));
  });
});

describe("steadyGuidance", () => {
  const reasons = fc.array(fc.constantFrom<GuidanceReason | null>(null, ...REASONS), { minLength: 1, maxLength: 200 });

  test.prop([reasons])("never exchanges one instruction for another before it could be read", (seen) => {
    let state = startGuidance(0);
    let changedAt = Number.NEGATIVE_INFINITY;
    for (const [index, reason] of seen.entries()) {
      const nowMs = (index + 1) * 40;
      const next = steadyGuidance(state, reason, nowMs);
      if (next.shown !== state.shown) {
        if (state.shown !== null && next.shown !== null) expect(nowMs - changedAt).toBeGreaterThanOrEqual(GUIDANCE_HOLD_MS);
        changedAt = nowMs;
      }
      state = next;
    }
  });

  test("shows what every frame says once it has settled", () => {
    let state = startGuidance(0);
    for (let nowMs = 40; nowMs <= GUIDANCE_SETTLE_MS + 80; nowMs += 40) state = steadyGuidance(state, "too-dark", nowMs);
    expect(state.shown).toBe("too-dark");
  });

  test("overlooks a single bad frame", () => {
    let state = startGuidance(0);
    for (let nowMs = 40; nowMs <= 2000; nowMs += 40) state = steadyGuidance(state, nowMs === 1000 ? "blurred" : null, nowMs);
    expect(state.shown).toBeNull();
  });
});
