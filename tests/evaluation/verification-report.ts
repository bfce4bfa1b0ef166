import { proportion, type Proportion } from "../../src/domain/biometrics/proportion.ts";
import { thresholdAt } from "./statistics.ts";

/** A pair that gave a score. */
export interface ScoredPair {
  readonly score: number;
  readonly same: boolean;
}

export const FMRS = [1e-3, 1e-4] as const;

export interface VerificationReport {
  readonly same: number;
  readonly different: number;
  /** At the threshold that no more than the rate of the pairs of different people reach. */
  readonly tmrAtFmr: Readonly<Record<string, { readonly threshold: number; readonly tmr: Proportion }>>;
  /** Of each fold with the threshold that is best on the others; the standard error is the one between folds. */
  readonly accuracy: { readonly value: number; readonly standardError: number; readonly all: Proportion };
}

export function verificationReport(folds: readonly (readonly ScoredPair[])[]): VerificationReport {
  const pairs = folds.flat();
  const same = pairs.filter((pair) => pair.same);
  const nonMated = Float64Array.from(pairs.filter((pair) => !pair.same), ({ score }) => score).sort();
  const tmrAtFmr = FMRS.map((fmr) => {
    const threshold = thresholdAt(nonMated, fmr);
    return [String(fmr), { threshold, tmr: proportion(same.filter(({ score }) => score >= threshold).length, same.length) }] as const;
  });
  const used = folds.filter((fold) => fold.length > 0);
  const rights = used.map((fold) => correct(fold, bestThreshold(used.filter((other) => other !== fold).flat())));
  const accuracies = rights.map((right, index) => right / (used[index]?.length ?? 1));
  const mean = sum(accuracies) / accuracies.length;
  return {
    same: same.length,
    different: nonMated.length,
    tmrAtFmr: Object.fromEntries(tmrAtFmr),
    accuracy: {
      value: mean,
      standardError: Math.sqrt(sum(accuracies.map((accuracy) => (accuracy - mean) ** 2)) / (accuracies.length - 1) / accuracies.length),
      all: proportion(sum(rights), pairs.length),
    },
  };
}

function correct(pairs: readonly ScoredPair[], threshold: number): number {
  return pairs.filter(({ score, same }) => score >= threshold === same).length;
}

/** The threshold with the most correct answers, halfway between two scores. */
function bestThreshold(pairs: readonly ScoredPair[]): number {
  const sorted = [...pairs].sort((one, other) => one.score - other.score);
  // Everything counts as the same person below the lowest score.
  let right = sorted.filter(({ same }) => same).length;
  let best = { right, threshold: Number.NEGATIVE_INFINITY };
  for (const [index, { score, same }] of sorted.entries()) {
    right += same ? -1 : 1;
    const next = sorted[index + 1]?.score ?? score + 1;
    if (right > best.right && next > score) best = { right, threshold: (score + next) / 2 };
  }
  return best.threshold;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
