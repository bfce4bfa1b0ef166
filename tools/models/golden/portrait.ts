import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import type { ModelId } from "../descriptions.ts";
import type { ModelPaths } from "../paths.ts";
import { alignedFace, ARCFACE_TEMPLATE, DLIB_TEMPLATE, squareCrop } from "./align.ts";
import { readPicture, type Picture } from "./picture.ts";

const FivePoints = v.pipe(v.array(v.tuple([v.number(), v.number()])), v.length(5));
const Points = v.object({
  arcface: FivePoints,
  dlib: FivePoints,
  face: v.object({ left: v.number(), top: v.number(), width: v.number(), height: v.number() }),
});

export type OnnxModelId = Exclude<ModelId, "face-landmarker">;

/** The narrower of the two crops that the attack detector is used with: side of the square over the face's height. */
const PAD_CROP_SCALE = 2.7;
const PAD_SIDE = 128;

/** The public-domain portrait, cut as each model wants it: RGB bytes, row by row. */
export class Portrait {
  private constructor(
    private readonly picture: Picture,
    private readonly points: v.InferOutput<typeof Points>,
  ) {}

  static async read(paths: ModelPaths): Promise<Portrait> {
    const folder = join(paths.golden, "portrait");
    const points = v.parse(Points, JSON.parse(await readFile(join(folder, "points.json"), "utf8")));
    return new Portrait(await readPicture(join(folder, "portrait.png")), points);
  }

  inputFor(model: OnnxModelId): Uint8Array {
    switch (model) {
      case "features-a":
      case "features-b":
        return alignedFace(this.picture, this.points.arcface, ARCFACE_TEMPLATE);
      case "features-c":
        return alignedFace(this.picture, this.points.dlib, DLIB_TEMPLATE);
      case "pad":
        return this.surroundings();
    }
  }

  /** A square around the face's middle, moved until it lies inside the picture. */
  private surroundings(): Uint8Array {
    const { left, top, width, height } = this.points.face;
    const side = PAD_CROP_SCALE * height;
    const inside = (start: number, size: number): number => Math.min(Math.max(start, 0), size - side);
    return squareCrop(
      this.picture,
      inside(left + width / 2 - side / 2, this.picture.width),
      inside(top + height / 2 - side / 2, this.picture.height),
      side,
      PAD_SIDE,
    );
  }
}
