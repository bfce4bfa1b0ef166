import type { Carrier, Hold } from "./carrier.ts";
import { CAMERA_HEIGHT, CAMERA_WIDTH, develop, drawCarrier, drawFingers, pictureLight, response, room } from "./carrier.ts";
import type { Rgb } from "./picture.ts";
import { RATE } from "./picture.ts";
import type { Random } from "./random.ts";
import { between, wander } from "./random.ts";

/** What is held before the camera; see docs/accuracy.md. */
export const SPECIES = ["print-still", "print-moved", "print-tilted", "print-bent", "phone-replay", "tablet-replay", "monitor-replay"] as const;
export type Species = (typeof SPECIES)[number];

/** What of the source is shown: the face's middle and the width of the part, as parts of the source's width and height. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Frames of the camera that sees the attack, RGB. `source` is the still to print or the clip to replay. */
export function* attackFrames(species: Species, source: readonly Rgb[], part: Part, random: Random, seconds: number): Iterable<Uint8Array> {
  const setting = settingOf(species, random);
  const back = room(random, species !== "monitor-replay");
  const focus = between(random, 0.1, 0.8);
  const noise = between(random, 0.8, 2.2);
  const flicker = setting.shines ? between(random, 0, 0.04) : 0;
  const band = between(random, 0.2, 2);
  const tone = [between(random, 0.25, 0.5), between(random, 0.13, 0.3), between(random, 0.1, 0.22)] as const;
  for (let index = 0; index < seconds * RATE; index++) {
    const second = index / RATE;
    const picture = source[setting.shines ? index % source.length : 0];
    if (picture === undefined) throw new Error("no frame to show");
    const frame = back.slice();
    const carrier = setting.carrier(picture, part);
    const hold = setting.hold(second);
    drawCarrier(frame, carrier, hold);
    if (setting.held) drawFingers(frame, carrier, hold, tone);
    if (flicker > 0) roll(frame, flicker, band * second);
    yield develop(frame, focus, noise, random);
  }
}

interface Setting {
  readonly shines: boolean;
  readonly held: boolean;
  readonly carrier: (picture: Rgb, part: Part) => Carrier;
  readonly hold: (second: number) => Hold;
}

function settingOf(species: Species, random: Random): Setting {
  const sway = [wander(random, 0.15, 1.2), wander(random, 0.15, 1.2), wander(random, 0.15, 1.2), wander(random, 0.15, 1), wander(random, 0.15, 1), wander(random, 0.15, 1)] as const;
  const tremor = [wander(random, 3, 7), wander(random, 3, 7), wander(random, 3, 7)] as const;
  const resting = { x: between(random, -0.02, 0.02), y: between(random, -0.015, 0.02), yawDeg: between(random, -6, 6), pitchDeg: between(random, -6, 6), rollDeg: between(random, -5, 5) };
  /** `moves` 0 on a stand, 1 in a hand that wants to keep still, more when it is moved on purpose. */
  const hold = (distance: number, moves: number, tiltDeg: number, radius: number): ((second: number) => Hold) => (second) => ({
    x: resting.x + 0.008 * moves * sway[0](second) + 0.0006 * Math.min(1, moves) * tremor[0](second),
    y: resting.y + 0.006 * moves * sway[1](second) + 0.0006 * Math.min(1, moves) * tremor[1](second),
    distance: distance * (1 + 0.02 * moves * sway[2](second)),
    yawDeg: resting.yawDeg + (1.2 * moves + tiltDeg) * sway[3](second),
    pitchDeg: resting.pitchDeg + (moves + 0.6 * tiltDeg) * sway[4](second),
    rollDeg: resting.rollDeg + (0.8 * moves + 0.2 * tiltDeg) * sway[5](second) + 0.15 * Math.min(1, moves) * tremor[2](second),
    radius,
  });
  const bend = between(random, 0.09, 0.25) * (random() < 0.7 ? 1 : -1);
  switch (species) {
    case "print-still":
      return { shines: false, held: false, carrier: print(random), hold: hold(between(random, 0.36, 0.5), 0, 0, Number.POSITIVE_INFINITY) };
    case "print-moved":
      return { shines: false, held: true, carrier: print(random), hold: hold(between(random, 0.36, 0.5), between(random, 1, 3), 0, Number.POSITIVE_INFINITY) };
    case "print-tilted":
      return { shines: false, held: true, carrier: print(random), hold: hold(between(random, 0.36, 0.5), 1.5, between(random, 10, 22), Number.POSITIVE_INFINITY) };
    case "print-bent":
      return { shines: false, held: true, carrier: print(random), hold: hold(between(random, 0.34, 0.46), 1.5, between(random, 6, 20), bend) };
    case "phone-replay":
      return { shines: true, held: true, carrier: screen(random, 0.068, 0.148, 0.004, 0.75), hold: hold(between(random, 0.15, 0.2), between(random, 0.3, 1), between(random, 0, 3), Number.POSITIVE_INFINITY) };
    case "tablet-replay":
      return { shines: true, held: true, carrier: screen(random, 0.16, 0.213, 0.011, 0.75), hold: hold(between(random, 0.28, 0.4), between(random, 0.4, 1.2), between(random, 0, 3), Number.POSITIVE_INFINITY) };
    case "monitor-replay":
      return { shines: true, held: false, carrier: screen(random, 0.53, 0.3, 0.012, 1.76), hold: hold(between(random, 0.3, 0.45), 0, 0, Number.POSITIVE_INFINITY) };
  }
}

