import type { Rgb } from "./picture.ts";
import { sample } from "./picture.ts";
import type { Random } from "./random.ts";
import { between } from "./random.ts";

/** How a carrier is held before the camera in one moment. Metres and degrees; the camera looks along z. */
export interface Hold {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** Radius of the cylinder that the carrier is bent to; positive towards the camera, infinite when flat. */
  readonly radius: number;
}

/** What shows the face: paper or a screen. */
export interface Carrier {
  /** Whole size, metres. */
  readonly width: number;
  readonly height: number;
  /** Part that shows the picture, centred; round it paper's border or a bezel. */
  readonly shownWidth: number;
  readonly shownHeight: number;
  /** Radius of the corners, metres. */
  readonly corner: number;
  /** Light from a place of the carrier, linear 0..1 in red, green, blue. `u`, `v` 0..1 over the shown part; outside it the border. */
  readonly light: (u: number, v: number, inside: boolean, out: Float32Array) => void;
  /** 1 for what is lit by the room, 0 for what shines itself. */
  readonly lit: number;
  /** Strength of the room's reflection. */
  readonly glare: number;
}

export const CAMERA_WIDTH = 640;
export const CAMERA_HEIGHT = 480;
/** Focal length in pixels: 56 degrees across, a common front camera. */
const FOCAL = 600;

/** Light that a medium gives for each value of a picture, 256 for each channel. */
export function response(light: (linear: number, channel: number) => number): Float32Array {
  return Float32Array.from({ length: 768 }, (_, index) => light(((index & 255) / 255) ** 2.2, index >> 8));
}

/** Light of a picture's place, `u` and `v` 0..1, by the medium's {@link response}. */
export function pictureLight(picture: Rgb, u: number, v: number, by: Float32Array, out: Float32Array): void {
  sample(picture, u * picture.width - 0.5, v * picture.height - 0.5, out);
  out[0] = by[(out[0] ?? 0) | 0] ?? 0;
  out[1] = by[256 | (out[1] ?? 0)] ?? 0;
  out[2] = by[512 | (out[2] ?? 0)] ?? 0;
}

