/** Evenly spread over 0 (included) to 1 (excluded); the same for the same seed on every machine. */
export type Random = () => number;

export function seeded(text: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Smooth wandering about 0 with a spread of about 1: the lower the frequency, the wider, as a hand's. */
export function wander(random: Random, lowHertz: number, highHertz: number): (second: number) => number {
  const parts = Array.from({ length: 7 }, (_, index) => ({
    hertz: lowHertz * (highHertz / lowHertz) ** ((index + random()) / 7),
    phase: random() * 2 * Math.PI,
  }));
  const size = Math.sqrt(parts.reduce((sum, { hertz }) => sum + 1 / hertz, 0) / 2);
  return (second) => parts.reduce((sum, { hertz, phase }) => sum + Math.sin(2 * Math.PI * hertz * second + phase) / Math.sqrt(hertz), 0) / size;
}
