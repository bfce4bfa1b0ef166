import type { Region, RgbaPicture } from "../../src/domain/biometrics/pixels.ts";

/** Side of the square that is looked at, in pixels of the frame itself: resampling would take the grid away. */
const SIDE = 128;
/** Every second line is enough. */
const LINE_STEP = 2;
/** Coarser patterns than this many to the square are clothes, hair and faces; the finest are the sensor's own. */
const FIRST = 12;
const LAST = SIDE / 2 - 3;
/** A line of the spectrum is held against its neighbours, without those that it leaks into. */
const NEIGHBOURS = 7;
const LEAKS = 2;

const WINDOW = Float32Array.from({ length: SIDE }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / SIDE));
const COSINES = Float32Array.from({ length: SIDE / 2 }, (_, index) => Math.cos((2 * Math.PI * index) / SIDE));
const SINES = Float32Array.from({ length: SIDE / 2 }, (_, index) => -Math.sin((2 * Math.PI * index) / SIDE));

/**
 * How far one frequency stands out of the others over the middle of a face, across or down, in natural logarithms of
 * power: the pixel grid of a screen, or its moire with the camera's. Skin has no frequency of its own: about 0.3 is chance.
 * 0 where the picture is smaller than the square.
 */
export function pixelGrid(picture: RgbaPicture, face: Region): number {
  const { width, height, data } = picture;
  if (width < SIDE || height < SIDE) return 0;
  const left = clamp(Math.round(face.x + face.width / 2 - SIDE / 2), width - SIDE);
  const top = clamp(Math.round(face.y + face.height / 2 - SIDE / 2), height - SIDE);
  const luma = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = ((top + y) * width + left + x) * 4;
      luma[y * SIDE + x] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    }
  }
  return Math.max(peak(luma, SIDE, 1), peak(luma, 1, SIDE));
}

function peak(luma: Float32Array, lineStep: number, step: number): number {
  const power = new Float64Array(SIDE / 2);
  const [real, imaginary] = [new Float32Array(SIDE), new Float32Array(SIDE)];
  for (let line = 0; line < SIDE; line += LINE_STEP) {
    let mean = 0;
    for (let at = 0; at < SIDE; at++) mean += (luma[line * lineStep + at * step] ?? 0) / SIDE;
    for (let at = 0; at < SIDE; at++) real[at] = ((luma[line * lineStep + at * step] ?? 0) - mean) * (WINDOW[at] ?? 0);
    imaginary.fill(0);
    transform(real, imaginary);
    for (let frequency = 1; frequency < SIDE / 2; frequency++) {
      power[frequency] = (power[frequency] ?? 0) + (Math.log((real[frequency] ?? 0) ** 2 + (imaginary[frequency] ?? 0) ** 2 + 1) * LINE_STEP) / SIDE;
    }
  }
  let most = 0;
  for (let frequency = FIRST; frequency <= LAST; frequency++) {
    const others: number[] = [];
    for (let other = frequency - NEIGHBOURS; other <= Math.min(SIDE / 2 - 1, frequency + NEIGHBOURS); other++) if (Math.abs(other - frequency) > LEAKS) others.push(power[other] ?? 0);
    others.sort((one, other) => one - other);
    most = Math.max(most, (power[frequency] ?? 0) - (others[others.length >> 1] ?? 0));
  }
  return most;
}

/** Fourier transform in place, radix two (Cooley and Tukey, 1965). */
function transform(real: Float32Array, imaginary: Float32Array): void {
  for (let index = 1, swap = 0; index < SIDE; index++) {
    let bit = SIDE >> 1;
    for (; (swap & bit) !== 0; bit >>= 1) swap ^= bit;
    swap ^= bit;
    if (index < swap) {
      const kept = real[index] ?? 0;
      real[index] = real[swap] ?? 0;
      real[swap] = kept;
    }
  }
  for (let length = 2; length <= SIDE; length <<= 1) {
    const half = length >> 1;
    const stride = SIDE / length;
    for (let start = 0; start < SIDE; start += length) {
      for (let index = 0; index < half; index++) {
        const cosine = COSINES[index * stride] ?? 0;
        const sine = SINES[index * stride] ?? 0;
        const upper = start + index;
        const lower = upper + half;
        const r = (real[lower] ?? 0) * cosine - (imaginary[lower] ?? 0) * sine;
        const i = (real[lower] ?? 0) * sine + (imaginary[lower] ?? 0) * cosine;
        real[lower] = (real[upper] ?? 0) - r;
        imaginary[lower] = (imaginary[upper] ?? 0) - i;
        real[upper] = (real[upper] ?? 0) + r;
        imaginary[upper] = (imaginary[upper] ?? 0) + i;
      }
    }
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
