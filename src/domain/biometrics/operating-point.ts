import type { RecogniserProfile } from "./types.ts";

/** Where the numbers of an operating point come from. */
export interface OperatingPointSource {
  readonly dataset: string;
  /** Images, and the pairs of different people among them that the thresholds were read from. */
  readonly images: number;
  readonly nonMatedPairs: number;
  /** The models whose scores these are, as the inference worker names them. */
  readonly modelSet: string;
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
  /**
   * How many independent comparisons the search against one person is worth: see {@link comparisonsPerPerson}.
   */
  readonly comparisonsPerPerson: number;
  /** Measured curve, from lenient to strict, at least two entries. */
  readonly curve: readonly ScoreAtRate[];
  /** The first candidate must lead the second by this much, else the two are not told apart. */
  readonly margin: number;
  /** One frame may support the fused decision from this much below the threshold. */
  readonly frameSlack: number;
  readonly source: OperatingPointSource;
}

/**
 * Powers of the number of references. Measured on the tuning half of the faces named in the operating points' source, for
 * three and five references: `accurate` 1.8 to 2.2 and 2.1 to 2.6 comparisons; `clear`, for three, 3.2 to 4: the mean of its
 * features lies nearer to everybody.
 */
const POWERS: Readonly<Record<RecogniserProfile, number>> = { accurate: 0.5, clear: 1.25 };

/** How many independent comparisons of single pictures a search against the mean of this many references is worth. */
export function comparisonsPerPerson(profile: RecogniserProfile, references: number): number {
  return Math.max(1, references) ** POWERS[profile];
}

/**
 * The score that the first candidate must reach in a gallery of `people`. A search gives a stranger
 * `comparisonsPerPerson` chances with each person, so the rate that one comparison may err at is the target divided by
 * all of them.
 *
 * @param people in the gallery; fewer than 1 counts as 1.
 */
export function identificationThreshold(point: OperatingPoint, people: number): number {
  return scoreAtFmr(point, Math.log10(point.fpirTarget / (point.comparisonsPerPerson * Math.max(1, people))));
}

/**
 * The score that one comparison of different people reaches at the given rate. Between measured rates it is
 * interpolated in the logarithm; beyond them the last stretch of the curve is carried on.
 *
 * @throws RangeError when the curve holds fewer than two rates.
 */
export function scoreAtFmr({ curve }: OperatingPoint, log10Fmr: number): number {
  const [from, to] = stretch(curve, (rate) => log10Fmr >= rate.log10Fmr);
  return from.score + ((to.score - from.score) / (to.log10Fmr - from.log10Fmr)) * (log10Fmr - from.log10Fmr);
}

/**
 * The part of comparisons of different people that reach the score, as the decimal logarithm, at most 0: the inverse of
 * {@link scoreAtFmr}.
 *
 * @throws RangeError when the curve holds fewer than two rates.
 */
export function log10FmrAtScore({ curve }: OperatingPoint, score: number): number {
  const [from, to] = stretch(curve, (rate) => score <= rate.score);
  return Math.min(0, from.log10Fmr + ((to.log10Fmr - from.log10Fmr) / (to.score - from.score)) * (score - from.score));
}

/** The first stretch of the curve whose end is beyond what is asked for; the last one when none is. */
function stretch(curve: readonly ScoreAtRate[], isBeyond: (rate: ScoreAtRate) => boolean): readonly [ScoreAtRate, ScoreAtRate] {
  const within = curve.findIndex((rate, index) => index > 0 && isBeyond(rate));
  const index = within === -1 ? curve.length - 1 : within;
  const [from, to] = [curve[index - 1], curve[index]];
  if (from === undefined || to === undefined) throw new RangeError("an operating point needs two measured rates");
  return [from, to];
}
