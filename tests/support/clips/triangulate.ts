import Delaunator from "delaunator";

/** Delaunay triangles over points given as x, y, z: three indices each. */
export function triangulate(points: Float32Array): Uint16Array {
  const flat = new Float64Array((points.length / 3) * 2);
  for (let index = 0; index < flat.length / 2; index++) {
    flat[index * 2] = points[index * 3] ?? 0;
    flat[index * 2 + 1] = points[index * 3 + 1] ?? 0;
  }
  return Uint16Array.from(new Delaunator(flat).triangles);
}
