import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { shapeHead } from "../../../src/adapters/camera/practice/head.ts";
import { withLandmarker } from "./landmarks.ts";
import { decodeRaster } from "./pictures.ts";
import { triangulate } from "./triangulate.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "public", "assets", "practice");
const MESH_VALUES = 468 * 3;

/** Finds the practice portrait's landmarks and writes its mesh anew: `npx tsx tests/support/clips/portrait-mesh.ts`. */
async function writePortraitMesh(): Promise<void> {
  const original = await readFile(join(import.meta.dirname, "..", "..", "..", "models", "golden", "portrait", "portrait.png"));
  const { width, height } = decodeRaster(original);
  const found = await withLandmarker((find) => find(original));
  const landmarks = found.slice(0, MESH_VALUES).map((value) => Math.round(value * 100) / 100);
  const { points } = shapeHead(landmarks, width, height);
  await writeFile(join(FOLDER, "portrait.json"), JSON.stringify({ landmarks, triangles: [...triangulate(points)] }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await writePortraitMesh();
