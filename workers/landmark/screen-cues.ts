import type { Region, RgbaPicture } from "../../src/domain/biometrics/pixels.ts";
import { pixelGrid } from "./pixel-grid.ts";

/** What the surroundings of a face show of paper or a screen. */
export interface ScreenCues {
  /**
   * How much of a straight-edged frame stands round the face, 0..1: the part of the way along the face on which the weakest of
   * three sides (left, right, and one across) is a straight edge.
   */
  readonly frame: number;
  /** How far a pixel grid or its moire stands out of the face, natural logarithm of power: see {@link pixelGrid}. */
  readonly grid: number;
}

/** A difference of luma over two pixels that counts as an edge, 0..255. */
const EDGE = 12;
/** Slants of an edge that are tried, pixels across for each along: a hand holds within about 20 degrees. */
const SLANTS = [-0.36, -0.3, -0.24, -0.18, -0.12, -0.06, 0, 0.06, 0.12, 0.18, 0.24, 0.3, 0.36] as const;
/** The two sides of a frame that lie opposite each other slant alike within this: perspective is weak. */
const LIKE_SLANT = 0.19;
/** Where the sides may lie, in widths and heights of the face's box from its middle. */
const BESIDE = { from: 0.62, to: 1.9 } as const;
const ACROSS = { from: 0.6, to: 1.9 } as const;
/** How far the sides reach beyond the face, in its heights and widths. */
const BEYOND = { height: 0.15, width: 0.1 } as const;
/** An edge this near to the crop's border is the border's. */
const BORDER = 2;

/**
 * @param picture the whole camera frame
 * @param crop square of the face's surroundings, side x side x 3 bytes
 * @param region what the crop shows of the frame, in its pixels
 */
export function screenCues(picture: RgbaPicture, crop: Uint8Array, side: number, region: Region, face: Region): ScreenCues {
  return { frame: frameRound(crop, side, region, face), grid: pixelGrid(picture, face) };
}

function frameRound(crop: Uint8Array, side: number, region: Region, face: Region): number {
  const luma = lumaOf(crop);
  const scale = side / region.width;
  const box = { x: (face.x - region.x) * scale, y: (face.y - region.y) * scale, width: face.width * scale, height: face.height * scale };
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const upright = { luma, side, step: side, along: 1 };
  const lying = { luma, side, step: 1, along: side };
  // A little more than the face's height and width: an edge of paper or of a screen goes on where hair and shoulders end.
  const rows = { from: box.y - BEYOND.height * box.height, to: box.y + (1 + BEYOND.height) * box.height, middle: middle.y };
  const columns = { from: box.x - BEYOND.width * box.width, to: box.x + (1 + BEYOND.width) * box.width, middle: middle.x };
  const left = edges(upright, rows, middle.x - BESIDE.to * box.width, middle.x - BESIDE.from * box.width);
  const right = edges(upright, rows, middle.x + BESIDE.from * box.width, middle.x + BESIDE.to * box.width);
  const above = edges(lying, columns, middle.y - ACROSS.to * box.height, middle.y - ACROSS.from * box.height);
  const below = edges(lying, columns, middle.y + ACROSS.from * box.height, middle.y + ACROSS.to * box.height);
  let frame = 0;
  for (const one of left) {
    for (const other of right) {
      if (Math.abs(one.slant - other.slant) > LIKE_SLANT) continue;
      const sides = Math.min(one.part, other.part);
      if (sides <= frame) continue;
      const slant = (one.slant + other.slant) / 2;
      for (const across of [...above, ...below]) {
        // At right angles: what slants to the right going down slants up going right.
        if (Math.abs(across.slant + slant) <= LIKE_SLANT) frame = Math.max(frame, Math.min(sides, across.part));
      }
    }
  }
  return frame;
}

interface Grid {
  readonly luma: Float32Array;
  readonly side: number;
  /** From one place along the edge to the next, and from one across it to the next, in pixels of the picture. */
  readonly step: number;
  readonly along: number;
}

interface Edge {
  readonly slant: number;
  /** Part of the places along which the edge was seen, 0..1. */
  readonly part: number;
}

/** The best straight edge at each slant, from `from` to `to` across. */
function edges({ luma, side, step, along }: Grid, run: { readonly from: number; readonly to: number; readonly middle: number }, from: number, to: number): readonly Edge[] {
  const [first, last] = [Math.max(BORDER, Math.ceil(run.from)), Math.min(side - 1 - BORDER, Math.floor(run.to))];
  const length = last - first + 1;
  if (length < 8) return [];
  return SLANTS.map((slant) => {
    let best = 0;
    for (let place = Math.max(BORDER, Math.ceil(from)); place <= Math.min(side - 1 - BORDER, to); place++) {
      let brighter = 0;
      let darker = 0;
      for (let at = first; at <= last; at++) {
        const across = Math.round(place + slant * (at - run.middle));
        if (across < BORDER || across > side - 1 - BORDER) continue;
        const index = at * step + across * along;
        const change = (luma[index + along] ?? 0) - (luma[index - along] ?? 0);
        if (change >= EDGE) brighter++;
        else if (change <= -EDGE) darker++;
      }
      best = Math.max(best, brighter, darker);
    }
    return { slant, part: best / length };
  });
}

function lumaOf(crop: Uint8Array): Float32Array {
  const luma = new Float32Array(crop.length / 3);
  for (let pixel = 0, at = 0; pixel < luma.length; pixel++, at += 3) luma[pixel] = 0.114 * (crop[at] ?? 0) + 0.587 * (crop[at + 1] ?? 0) + 0.299 * (crop[at + 2] ?? 0);
  return luma;
}
