/** How to make an input that is the same everywhere without storing it. */
export interface SyntheticRecipe {
  /**
   * Bytes of the linear congruential generator x <- (1664525 x + 1013904223) mod 2^32, first x = seed: each byte is
   * the top byte of the next x. They are the red, green and blue of each pixel, row by row.
   */
  readonly generator: "lcg-rgb";
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}

/** @returns width x height x 3 bytes, RGB, row by row */
export function syntheticPixels({ seed, width, height }: SyntheticRecipe): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: 3 * width * height }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
