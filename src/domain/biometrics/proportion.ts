/** A proportion with how many it rests on and its 95 % interval. All are 0..1 and null where n is 0. */
export interface Proportion {
  readonly n: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Standard normal deviate of a two-sided 95 % interval. */
const Z = 1.959964;

/** Wilson's score interval: unlike the plain one it holds for few cases and for none found (Wilson, JASA 22, 1927). */
export function proportion(found: number, n: number): Proportion {
  if (n === 0) return { n: 0, value: null, low: null, high: null };
  const value = found / n;
  const centre = (value + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((value * (1 - value)) / n + Z ** 2 / (4 * n ** 2));
  return { n, value, low: found === 0 ? 0 : Math.max(0, centre - half), high: found === n ? 1 : Math.min(1, centre + half) };
}
