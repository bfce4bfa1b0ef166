import type { FaceOutline } from "../../app/api/kiosk.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An upright oval: centre and height in CSS pixels of the box. Its width is {@link OVAL_ASPECT} of its height. */
export interface Oval {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Width of the drawn oval over its height: a head seen from the front. */
export const OVAL_ASPECT = 0.76;

/** How much larger than the found face the oval is drawn: the face ends at the forehead, the head does not. */
const ROOM = 1.28;

/** The found face's centre lies this part of its height under the head's. */
const LIFT = 0.06;

/** Where a person should stand when no face is seen yet, parts of the box. */
const RESTING = { x: 0.5, y: 0.48, height: 0.66 } as const;

/**
 * The oval round a face, in a box that the frame covers (`object-fit: cover`, centred) and that shows it mirrored.
 * The same box in the same frame always gives the same oval: no smoothing here.
 */
export function ovalRound(face: FaceOutline, frame: Size, box: Size): Oval {
  const scale = Math.max(box.width / frame.width, box.height / frame.height);
  const left = (box.width - frame.width * scale) / 2;
  const top = (box.height - frame.height * scale) / 2;
  const width = face.width * frame.width * scale;
  const height = face.height * frame.height * scale;
  const x = left + (face.x + face.width / 2) * frame.width * scale;
  const y = top + (face.y + face.height / 2) * frame.height * scale;
  return {
    x: box.width - x,
    y: y - height * LIFT,
    height: Math.max(height, width / OVAL_ASPECT) * ROOM,
  };
}

/** The oval that invites when there is no face: as high as fits and never wider than the box. */
export function restingOval(box: Size): Oval {
  return {
    x: box.width * RESTING.x,
    y: box.height * RESTING.y,
    height: Math.min(box.height * RESTING.height, (box.width * RESTING.height) / OVAL_ASPECT),
  };
}
