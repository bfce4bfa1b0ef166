import type { Pose } from "../../../src/adapters/camera/practice/motion.ts";
import { poseAt } from "../../../src/adapters/camera/practice/motion.ts";

/** What a person does in a clip; null while nobody is there. */
export interface Script {
  readonly durationMs: number;
  pose(atMs: number): Pose | null;
}

/** Somebody who is there from this moment on. */
const SETTLED_MS = 2_500;
const ALWAYS_THERE = { presentMs: Number.MAX_SAFE_INTEGER, awayMs: 0 };

/** Small movements, breath and blinks of somebody standing there. */
function standing(atMs: number): Pose {
  return poseAt(SETTLED_MS + atMs, [], ALWAYS_THERE);
}

interface View {
  readonly fromMs: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly nearness: number;
}

/** The views that enrolment asks for, with time in each for a slow machine. */
const VIEWS: readonly View[] = [
  { fromMs: 0, yawDeg: 0, pitchDeg: 0, nearness: 0.75 },
  { fromMs: 2_600, yawDeg: 16, pitchDeg: 0, nearness: 0.75 },
  { fromMs: 4_200, yawDeg: -16, pitchDeg: 0, nearness: 0.75 },
  { fromMs: 5_800, yawDeg: 0, pitchDeg: 13, nearness: 0.75 },
  { fromMs: 7_400, yawDeg: 0, pitchDeg: 0, nearness: 1.1 },
  { fromMs: 9_600, yawDeg: 0, pitchDeg: 0, nearness: 0.75 },
];
const CHANGE_MS = 600;
/** Opens the eyes wide again soon after a blink that comes early: enough for the kiosk to see life. */
const EARLY_BLINK_MS = 700;

/** Stands there, shows every view, and is away for the last two seconds. */
export const ALL_VIEWS: Script = {
  durationMs: 12_500,
  pose(atMs) {
    if (atMs >= 10_500) return null;
    const index = VIEWS.findLastIndex(({ fromMs }) => fromMs <= atMs);
    const to = VIEWS[index] ?? VIEWS[0];
    const from = VIEWS[index - 1] ?? to;
    if (to === undefined || from === undefined) return null;
    const part = Math.min(1, (atMs - to.fromMs) / CHANGE_MS);
    const eased = part * part * (3 - 2 * part);
    const pose = standing(atMs);
    return {
      ...pose,
      yawDeg: pose.yawDeg * 0.5 + from.yawDeg + (to.yawDeg - from.yawDeg) * eased,
      pitchDeg: pose.pitchDeg * 0.5 + from.pitchDeg + (to.pitchDeg - from.pitchDeg) * eased,
      nearness: from.nearness + (to.nearness - from.nearness) * eased,
      eyesShut: Math.max(pose.eyesShut, earlyBlink(atMs)),
    };
  },
};

/** Comes, looks into the camera, blinks, and leaves: a punch in each round. */
export const PASSING: Script = {
  durationMs: 8_000,
  pose(atMs) {
    if (atMs >= 5_500) return null;
    const pose = standing(atMs);
    return { ...pose, eyesShut: Math.max(pose.eyesShut, earlyBlink(atMs), earlyBlink(atMs - 1_700)) };
  },
};

function earlyBlink(atMs: number): number {
  const part = (atMs - EARLY_BLINK_MS) / 340;
  return part <= 0 || part >= 1 ? 0 : Math.min(1, 3 * Math.min(part, 1 - part));
}
