import type { Raster } from "../../../src/adapters/camera/practice/raster.ts";
import { drawMesh } from "../../../src/adapters/camera/practice/raster.ts";

/** How a flat picture is held to the camera. */
export interface Hold {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly scale: number;
  /** Shift in pixels. */
  readonly x: number;
  readonly y: number;
}

/** Squares along each side: small enough that perspective within one does not show. */
const SQUARES = 16;
/** Distance of the camera in picture widths. */
const CAMERA_DISTANCE = 2;

/** Draws a picture as a card in perspective over the target. */
export function drawPlane(target: Raster, picture: Raster, hold: Hold): void {
  const side = SQUARES + 1;
  const source = new Float32Array(side * side * 3);
  const placed = new Float32Array(side * side * 3);
  const triangles = new Uint16Array(SQUARES * SQUARES * 6);
  const [yaw, pitch, roll] = [hold.yawDeg, hold.pitchDeg, hold.rollDeg].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const distance = picture.width * CAMERA_DISTANCE;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const base = (row * side + column) * 3;
      const [u, v] = [(column * picture.width) / SQUARES, (row * picture.height) / SQUARES];
      source.set([u, v, 0], base);
      const [x0, y0] = [u - picture.width / 2, v - picture.height / 2];
      const [x1, z1] = [x0 * Math.cos(yaw), -x0 * Math.sin(yaw)];
      const [y1, z2] = [y0 * Math.cos(pitch) - z1 * Math.sin(pitch), z1 * Math.cos(pitch) + y0 * Math.sin(pitch)];
      const nearer = (hold.scale * distance) / (distance + z2);
      const [x2, y2] = [x1 * Math.cos(roll) - y1 * Math.sin(roll), y1 * Math.cos(roll) + x1 * Math.sin(roll)];
      placed.set([target.width / 2 + hold.x + x2 * nearer, target.height / 2 + hold.y + y2 * nearer, z2], base);
    }
  }
  let next = 0;
  for (let row = 0; row < SQUARES; row++) {
    for (let column = 0; column < SQUARES; column++) {
      const corner = row * side + column;
      triangles.set([corner, corner + 1, corner + side, corner + 1, corner + side + 1, corner + side], next);
      next += 6;
    }
  }
  drawMesh(target, picture, source, placed, triangles);
}
