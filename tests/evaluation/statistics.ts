/** The value below which the part `q` (0..1) of the sorted values lies, by linear interpolation. NaN for no values. */
export function quantile(sorted: readonly number[] | Float64Array, q: number): number {
  const at = (sorted.length - 1) * Math.min(1, Math.max(0, q));
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * The lowest threshold at which no more than the part `rate` of the scores reach it.
 *
 * @param sorted ascending
 */
export function thresholdAt(sorted: Float64Array, rate: number): number {
  const allowed = Math.floor(sorted.length * rate);
  const highestRefused = sorted[sorted.length - 1 - allowed];
  return highestRefused === undefined ? Number.NEGATIVE_INFINITY : nextUp(highestRefused);
}

/** Part of the scores that reach the threshold. */
export function rateAt(scores: Iterable<number>, threshold: number): number {
  let reached = 0;
  let count = 0;
  for (const score of scores) {
    count++;
    if (score >= threshold) reached++;
  }
  return reached / count;
}

function nextUp(value: number): number {
  return value + Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
}
