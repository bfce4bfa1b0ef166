import type { ChallengePolicy, PadOutcome } from "../types.ts";
import type { Blink } from "./blink.ts";
import { findBlinks } from "./blink.ts";
import type { MotionFrame } from "./motion.ts";
import { quantile } from "./motion.ts";
import type { Relief } from "./relief.ts";
import { measureRelief } from "./relief.ts";
import { repeatsItself } from "./repetition.ts";
import type { TextureScore, TextureVerdict } from "./texture.ts";
import { judgeTexture } from "./texture.ts";

/** How much movement is a sign of life. */
export interface LifePolicy {
  /** Frames and time that must have been seen before movement says anything. */
  readonly minFrames: number;
  readonly minMs: number;
  /** Range of the opening between the lips, in distances between the eyes. Pictures that were tilted and bent stayed under 0.08. */
  readonly speechRange: number;
  /** Both must be reached: see {@link Relief}. */
  readonly reliefShift: number;
  readonly reliefHeight: number;
  /** A face whose proportions change by more than this is being tilted like a picture: then nothing it does is believed. */
  readonly mostStretch: number;
}

export const LIFE_POLICY: LifePolicy = { minFrames: 6, minMs: 400, speechRange: 0.13, reliefShift: 0.13, reliefHeight: 1.25, mostStretch: 0.2 };

export type LifeSign = "blink" | "speech" | "relief";

/** What the frames showed of life, and the sign that was found. */
export interface LifeEvidence {
  readonly blinks: readonly Blink[];
  /** Range of the lips' opening, in distances between the eyes. */
  readonly speech: number;
  readonly relief: Relief;
  readonly signs: readonly LifeSign[];
}

export function findLife(frames: readonly MotionFrame[], policy: LifePolicy = LIFE_POLICY): LifeEvidence {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined || frames.length < policy.minFrames || last.atMs - first.atMs < policy.minMs) {
    return { blinks: [], speech: 0, relief: { shift: 0, stretch: 0, height: 0 }, signs: [] };
  }
  const blinks = findBlinks(frames);
  const lips = frames.map((frame) => frame.lips);
  const speech = quantile(lips, 0.95) - quantile(lips, 0.05);
  const relief = measureRelief(frames);
  const signs: LifeSign[] = [];
  if (relief.stretch > policy.mostStretch) return { blinks, speech, relief, signs };
  if (blinks.length > 0) signs.push("blink");
  if (speech >= policy.speechRange) signs.push("speech");
  if (relief.shift >= policy.reliefShift && relief.height >= policy.reliefHeight) signs.push("relief");
  return { blinks, speech, relief, signs };
}

/** What one presentation showed, and what follows from it without anybody being asked. */
export interface PassiveJudgement {
  readonly outcome: PadOutcome;
  readonly texture: TextureVerdict;
  readonly life: LifeEvidence;
  /** The face repeated itself as only a recording can: see {@link repeatsItself}. */
  readonly repeats: boolean;
}

/**
 * The passive judgement of one presentation. A picture's surface alone is enough to suspect an attack, and so is a face
 * that repeats itself; to be believed without being asked, a face needs both a clearly living surface and a sign of life.
 * Everything between is `undecided`: a face that keeps quite still is not refused, it is asked.
 */
export function judgePresentation(samples: readonly TextureScore[], frames: readonly MotionFrame[]): PassiveJudgement {
  const texture = judgeTexture(samples);
  const life = findLife(frames);
  const repeats = repeatsItself(frames);
  if (texture === "low" || repeats) return { outcome: "attack-suspected", texture, life, repeats };
  return { outcome: texture === "high" && life.signs.length > 0 ? "bona-fide" : "undecided", texture, life, repeats };
}

/** What comes after the passive judgement under the site's policy. `wait`: a little longer may settle it. */
export type PadStep = "accept" | "refuse" | "challenge" | "wait";

/**
 * @param patient true while a quiet face is still given time to show a sign of life by itself.
 */
export function nextPadStep(outcome: PadOutcome, policy: ChallengePolicy, patient: boolean): PadStep {
  if (outcome === "attack-suspected") return "refuse";
  if (policy === "always") return "challenge";
  if (outcome === "bona-fide") return "accept";
  if (patient) return "wait";
  return policy === "in-doubt" ? "challenge" : "refuse";
}
