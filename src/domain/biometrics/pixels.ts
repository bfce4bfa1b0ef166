/** A picture: row-major bytes, `channels` of them a pixel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Four bytes a pixel: red, green, blue, and one that is not looked at. */
export type RgbaPicture = Pixels;

/** A rectangle in pixels: pixel (i, j) covers the square from (i, j) to (i + 1, j + 1). */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** ITU-R BT.601 weights in 1/256. */
const LUMA_RED = 77;
const LUMA_GREEN = 150;
const LUMA_BLUE = 29;

/**
 * The square round a face that presentation attack detection looks at: `scale` box heights wide, no larger than the
 * frame, moved until it lies inside.
 */
export function surroundings(box: Region, scale: number, frame: { readonly width: number; readonly height: number }): Region {
  const side = Math.min(box.height * scale, frame.width, frame.height);
  const inside = (start: number, size: number): number => Math.min(Math.max(start, 0), size - side);
  return {
    x: inside(box.x + box.width / 2 - side / 2, frame.width),
    y: inside(box.y + box.height / 2 - side / 2, frame.height),
    width: side,
    height: side,
  };
}

/** Mean luma (ITU-R BT.601), 0..255, of every `stride`-th pixel of every `stride`-th row. */
export function meanLuma(picture: RgbaPicture, stride: number): number {
  const { width, height, data } = picture;
  let sum = 0;
  let count = 0;
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      const at = (y * width + x) * 4;
      sum += LUMA_RED * (data[at] ?? 0) + LUMA_GREEN * (data[at + 1] ?? 0) + LUMA_BLUE * (data[at + 2] ?? 0);
      count++;
    }
  }
  return count === 0 ? 0 : sum / (256 * count);
}

/** Luma (ITU-R BT.601), 0..255, of every pixel of an RGB picture of three bytes a pixel. */
export function lumaPlane(rgb: Uint8Array): Float32Array {
  const plane = new Float32Array(rgb.length / 3);
  for (let pixel = 0, at = 0; pixel < plane.length; pixel++, at += 3) {
    plane[pixel] = (LUMA_RED * (rgb[at] ?? 0) + LUMA_GREEN * (rgb[at + 1] ?? 0) + LUMA_BLUE * (rgb[at + 2] ?? 0)) / 256;
  }
  return plane;
}

export interface LumaMeasures {
  /** 0..255. */
  readonly mean: number;
  /** Standard deviation, 0..128. */
  readonly spread: number;
  /** Mean of the darker over the brighter of the left and right halves, 0..1. */
  readonly evenness: number;
}

/** Light on a face. `plane` is a square luma plane; the outer `margin` (part of the side, 0..0.5) is left out. */
export function lumaMeasures(plane: Float32Array, side: number, margin: number): LumaMeasures {
  const from = Math.floor(side * margin);
  const to = side - from;
  const middle = side / 2;
  let left = 0;
  let right = 0;
  let squares = 0;
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const value = plane[y * side + x] ?? 0;
      squares += value * value;
      if (x < middle) left += value;
      else right += value;
    }
  }
  const count = (to - from) * (to - from);
  const mean = (left + right) / count;
  const brighter = Math.max(left, right);
  return {
    mean,
    spread: Math.sqrt(Math.max(0, squares / count - mean * mean)),
    evenness: brighter === 0 ? 1 : Math.min(left, right) / brighter,
  };
}

/** Variance of the 4-neighbour Laplacian over the inside of a square luma plane; 0 for a flat picture. The outer `margin` is left out. */
export function sharpness(plane: Float32Array, side: number, margin: number): number {
  const from = Math.max(1, Math.floor(side * margin));
  const to = side - from;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const at = y * side + x;
      const value = 4 * (plane[at] ?? 0) - (plane[at - 1] ?? 0) - (plane[at + 1] ?? 0) - (plane[at - side] ?? 0) - (plane[at + side] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
}

/** Part of a box inside the frame, 0..1. */
export function visiblePart(box: Region, frame: { readonly width: number; readonly height: number }): number {
  const width = Math.min(box.x + box.width, frame.width) - Math.max(box.x, 0);
  const height = Math.min(box.y + box.height, frame.height) - Math.max(box.y, 0);
  const area = box.width * box.height;
  return area <= 0 || width <= 0 || height <= 0 ? 0 : Math.min(1, (width * height) / area);
}

/** Area that two boxes share over the area that they cover together, 0..1. */
export function intersectionOverUnion(one: Region, other: Region): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (one.width * one.height + other.width * other.height - shared);
}
