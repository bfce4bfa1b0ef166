/** Luma at and below which a pixel is taken for clipped at black, and at and above which for clipped at white. */
const BLACK = 8;
const WHITE = 250;

/** Parts of the pixels of a face that are clipped, 0..1 each. */
export interface Exposure {
  readonly under: number;
  readonly over: number;
}

/** `plane` is a square luma plane; the outer `margin` (part of the side, 0..0.5) is left out. */
export function exposure(plane: Float32Array, side: number, margin: number): Exposure {
  const from = Math.floor(side * margin);
  const to = side - from;
  let [under, over] = [0, 0];
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const value = plane[y * side + x] ?? 0;
      if (value <= BLACK) under += 1;
      else if (value >= WHITE) over += 1;
    }
  }
  const count = Math.max(1, (to - from) ** 2);
  return { under: under / count, over: over / count };
}
