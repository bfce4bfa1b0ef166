import { expect, test } from "vitest";
import { unpackAssets } from "./packed-assets.ts";

test("unpackAssets cuts the data where the loader's metadata says", () => {
  const loader = `load({"files": [{"filename": "/third_party/a.tflite", "start": 0, "end": 2}, {"filename": "/b", "start": 2, "end": 5}], "size": 5})`;
  const assets = unpackAssets(Uint8Array.of(1, 2, 3, 4, 5), loader);
  expect([...assets]).toEqual([
    ["a.tflite", Uint8Array.of(1, 2)],
    ["b", Uint8Array.of(3, 4, 5)],
  ]);
});

test.each([["no list"], ['{"files": [1]}']])(
  "unpackAssets refuses a loader when it holds %s",
  (loader) => {
    expect(() => unpackAssets(new Uint8Array(8), loader)).toThrow(
      expect.objectContaining({ kind: "models/source-unexpected" }),
    );
  },
);
