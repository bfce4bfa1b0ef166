import type { Region, RgbaPicture } from "./pixels.ts";

/** Maps (x, y) to (a x - b y + tx, b x + a y + ty): turning, scaling and moving, no mirroring. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

export type ColourOrder = "rgb" | "bgr";

/** Below this ratio of output to input size a warp takes several samples for each output pixel. */
const SUPERSAMPLE_BELOW = 0.6;
/** Samples along one side of an output pixel at most, whatever the ratio. */
const MOST_SAMPLES = 8;

/**
 * Cuts a picture out of another. Outside the source is black.
 *
 * @param toSource maps a place in the output to the place in the source it shows
 * @returns width x height x 3 bytes
 */
export function warp(source: RgbaPicture, toSource: Similarity, width: number, height: number, order: ColourOrder): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(width * height * 3);
  const samples = samplesFor(Math.hypot(toSource.a, toSource.b));
  const fill = inside(source, toSource, width, height) ? resampleInside : resample;
  fill(source, output, toSource, width, height, samples, order);
  return output;
}

/** Cuts out a region and scales it to side x side. Returns side x side x 3 bytes: those that {@link warp} would make, sooner. */
export function cropSquare(source: RgbaPicture, region: Region, side: number, order: ColourOrder): Uint8Array<ArrayBuffer> {
  const step = region.width / side;
  const columns = axisWeights(region.x, step, side, source.width);
  const rows = axisWeights(region.y, step, side, source.height);
  const row = side * 3;
  const sums = new Float64Array(side * row);
  const line = new Float64Array(row);
  let top = 0;
  for (let y = rows.first[0] ?? 0; y < rows.end; y++) {
    // A row of the source counts for few rows of the output, which follow each other.
    while (top < side && y >= (rows.first[top] ?? 0) + rows.taps) top++;
    if (top >= side || y < (rows.first[top] ?? 0)) continue;
    scaleLine(source, y, columns, side, line);
    for (let out = top; out < side && y >= (rows.first[out] ?? 0); out++) {
      const weight = rows.weights[out * rows.taps + y - (rows.first[out] ?? 0)] ?? 0;
      if (weight === 0) continue;
      for (let at = 0, to = out * row; at < row; at++, to++) sums[to] = (sums[to] ?? 0) + weight * (line[at] ?? 0);
    }
  }
  return rounded(sums, order);
}

/** What each pixel along one axis of the output takes from the source: `taps` weights, from `first` on. */
interface AxisWeights {
  readonly first: Int32Array;
  readonly weights: Float64Array;
  readonly taps: number;
  /** The first place of the source after which nothing counts. */
  readonly end: number;
}

/** The places that {@link resample} samples along one axis and the share of each. Places outside the source have none: they are black. */
function axisWeights(start: number, step: number, side: number, size: number): AxisWeights {
  const samples = samplesFor(step);
  const taps = Math.ceil(step) + 2;
  const first = new Int32Array(side);
  const weights = new Float64Array(side * taps);
  for (let out = 0; out < side; out++) {
    const place = (sample: number): number => step * (out + (sample + 0.5) / samples) + start - 0.5;
    const from = Math.max(0, Math.floor(place(0)));
    first[out] = from;
    for (let sample = 0; sample < samples; sample++) {
      const x = place(sample);
      const left = Math.floor(x);
      for (const [at, share] of [
        [left, left + 1 - x],
        [left + 1, x - left],
      ] as const) {
        const index = out * taps + at - from;
        if (at >= 0 && at < size) weights[index] = (weights[index] ?? 0) + share / samples;
      }
    }
  }
  return { first, weights, taps, end: Math.min(size, (first[side - 1] ?? 0) + taps) };
}

/** One row of the source, scaled to `side` pixels of red, green and blue. */
function scaleLine({ data, width }: RgbaPicture, y: number, { first, weights, taps }: AxisWeights, side: number, line: Float64Array): void {
  const start = y * width * 4;
  for (let out = 0, to = 0; out < side; out++, to += 3) {
    let r = 0;
    let g = 0;
    let b = 0;
    let from = start + (first[out] ?? 0) * 4;
    for (let tap = out * taps; tap < (out + 1) * taps; tap++, from += 4) {
      const weight = weights[tap] ?? 0;
      // Past the row's end nothing has a weight, and nothing may be read.
      if (weight === 0) continue;
      r += weight * (data[from] ?? 0);
      g += weight * (data[from + 1] ?? 0);
      b += weight * (data[from + 2] ?? 0);
    }
    line[to] = r;
    line[to + 1] = g;
    line[to + 2] = b;
  }
}

function rounded(sums: Float64Array, order: ColourOrder): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(sums.length);
  const red = order === "rgb" ? 0 : 2;
  for (let at = 0; at < output.length; at += 3) {
    output[at + red] = Math.round(sums[at] ?? 0);
    output[at + 1] = Math.round(sums[at + 1] ?? 0);
    output[at + 2 - red] = Math.round(sums[at + 2] ?? 0);
  }
  return output;
}