/** Draws a carrier over what the camera sees, linear light, three values a pixel. */
export function drawCarrier(frame: Float32Array, carrier: Carrier, hold: Hold): void {
  const [yaw, pitch, roll] = [hold.yawDeg, hold.pitchDeg, hold.rollDeg].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const [cy, sy, cp, sp, cr, sr] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch), Math.cos(roll), Math.sin(roll)];
  // Columns: the carrier's own axes as the camera sees them.
  const axisX = [cy * cr + sy * sp * sr, cp * sr, -sy * cr + cy * sp * sr] as const;
  const axisY = [-cy * sr + sy * sp * cr, cp * cr, sy * sr + cy * sp * cr] as const;
  const axisZ = [sy * cp, -sp, cy * cp] as const;
  const dot = (axis: readonly [number, number, number], x: number, y: number, z: number): number => axis[0] * x + axis[1] * y + axis[2] * z;
  const [ox, oy, oz] = [dot(axisX, -hold.x, -hold.y, -hold.distance), dot(axisY, -hold.x, -hold.y, -hold.distance), dot(axisZ, -hold.x, -hold.y, -hold.distance)];
  const flat = !Number.isFinite(hold.radius);
  const [halfWidth, halfHeight] = [carrier.width / 2, carrier.height / 2];
  const out = new Float32Array(3);
  const reach = (FOCAL / Math.max(0.05, hold.distance - halfWidth)) * Math.hypot(halfWidth, halfHeight);
  const [middleX, middleY] = [CAMERA_WIDTH / 2 + (FOCAL * hold.x) / hold.distance, CAMERA_HEIGHT / 2 + (FOCAL * hold.y) / hold.distance];
  for (let row = Math.max(0, Math.floor(middleY - reach)); row < Math.min(CAMERA_HEIGHT, middleY + reach); row++) {
    for (let column = Math.max(0, Math.floor(middleX - reach)); column < Math.min(CAMERA_WIDTH, middleX + reach); column++) {
      const rx = (column + 0.5 - CAMERA_WIDTH / 2) / FOCAL;
      const ry = (row + 0.5 - CAMERA_HEIGHT / 2) / FOCAL;
      const dx = axisX[0] * rx + axisX[1] * ry + axisX[2];
      const dy = axisY[0] * rx + axisY[1] * ry + axisY[2];
      const dz = axisZ[0] * rx + axisZ[1] * ry + axisZ[2];
      let s: number;
      let t: number;
      let facing = 1;
      if (flat) {
        const length = -oz / dz;
        s = ox + length * dx;
        t = oy + length * dy;
      } else {
        // (x)^2 + (z - R)^2 = R^2 with the carrier's middle at the origin.
        const a = dx * dx + dz * dz;
        const b = ox * dx + (oz - hold.radius) * dz;
        const c = ox * ox + (oz - hold.radius) ** 2 - hold.radius ** 2;
        const root = b * b - a * c;
        if (root < 0) continue;
        const length = (-b - Math.sign(hold.radius) * Math.sqrt(root)) / a;
        const x = ox + length * dx;
        const z = oz + length * dz;
        s = Math.abs(hold.radius) * (hold.radius > 0 ? Math.atan2(x, hold.radius - z) : Math.atan2(x, z - hold.radius));
        t = oy + length * dy;
        facing = Math.cos(s / hold.radius);
      }
      const fromX = Math.abs(s) - halfWidth;
      const fromY = Math.abs(t) - halfHeight;
      if (fromX > 0 || fromY > 0) continue;
      const overX = fromX + carrier.corner;
      const overY = fromY + carrier.corner;
      if (overX > 0 && overY > 0 && overX * overX + overY * overY > carrier.corner * carrier.corner) continue;
      const u = s / carrier.shownWidth + 0.5;
      const v = t / carrier.shownHeight + 0.5;
      const inside = u >= 0 && u <= 1 && v >= 0 && v <= 1;
      carrier.light(u, v, inside, out);
      const shade = 1 - carrier.lit * (1 - Math.max(0.3, facing * (0.86 + 0.14 * axisZ[2]) + 0.25 * axisZ[0]));
      // A window's soft image, which stays where it is while the carrier moves.
      const mx = (rx - 2 * axisZ[0] + 0.1) / 0.12;
      const my = (ry - 2 * axisZ[1] + 0.14) / 0.2;
      const mirror = carrier.glare * Math.exp(-mx * mx - my * my);
      const at = (row * CAMERA_WIDTH + column) * 3;
      frame[at] = (out[0] ?? 0) * shade + mirror;
      frame[at + 1] = (out[1] ?? 0) * shade + mirror;
      frame[at + 2] = (out[2] ?? 0) * shade + mirror;
    }
  }
}

/** A skin-coloured thumb over each long side of what is held, where a hand would be. */
export function drawFingers(frame: Float32Array, carrier: Carrier, hold: Hold, tone: readonly [number, number, number]): void {
  const scale = FOCAL / hold.distance;
  for (const side of [-1, 1]) {
    const x = CAMERA_WIDTH / 2 + (hold.x + side * (carrier.width / 2 + 0.002)) * scale;
    const y = CAMERA_HEIGHT / 2 + (hold.y + carrier.height * 0.3) * scale;
    const [rx, ry] = [0.013 * scale, 0.03 * scale];
    for (let row = Math.max(0, Math.floor(y - ry)); row < Math.min(CAMERA_HEIGHT, y + ry); row++) {
      for (let column = Math.max(0, Math.floor(x - rx)); column < Math.min(CAMERA_WIDTH, x + rx); column++) {
        const from = ((column - x) / rx) ** 2 + ((row - y) / ry) ** 2;
        if (from > 1) continue;
        const at = (row * CAMERA_WIDTH + column) * 3;
        for (let channel = 0; channel < 3; channel++) frame[at + channel] = (tone[channel] ?? 0) * (1 - 0.5 * from);
      }
    }
  }
}

