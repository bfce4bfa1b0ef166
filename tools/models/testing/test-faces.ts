import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
import { alignedFace, ARCFACE_TEMPLATE, DLIB_TEMPLATE } from "../golden/align.ts";
import { readPicture, type Picture } from "../golden/picture.ts";
import { Portrait } from "../golden/portrait.ts";
import { modelPaths } from "../paths.ts";
import { testPhotographs } from "../test-photographs.ts";

const FivePoints = v.array(v.tuple([v.number(), v.number()]));

/** Where faces are in the photographs, found with `face_landmarker.task` on overlapping parts of 640 x 640 pixels. */
const Heads = v.array(v.object({ photograph: v.string(), arcface: FivePoints, dlib: FivePoints }));

/** A face cut as the feature models want it: RGB bytes, row by row. */
export interface TestFace {
  readonly name: string;
  /** 112 x 112 */
  readonly arcface: Uint8Array;
  /** 150 x 150 */
  readonly dlib: Uint8Array;
}

export const ALL_TEST_FACES = 22;

/** Real faces: the portrait, then the heads found in the photographs. */
export async function testFaces(count: number): Promise<TestFace[]> {
  const portrait = await Portrait.read(modelPaths());
  const faces: TestFace[] = [
    { name: "portrait", arcface: portrait.inputFor("features-a"), dlib: portrait.inputFor("features-c") },
  ];
  const heads = v.parse(Heads, JSON.parse(await readFile(join(import.meta.dirname, "heads.json"), "utf8")));
  const photographs = testPhotographs();
  const decoded = new Map<string, Picture>();
  for (const [index, { photograph, arcface, dlib }] of heads.slice(0, count - 1).entries()) {
    const path = photographs.find((candidate) => basename(candidate) === photograph);
    if (path === undefined) throw new Error(`no photograph ${photograph}`);
    const picture = decoded.get(path) ?? (await readPicture(path));
    decoded.set(path, picture);
    faces.push({
      name: `head ${index} of ${photograph}`,
      arcface: alignedFace(picture, arcface, ARCFACE_TEMPLATE),
      dlib: alignedFace(picture, dlib, DLIB_TEMPLATE),
    });
  }
  return faces;
}