/** How many samples an output pixel takes along one side when it covers `step` source pixels. */
function samplesFor(step: number): number {
  return step > 1 / SUPERSAMPLE_BELOW ? Math.min(Math.ceil(step), MOST_SAMPLES) : 1;
}

/** True when all that an output of this size takes from the source lies inside it. */
function inside(source: RgbaPicture, map: Similarity, width: number, height: number): boolean {
  return [0, width].every((u) =>
    [0, height].every((v) => {
      const x = map.a * u - map.b * v + map.tx - 0.5;
      const y = map.b * u + map.a * v + map.ty - 0.5;
      return x >= 0 && y >= 0 && x < source.width - 1 && y < source.height - 1;
    }),
  );
}

/** {@link resample} where nothing is outside the source: half the time. */
function resampleInside(source: RgbaPicture, output: Uint8Array, map: Similarity, width: number, height: number, samples: number, order: ColourOrder): void {
  const { data, width: sourceWidth } = source;
  const red = order === "rgb" ? 0 : 2;
  const blue = 2 - red;
  const weight = 1 / (samples * samples);
  const stride = sourceWidth * 4;
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let down = 0; down < samples; down++) {
        const v = row + (down + 0.5) / samples;
        const startX = map.tx - 0.5 - map.b * v;
        const startY = map.ty - 0.5 + map.a * v;
        for (let across = 0; across < samples; across++) {
          const u = column + (across + 0.5) / samples;
          const x = startX + map.a * u;
          const y = startY + map.b * u;
          // Nothing is below zero here: cutting off is rounding down.
          const left = x | 0;
          const top = y | 0;
          const fx = x - left;
          const fy = y - top;
          const from = top * stride + left * 4;
          const below = from + stride;
          const northEast = fx * (1 - fy);
          const southEast = fx * fy;
          const northWest = 1 - fy - northEast;
          const southWest = fy - southEast;
          r += northWest * (data[from] ?? 0) + northEast * (data[from + 4] ?? 0) + southWest * (data[below] ?? 0) + southEast * (data[below + 4] ?? 0);
          g += northWest * (data[from + 1] ?? 0) + northEast * (data[from + 5] ?? 0) + southWest * (data[below + 1] ?? 0) + southEast * (data[below + 5] ?? 0);
          b += northWest * (data[from + 2] ?? 0) + northEast * (data[from + 6] ?? 0) + southWest * (data[below + 2] ?? 0) + southEast * (data[below + 6] ?? 0);
        }
      }
      output[at + red] = r * weight + 0.5;
      output[at + 1] = g * weight + 0.5;
      output[at + blue] = b * weight + 0.5;
      at += 3;
    }
  }
}

function resample(source: RgbaPicture, output: Uint8Array, map: Similarity, width: number, height: number, samples: number, order: ColourOrder): void {
  const { data, width: sourceWidth, height: sourceHeight } = source;
  const red = order === "rgb" ? 0 : 2;
  const blue = 2 - red;
  const weight = 1 / (samples * samples);
  const stride = sourceWidth * 4;
  let at = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let sample = 0; sample < samples * samples; sample++) {
        const u = column + ((sample % samples) + 0.5) / samples;
        const v = row + (Math.floor(sample / samples) + 0.5) / samples;
        const x = map.a * u - map.b * v + map.tx - 0.5;
        const y = map.b * u + map.a * v + map.ty - 0.5;
        const left = Math.floor(x);
        const top = Math.floor(y);
        const fx = x - left;
        const fy = y - top;
        const from = top * stride + left * 4;
        // The four weights; a corner outside the source counts as black.
        const west = left >= 0 && left < sourceWidth ? 1 - fx : 0;
        const east = left >= -1 && left < sourceWidth - 1 ? fx : 0;
        const north = top >= 0 && top < sourceHeight ? 1 - fy : 0;
        const south = top >= -1 && top < sourceHeight - 1 ? fy : 0;
        if (west * north > 0) {
          const share = west * north;
          r += share * (data[from] ?? 0);
          g += share * (data[from + 1] ?? 0);
          b += share * (data[from + 2] ?? 0);
        }
        if (east * north > 0) {
          const share = east * north;
          r += share * (data[from + 4] ?? 0);
          g += share * (data[from + 5] ?? 0);
          b += share * (data[from + 6] ?? 0);
        }
        if (west * south > 0) {
          const share = west * south;
          r += share * (data[from + stride] ?? 0);
          g += share * (data[from + stride + 1] ?? 0);
          b += share * (data[from + stride + 2] ?? 0);
        }
        if (east * south > 0) {
          const share = east * south;
          r += share * (data[from + stride + 4] ?? 0);
          g += share * (data[from + stride + 5] ?? 0);
          b += share * (data[from + stride + 6] ?? 0);
        }
      }
      output[at + red] = Math.round(r * weight);
      output[at + 1] = Math.round(g * weight);
      output[at + blue] = Math.round(b * weight);
      at += 3;
    }
  }
}
