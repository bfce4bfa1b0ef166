/** What one sample shows of the surface before the camera, and of what stands round it. */
export interface TextureScore {
  /** Probability of a bona fide presentation, 0..1, from the near and the far crop. */
  readonly near: number;
  readonly far: number;
  /** How much of a straight-edged frame, as of paper or a screen, stands round the face, 0..1; absent where it was not looked for. */
  readonly frame?: number;
  /** How far a pixel grid or its moire stands out over the face, natural logarithm of power; absent where it was not looked for. */
  readonly grid?: number;
}

/** What the samples say of the surface: a face's, a picture's, neither for certain, or not enough to tell. */
export type TextureVerdict = "high" | "low" | "unclear" | "too-few";

export interface TexturePolicy {
  /** Samples before anything is said. */
  readonly minSamples: number;
  /** Log-odds of one crop of one sample count up to this either way: a model that is sure of itself is not surer than that. */
  readonly mostLogOdds: number;
  /** Up to this much of a frame says nothing: a door or a shelf has straight edges too. */
  readonly harmlessFrame: number;
  /** Log-odds that a whole frame takes away. */
  readonly wholeFrame: number;
  /** Up to this far a frequency stands out by chance, and what each unit beyond takes away, log-odds; no more than `wholeFrame`. */
  readonly harmlessGrid: number;
  readonly perGrid: number;
  /** Evidence, log-odds: at least this is clearly a face, and at most that clearly a picture. */
  readonly high: number;
  readonly low: number;
  /** Mean log-odds that each crop must reach by itself for `high`, however good the other is. */
  readonly lowestCrop: number;
  /** A single frame is taken for a face from this mean of both crops on. Only figures per frame use it; the kiosk decides over samples. */
  readonly frameThreshold: number;
}

/**
 * Log-odds add up over crops and samples; a frame round the face and a pixel grid over it are taken from them. Set on
 * 2026-11-22 with persons a and c of the recordings (3.9 and more), prints and replays composed of them, and 100 press
 * photographs, of which one in twenty has a frame of 0.66 behind the head and none a grid beyond 0.51. Figures on
 * others: docs/accuracy.md.
 */
export const TEXTURE_POLICY: TexturePolicy = { minSamples: 3, mostLogOdds: 5, harmlessFrame: 0.68, wholeFrame: 14, harmlessGrid: 0.6, perGrid: 8, high: 2, low: -2, lowestCrop: 0, frameThreshold: 0.5 };

/** Evidence that a face itself is before the camera, log-odds. */
export interface TextureEvidence {
  readonly near: number;
  readonly far: number;
  /** What the frame takes away, 0 or less. */
  readonly frame: number;
  /** What the grid takes away, 0 or less. */
  readonly grid: number;
  readonly total: number;
}

/** Zero for no samples. */
export function textureEvidence(samples: readonly TextureScore[], { mostLogOdds, harmlessFrame, wholeFrame, harmlessGrid, perGrid }: TexturePolicy = TEXTURE_POLICY): TextureEvidence {
  const count = Math.max(1, samples.length);
  const mean = (of: (sample: TextureScore) => number): number => samples.reduce((sum, sample) => sum + of(sample), 0) / count;
  const near = mean((sample) => logOdds(sample.near, mostLogOdds));
  const far = mean((sample) => logOdds(sample.far, mostLogOdds));
  const framed = Math.max(0, mean((sample) => sample.frame ?? 0) - harmlessFrame) / (1 - harmlessFrame);
  const frame = -wholeFrame * framed;
  const grid = -Math.min(wholeFrame, perGrid * Math.max(0, mean((sample) => sample.grid ?? 0) - harmlessGrid));
  return { near, far, frame, grid, total: (near + far) / 2 + frame + grid };
}

export function judgeTexture(samples: readonly TextureScore[], policy: TexturePolicy = TEXTURE_POLICY): TextureVerdict {
  if (samples.length < policy.minSamples) return "too-few";
  const { near, far, total } = textureEvidence(samples, policy);
  if (total <= policy.low) return "low";
  return total >= policy.high && Math.min(near, far) >= policy.lowestCrop ? "high" : "unclear";
}

function logOdds(probability: number, most: number): number {
  const odds = Math.log(probability) - Math.log1p(-probability);
  return Math.max(-most, Math.min(most, odds));
}
