import type { Region, RgbaPicture } from "./pixels.ts";

/** Side of the blocks of JPEG, motion JPEG and most video; larger macroblocks have edges at multiples of it. */
const BLOCK = 8;
/** Every so many rows and columns are looked at. */
const STRIDE = 2;
/** Added to the mean step, luma: in a flat picture the smallest step would be an edge. */
const STEP_FLOOR = 0.5;

/**
 * How much of the picture's detail is the edges of compression blocks, 0..1, whatever the offset of their grid: how far the
 * steps at one of the eight offsets stand out of those at the others (after Wang, Sheikh and Bovik 2002). A picture that was
 * scaled after it was compressed does not show.
 *
 * @param region of the picture, pixels; may reach past its edges
 */
export function blockiness(picture: RgbaPicture, region: Region): number {
  const left = Math.max(1, Math.floor(region.x));
  const top = Math.max(1, Math.floor(region.y));
  const right = Math.min(picture.width - 2, Math.floor(region.x + region.width));
  const bottom = Math.min(picture.height - 2, Math.floor(region.y + region.height));
  if (right - left < 4 * BLOCK || bottom - top < 4 * BLOCK) return 0;
  const { data, width } = picture;
  // Green alone stands for luma: it carries most of it, and this is done for every sample.
  const green = (x: number, y: number): number => data[4 * (y * width + x) + 1] ?? 0;
  const across = standOut(left, right, top, bottom, green);
  const down = standOut(top, bottom, left, right, (y, x) => green(x, y));
  // One direction alone is a striped shirt or a blind behind the face; a grid of blocks shows in both.
  return Math.min(across, down);
}

function standOut(from: number, to: number, first: number, last: number, value: (along: number, line: number) => number): number {
  const steps = new Float64Array(BLOCK);
  const counts = new Float64Array(BLOCK);
  for (let line = first; line < last; line += STRIDE) {
    let [before, here, next] = [value(from - 1, line), value(from, line), value(from + 1, line)];
    for (let at = from; at < to; at++) {
      const after = value(at + 2, line);
      // What a step has over its two neighbours: the edges of things are spread over several pixels, those of blocks are not.
      const step = Math.max(0, Math.abs(next - here) - (Math.abs(here - before) + Math.abs(after - next)) / 2);
      steps[at % BLOCK] = (steps[at % BLOCK] ?? 0) + step;
      counts[at % BLOCK] = (counts[at % BLOCK] ?? 0) + 1;
      [before, here, next] = [here, next, after];
    }
  }
  const means = Array.from(steps, (sum, offset) => sum / Math.max(1, counts[offset] ?? 0)).sort((one, other) => other - one);
  const [most = 0, ...others] = means;
  const rest = others.reduce((sum, mean) => sum + mean, 0) / others.length;
  return Math.max(0, (most - rest) / (most + rest + STEP_FLOOR));
}
