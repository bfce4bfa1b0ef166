/** The vector at unit length. A vector of zeros stays as it is. */
export function normalised(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
  return vector.map((value) => value * scale);
}

/** One after the other, in one vector. */
export function joined(...parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Probability of the first class, 0..1. */
export function softmaxFirst(logits: Float32Array): number {
  const largest = Math.max(...logits);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return Math.exp((logits[0] ?? Number.NaN) - largest) / sum;
}

/** Length of the difference over the length of the expected vector: 0 is equal. NaN when the lengths differ. */
export function relativeError(actual: Float32Array, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.NaN;
  let difference = 0;
  let length = 0;
  expected.forEach((value, index) => {
    difference += ((actual[index] ?? Number.NaN) - value) ** 2;
    length += value ** 2;
  });
  return Math.sqrt(difference / length);
}