/** A room behind: a wall, some furniture out of focus, and the shoulders of whoever holds the carrier. Linear light. */
export function room(random: Random, withPerson: boolean): Float32Array {
  const frame = new Float32Array(CAMERA_WIDTH * CAMERA_HEIGHT * 3);
  const wall = [between(random, 0.2, 0.55), between(random, 0.2, 0.55), between(random, 0.18, 0.5)] as const;
  const boxes = Array.from({ length: 5 }, () => ({ x: between(random, -0.1, 1), y: between(random, 0, 0.9), w: between(random, 0.05, 0.35), h: between(random, 0.1, 0.6), tone: [between(random, 0.02, 0.6), between(random, 0.02, 0.6), between(random, 0.02, 0.6)] }));
  const cloth = [between(random, 0.02, 0.4), between(random, 0.02, 0.4), between(random, 0.02, 0.4)] as const;
  const light = { x: random(), y: random() * 0.4 };
  for (let row = 0; row < CAMERA_HEIGHT; row++) {
    for (let column = 0; column < CAMERA_WIDTH; column++) {
      const [x, y] = [column / CAMERA_WIDTH, row / CAMERA_HEIGHT];
      const fall = 1.15 - 0.6 * Math.hypot(x - light.x, y - light.y);
      const box = boxes.findLast((one) => x >= one.x && x <= one.x + one.w && y >= one.y && y <= one.y + one.h);
      const person = withPerson && (Math.hypot((x - 0.5) / 0.42, (y - 1.15) / 0.55) < 1);
      for (let channel = 0; channel < 3; channel++) frame[(row * CAMERA_WIDTH + column) * 3 + channel] = fall * ((person ? cloth[channel] : (box?.tone[channel] ?? wall[channel])) ?? 0);
    }
  }
  return blurred(blurred(frame, 5), 5);
}

/** Mean over a square of 2 * radius + 1 pixels. */
export function blurred(frame: Float32Array, radius: number): Float32Array {
  const across = new Float32Array(frame.length);
  const result = new Float32Array(frame.length);
  const mean = (from: Float32Array, to: Float32Array, lines: number, length: number, lineStep: number, step: number): void => {
    for (let line = 0; line < lines; line++) {
      for (let channel = 0; channel < 3; channel++) {
        const base = line * lineStep + channel;
        let sum = 0;
        const at = (index: number): number => from[base + Math.min(length - 1, Math.max(0, index)) * step] ?? 0;
        for (let index = -radius; index <= radius; index++) sum += at(index);
        for (let index = 0; index < length; index++) {
          to[base + index * step] = sum / (2 * radius + 1);
          sum += at(index + radius + 1) - at(index - radius);
        }
      }
    }
  };
  mean(frame, across, CAMERA_HEIGHT, CAMERA_WIDTH, CAMERA_WIDTH * 3, 3);
  mean(across, result, CAMERA_WIDTH, CAMERA_HEIGHT, 3, CAMERA_WIDTH * 3);
  return result;
}

const GAMMA = Float32Array.from({ length: 4097 }, (_, light) => 255 * (light / 4096) ** (1 / 2.2));

/** The camera's lens and sensor: a little out of focus, noise, gamma. `focus` 0..1, 0 sharp. */
export function develop(linear: Float32Array, focus: number, noise: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(linear.length);
  // Values for the noise: a sum of few even ones is near enough to normal, and a table is fast.
  const table = Float32Array.from({ length: 4096 }, () => (random() + random() + random() - 1.5) * 2 * noise);
  const stride = CAMERA_WIDTH * 3;
  const last = linear.length - stride;
  let bits = Math.floor(random() * 2 ** 31) | 1;
  for (let index = 0; index < linear.length; index++) {
    let light = linear[index] ?? 0;
    if (index >= stride && index < last) light = light * (1 - focus) + ((linear[index - 3] ?? 0) + (linear[index + 3] ?? 0) + (linear[index - stride] ?? 0) + (linear[index + stride] ?? 0)) * (focus / 4);
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    const value = (GAMMA[light <= 0 ? 0 : light >= 1 ? 4096 : (light * 4096) | 0] ?? 0) + (table[bits & 4095] ?? 0) + 0.5;
    bytes[index] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return bytes;
}
