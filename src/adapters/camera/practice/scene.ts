import type { Head } from "./head.ts";
import { poseHead, shapeHead } from "./head.ts";
import type { Pose } from "./motion.ts";
import type { Raster } from "./raster.ts";
import { drawMesh, raster } from "./raster.ts";

export const FRAME_WIDTH = 640;
export const FRAME_HEIGHT = 480;
export const FRAME_RATE = 30;

/** A person cut out of a picture, and how the camera sees them. */
export interface Figure {
  /** Alpha 0 where the room shows. */
  readonly picture: Raster;
  /** x, y, z of the face mesh's points in pixels of the picture. */
  readonly landmarks: ArrayLike<number>;
  /** Triangles over the points of {@link shapeHead}, three indices each. */
  readonly triangles: Uint16Array;
  readonly far: Placement;
  readonly near: Placement;
}

/** Size and height of the person in the frame. */
export interface Placement {
  /** Pixels of the frame for one of the picture. */
  readonly scale: number;
  /** Where the middle between the eyes is, pixels from the top of the frame. */
  readonly eyesY: number;
}

/** Draws a person in a room, pose by pose. */
export class Scene {
  readonly #head: Head;
  readonly #placed: Float32Array;
  readonly #figure: Figure;
  readonly #room: Raster;
  readonly frame: Raster = raster(FRAME_WIDTH, FRAME_HEIGHT);

  constructor(figure: Figure, room: Raster = plainRoom()) {
    this.#figure = figure;
    this.#room = room;
    this.#head = shapeHead(figure.landmarks, figure.picture.width, figure.picture.height);
    this.#placed = new Float32Array(this.#head.points.length);
  }

  /** The frame is drawn over with each call. */
  draw(pose: Pose): Raster {
    const { frame } = this;
    frame.words.set(this.#room.words);
    if (Math.abs(pose.aside) > 1.2) return frame;
    const { far, near, picture, triangles } = this.#figure;
    const scale = far.scale * (near.scale / far.scale) ** pose.nearness;
    const eyesY = far.eyesY + (near.eyesY - far.eyesY) * pose.nearness;
    const placed = this.#placed;
    poseHead(this.#head, pose, placed);
    const { middle } = this.#head;
    const x = FRAME_WIDTH * (0.5 + pose.aside);
    for (let base = 0; base < placed.length; base += 3) {
      placed[base] = x + ((placed[base] ?? 0) - middle.x) * scale;
      placed[base + 1] = eyesY + ((placed[base + 1] ?? 0) - middle.y) * scale;
    }
    drawMesh(frame, picture, this.#head.points, placed, triangles);
    return frame;
  }
}

/** A light wall with soft shadows and a fine grain: the surroundings that the presentation check expects of a room. */
export function plainRoom(): Raster {
  const room = raster(FRAME_WIDTH, FRAME_HEIGHT);
  let noise = 1;
  for (let y = 0; y < FRAME_HEIGHT; y++) {
    for (let x = 0; x < FRAME_WIDTH; x++) {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const grain = noise / 2 ** 32 - 0.5;
      const light = 203 - 26 * Math.hypot(x / FRAME_WIDTH - 0.42, y / FRAME_HEIGHT - 0.3) + 5 * Math.sin(x / 71 + Math.sin(y / 53)) * Math.sin(y / 89 + 1) + 5 * grain;
      const [red, green, blue] = [light + 2, light - 2, light - 6].map((value) => Math.max(0, Math.min(255, Math.round(value))));
      room.words[y * FRAME_WIDTH + x] = (0xff000000 | ((blue ?? 0) << 16) | ((green ?? 0) << 8) | (red ?? 0)) >>> 0;
    }
  }
  return room;
}
