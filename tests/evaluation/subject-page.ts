import type { Box } from "../../src/contracts/landmark.ts";

const COVER = "#808080";

/**
 * Whom a picture is about when it shows several faces: the one whose area less twice its squared distance from the
 * picture's centre is greatest, which is how faces are commonly chosen on labelled press photographs (InsightFace,
 * facenet's aligned LFW). The kiosk asks people to come one at a time instead.
 *
 * @returns index into `boxes`; 0 for none
 */
export function subjectOf(boxes: readonly Box[], width: number, height: number): number {
  const weights = boxes.map((box) => box.width * box.height - 2 * ((box.x + box.width / 2 - width / 2) ** 2 + (box.y + box.height / 2 - height / 2) ** 2));
  return Math.max(0, weights.indexOf(Math.max(...weights)));
}

/** The picture with every other face covered. What lies in the subject's own box stays. */
export async function coverOthers(picture: ImageBitmap, boxes: readonly Box[], subject: number): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  const own = boxes[subject];
  if (!context || !own) throw new Error("nothing to draw on");
  context.drawImage(picture, 0, 0);
  context.fillStyle = COVER;
  for (const [index, { x, y, width, height }] of boxes.entries()) if (index !== subject) context.fillRect(x, y, width, height);
  context.save();
  context.beginPath();
  context.rect(own.x, own.y, own.width, own.height);
  context.clip();
  context.drawImage(picture, 0, 0);
  context.restore();
  return createImageBitmap(canvas);
}
