import type { Similarity } from "./warp.ts";
import { EYE_TERMS, GLASSES_TERMS, LOWER_FACE_TERMS } from "./quality-occlusion-terms.ts";
import type { Measure, OcclusionHead, Region } from "./quality-occlusion-terms.ts";

/** Where a region is looked at: landmarks of MediaPipe's mesh. `R` and `L` are the left and right of the picture. */
const REGIONS: Readonly<Record<Region, readonly number[]>> = {
  forehead: [151, 9, 108, 337, 69, 299],
  bridge: [168, 6, 197],
  nose: [4, 5, 195, 1],
  alaR: [98, 64],
  alaL: [327, 294],
  cheekR: [117, 118, 50, 101],
  cheekL: [346, 347, 280, 330],
  midR: [205, 187, 207],
  midL: [425, 411, 427],
  philtrum: [164, 167, 393],
  lips: [11, 12, 15, 16, 72, 302, 86, 316],
  mouthline: [13, 14],
  chin: [18, 200, 199, 201, 421],
  jawR: [172, 136, 58],
  jawL: [397, 365, 288],
  eyeR: [468, 159, 145, 33, 133],
  eyeL: [473, 386, 374, 263, 362],
  lidR: [23, 110, 230, 24],
  lidL: [253, 339, 450, 254],
  browR: [105, 52],
  browL: [334, 282],
};

/** Half the side of the patch round each landmark, pixels of the aligned face. */
const PATCH = 2;
/** Added before logarithms, so that noise in the dark says little. */
const LUMA_FLOOR = 16;
const COLOUR_FLOOR = 12;

/** What one region shows. All are logarithms, so that a difference of two regions does not depend on the light nor on how light the skin is. */
interface Look {
  readonly luma: number;
  /** Red and blue against green. */
  readonly red: number;
  readonly blue: number;
  /** Gradient against luma. */
  readonly detail: number;
  /** Brightest against darkest pixel. */
  readonly range: number;
}

type Looks = (region: Region) => Look;

/**
 * How likely a part of the face that recognition needs is hidden, 0..1: by a mask or a hand over the mouth, by dark glasses,
 * or by a hand or hair over one eye. The regions are compared with each other alone, never with what skin should look
 * like. Clear glasses, head scarves and beards hide nothing that is needed.
 *
 * @param aligned side x side x 3 bytes, RGB
 * @param plane its luma
 * @param toFrame maps places in the aligned face to places in the frame
 * @param landmarks 478 points as x, y, z in pixels of the frame
 */
export function occlusion(aligned: Uint8Array, plane: Float32Array, side: number, toFrame: Similarity, landmarks: Float32Array): number {
  const seen = new Map<Region, Look>();
  const looks: Looks = (region) => {
    const known = seen.get(region);
    if (known !== undefined) return known;
    const look = lookAt(REGIONS[region], aligned, plane, side, toFrame, landmarks);
    seen.set(region, look);
    return look;
  };
  const mirrored: Looks = (region) => looks(mirror(region));
  return sigmoid(Math.max(sum(LOWER_FACE_TERMS, looks), sum(GLASSES_TERMS, looks), sum(EYE_TERMS, looks), sum(EYE_TERMS, mirrored)));
}

function sum({ bias, terms }: OcclusionHead, looks: Looks): number {
  return terms.reduce((total, [weight, measure, of, minus]) => {
    const one = mean(of, looks);
    const other = minus.length === 0 ? NOTHING : mean(minus, looks);
    return total + weight * compare(measure, one, other);
  }, bias);
}

function compare(measure: Measure, one: Look, other: Look): number {
  if (measure === "chroma") return Math.abs(one.red - other.red) + Math.abs(one.blue - other.blue);
  if (measure === "contrast") return Math.abs(one.luma - other.luma);
  return one[measure] - other[measure];
}

const NOTHING: Look = { luma: 0, red: 0, blue: 0, detail: 0, range: 0 };

function mean(regions: readonly Region[], looks: Looks): Look {
  const of = (measure: keyof Look): number => regions.reduce((total, region) => total + looks(region)[measure], 0) / regions.length;
  return { luma: of("luma"), red: of("red"), blue: of("blue"), detail: of("detail"), range: of("range") };
}

function mirror(region: Region): Region {
  const name = region.endsWith("R") ? `${region.slice(0, -1)}L` : region.endsWith("L") ? `${region.slice(0, -1)}R` : region;
  return name as Region;
}

/** The mean of the patches round the landmarks, as far as they lie in the picture. */
function lookAt(indices: readonly number[], aligned: Uint8Array, plane: Float32Array, side: number, { a, b, tx, ty }: Similarity, landmarks: Float32Array): Look {
  const scale = a * a + b * b;
  let [red, green, blue, gradient, count, patches] = [0, 0, 0, 0, 0, 0];
  let [darkest, brightest] = [Number.POSITIVE_INFINITY, 0];
  const pixel = (x: number, y: number): number => plane[y * side + x] ?? 0;
  for (const index of indices) {
    const dx = (landmarks[3 * index] ?? 0) - tx;
    const dy = (landmarks[3 * index + 1] ?? 0) - ty;
    const x = Math.round((a * dx + b * dy) / scale - 0.5);
    const y = Math.round((a * dy - b * dx) / scale - 0.5);
    const [left, right] = [Math.max(1, x - PATCH), Math.min(side - 2, x + PATCH)];
    const [top, bottom] = [Math.max(1, y - PATCH), Math.min(side - 2, y + PATCH)];
    if (right <= left || bottom <= top) continue;
    patches += 1;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const at = 3 * (row * side + column);
        red += aligned[at] ?? 0;
        green += aligned[at + 1] ?? 0;
        blue += aligned[at + 2] ?? 0;
        gradient += (Math.abs(pixel(column + 1, row) - pixel(column - 1, row)) + Math.abs(pixel(column, row + 1) - pixel(column, row - 1))) / 2;
        darkest = Math.min(darkest, pixel(column, row));
        brightest = Math.max(brightest, pixel(column, row));
        count += 1;
      }
    }
  }
  if (patches === 0) [count, darkest] = [1, 0];
  [red, green, blue, gradient] = [red / count, green / count, blue / count, gradient / count];
  const luma = (77 * red + 150 * green + 29 * blue) / 256 + LUMA_FLOOR;
  return {
    luma: Math.log(luma),
    red: Math.log((red + COLOUR_FLOOR) / (green + COLOUR_FLOOR)),
    blue: Math.log((blue + COLOUR_FLOOR) / (green + COLOUR_FLOOR)),
    detail: Math.log((gradient + 1) / luma),
    range: Math.log((brightest + LUMA_FLOOR) / (darkest + LUMA_FLOOR)),
  };
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
