import type { TrackedFace } from "../../contracts/landmark.ts";
import type { MotionFrame } from "../../domain/biometrics/pad/motion.ts";
import { motionFrame, rememberMotion } from "../../domain/biometrics/pad/motion.ts";
import { findLife, judgePresentation } from "../../domain/biometrics/pad/policy.ts";
import type { LifeSign } from "../../domain/biometrics/pad/policy.ts";
import { judgeTexture } from "../../domain/biometrics/pad/texture.ts";
import type { TextureScore } from "../../domain/biometrics/pad/texture.ts";

/** Life is looked for in the remembered frames this often: it is not worth doing with every frame. */
const LOOK_EVERY_MS = 200;
/** The latest samples decide about the surface, as many as a kiosk's encounter looks at. */
const LATEST_SAMPLES = 8;

/** What one track has shown of life and of its surface. */
interface TrackEvidence {
  motion: readonly MotionFrame[];
  readonly signs: Set<LifeSign>;
  readonly scores: TextureScore[];
  lookedAtMs: number;
}

/**
 * Whether the face before the camera is a presentation attack, from the same evidence as at the kiosk. Each track stands
 * for itself: what one face shows of life says nothing of another that came in its place.
 */
export class PresentationEvidence {
  readonly #tracks = new Map<number, TrackEvidence>();

  see(face: TrackedFace, atMs: number): void {
    const track = this.#track(face.trackId);
    track.motion = rememberMotion(track.motion, motionFrame(face, atMs));
    if (atMs - track.lookedAtMs < LOOK_EVERY_MS) return;
    track.lookedAtMs = atMs;
    for (const sign of findLife(track.motion).signs) track.signs.add(sign);
  }

  /** Also of samples that are not kept: a picture is not forgotten because one of its samples looked living. */
  add(trackId: number, score: TextureScore): void {
    this.#track(trackId).scores.push(score);
  }

  /** The surface is clearly a picture's. */
  isAttack(trackId: number): boolean {
    const { scores, motion } = this.#track(trackId);
    return judgePresentation(scores.slice(-LATEST_SAMPLES), motion).outcome === "attack-suspected";
  }

  /**
   * The face may be enrolled: a clearly living surface and a sign of life; or, where the surface leaves a doubt, the depth
   * of a head that turned as it was asked to, which is what a kiosk asks for in doubt.
   */
  isBonaFide(trackId: number): boolean {
    const { scores, signs } = this.#track(trackId);
    const texture = judgeTexture(scores);
    return (texture === "high" && signs.size > 0) || (texture === "unclear" && signs.has("relief"));
  }

  #track(trackId: number): TrackEvidence {
    const known = this.#tracks.get(trackId);
    if (known !== undefined) return known;
    const track: TrackEvidence = { motion: [], signs: new Set(), scores: [], lookedAtMs: Number.NEGATIVE_INFINITY };
    this.#tracks.set(trackId, track);
    return track;
  }
}
