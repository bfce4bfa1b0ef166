import { compile } from "../../tools/matcher/build.ts";

/** AssemblyScript that does nothing but read: each value is loaded and added, four at a time in four chains, as fast as memory gives them. */
const SOURCE = `
export function read(from: usize, bytes: usize): f32 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  const end = from + bytes;
  for (let at = from; at < end; at += 64) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at + 16));
    c = f32x4.add(c, v128.load(at + 32));
    d = f32x4.add(d, v128.load(at + 48));
  }
  const sum = f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
}
`;

/** The limit that a search is measured against, as base64 of a WebAssembly module that imports its memory. */
export async function readKernel(): Promise<string> {
  return Buffer.from(await compile(SOURCE)).toString("base64");
}
