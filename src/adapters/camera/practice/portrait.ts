import * as v from "valibot";
import type { Figure } from "./scene.ts";
import type { Raster } from "./raster.ts";

const Mesh = v.object({
  landmarks: v.pipe(v.array(v.number()), v.length(468 * 3)),
  triangles: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), v.check((values) => values.length % 3 === 0)),
});

/** The portrait with its mesh. Throws a `ValiError` when the mesh is not one. */
export function portraitFigure(picture: Raster, mesh: unknown): Figure {
  const { landmarks, triangles } = v.parse(Mesh, mesh);
  return {
    picture,
    landmarks,
    triangles: Uint16Array.from(triangles),
    // Far: too far to be recognised, and the lower edge of the picture stays out of the frame.
    far: { scale: 0.8, eyesY: 165 },
    near: { scale: 1.75, eyesY: 225 },
  };
}