/** A face about life-size on office or photo paper, with a white border. */
function print(random: Random): Setting["carrier"] {
  const width = between(random, 0.17, 0.24);
  const border = between(random, 0.004, 0.02);
  const white = between(random, 0.5, 0.85);
  const black = between(random, 0.02, 0.07);
  const cast = [between(random, 0.94, 1.06), 1, between(random, 0.92, 1.06)];
  const contrast = between(random, 0.9, 1.15);
  const ink = response((light, channel) => (cast[channel] ?? 1) * (black + (white - black) * light ** contrast));
  const paper = [0, 256, 512].map((first) => ink[first + 255] ?? 1);
  return (picture, part) => {
    const height = width * (picture.height / picture.width) * (part.width < 1 ? 1.1 : 1);
    return {
      width: width + 2 * border,
      height: height + 2 * border,
      shownWidth: width,
      shownHeight: height,
      corner: 0.0005,
      lit: 1,
      glare: 0.02,
      light: (u, v, inside, out) => {
        if (!inside || !shown(picture, part, width / height, u, v, ink, out)) out.set(paper);
      },
    };
  };
}

const THIRD = (2 * Math.PI) / 3;

/** A screen with its bezel. `aspect` is the width of the played picture over its height: what is left of the screen is black. */
function screen(random: Random, width: number, height: number, bezel: number, aspect: number): Setting["carrier"] {
  const gain = between(random, 0.7, 1.15);
  const gamma = between(random, 0.92, 1.18);
  const black = between(random, 0.002, 0.015);
  const cast = [between(random, 0.9, 1), between(random, 0.97, 1.02), between(random, 1, 1.15)];
  const grid = between(random, 0, 0.06);
  const pitch = { across: between(random, 350, 900), down: between(random, 350, 900) };
  const glare = between(random, 0, 0.18);
  const frame = between(random, 0.002, 0.05);
  const shine = response((light, channel) => (cast[channel] ?? 1) * (black + gain * light ** gamma));
  const dark = [0, 256, 512].map((first) => shine[first] ?? 0);
  return (picture, part) => ({
    width: width + 2 * bezel,
    height: height + 2 * bezel,
    shownWidth: width,
    shownHeight: height,
    corner: Math.min(0.008, bezel * 2),
    lit: 0,
    glare,
    light: (u, v, inside, out) => {
      const played = Math.min(height, width / aspect);
      const place = inside ? (v - 0.5) * (height / played) + 0.5 : -1;
      if (!inside) {
        out.fill(frame);
        return;
      }
      if (place < 0 || place > 1 || !shown(picture, part, aspect, u, place, shine, out)) out.set(dark);
      const down = 1 + 0.6 * grid * Math.cos(2 * Math.PI * v * pitch.down);
      const across = 2 * Math.PI * u * pitch.across;
      out[0] = (out[0] ?? 0) * down * (1 + grid * Math.cos(across));
      out[1] = (out[1] ?? 0) * down * (1 + grid * Math.cos(across - THIRD));
      out[2] = (out[2] ?? 0) * down * (1 + grid * Math.cos(across + THIRD));
    },
  });
}

/** The part of the picture at a place; false outside the picture. */
function shown(picture: Rgb, part: Part, aspect: number, u: number, v: number, by: Float32Array, out: Float32Array): boolean {
  const x = part.x + (u - 0.5) * part.width;
  const y = part.y + ((v - 0.5) * part.width * picture.width) / (aspect * picture.height);
  if (x < 0 || x > 1 || y < 0 || y > 1) return false;
  pictureLight(picture, x, y, by, out);
  return true;
}

/** The band of a screen's refresh, rolling down. */
function roll(frame: Float32Array, strength: number, phase: number): void {
  for (let row = 0; row < CAMERA_HEIGHT; row++) {
    const factor = 1 + strength * Math.sin(2 * Math.PI * (row / CAMERA_HEIGHT + phase));
    for (let at = row * CAMERA_WIDTH * 3; at < (row + 1) * CAMERA_WIDTH * 3; at++) frame[at] = (frame[at] ?? 0) * factor;
  }
}
