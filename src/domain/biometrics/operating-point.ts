import type { RecogniserProfile } from "./types.ts";

/** Where the numbers of an operating point come from. */
export interface OperatingPointSource {
  readonly dataset: string;
  /** Images, and the pairs of different people among them that the thresholds were read from. */
  readonly images: number;
  readonly nonMatedPairs: number;
  /** Calendar date of the measurement. */
  readonly date: string;
  readonly note: string;
}

/** The threshold that a false match rate of one comparison asks for, on the profile's score scale. */
export interface ScoreAtRate {
  /** False match rate of one comparison, as the decimal logarithm. */
  readonly log10Fmr: number;
  readonly score: number;
}

/** At which scores the kiosk names a person. */
export interface OperatingPoint {
  readonly profile: RecogniserProfile;
  /** Part of the searches by people who are not enrolled that may name somebody (FPIR). */
  readonly fpirTarget: number;
  /** Measured curve, from lenient to strict, at least two entries. */
  readonly curve: readonly ScoreAtRate[];
  /** The first candidate must lead the second by this much, else the two are not told apart. */
  readonly margin: number;
  /** One frame may support the fused decision from this much below the threshold. */
  readonly frameSlack: number;
  readonly source: OperatingPointSource;
}

/**
 * The score that the first candidate must reach in a gallery of `people`. A search makes one comparison a person
 * (the best of the person's references), so the rate that one comparison may err at is the target divided by the
 * number of people; between measured rates the score is interpolated in the logarithm, beyond them extrapolated.
 *
 * @param people in the gallery, 1 or more; fewer counts as 1.
 */
export function identificationThreshold(point: OperatingPoint, people: number): number {
  const wanted = Math.log10(point.fpirTarget / Math.max(1, people));
  const { curve } = point;
  for (let index = 1; ; index += 1) {
    const [from, to] = [curve[index - 1], curve[index]];
    if (from === undefined || to === undefined) throw new RangeError("an operating point needs two measured rates");
    if (wanted < to.log10Fmr && index < curve.length - 1) continue;
    const slope = (to.score - from.score) / (to.log10Fmr - from.log10Fmr);
    return from.score + slope * (wanted - from.log10Fmr);
  }
}
