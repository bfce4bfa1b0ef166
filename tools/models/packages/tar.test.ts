import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { tarGz } from "../testing/tar-gz.ts";
import { readTarGz } from "./tar.ts";

const LONG_PATH = `package/${"folder/".repeat(14)}file.txt`;

describe("readTarGz", () => {
  test("gives every file its content", () => {
    const files = readTarGz(tarGz({ "package/a.txt": "one", "package/empty": "", [LONG_PATH]: "x".repeat(1025) }));
    const texts = [...files].map(([path, content]) => [path, Buffer.from(content).toString()]);
    expect(texts).toEqual([
      ["package/a.txt", "one"],
      ["package/empty", ""],
      [LONG_PATH, "x".repeat(1025)],
    ]);
  });

  test.each([
    ["is not gzip", (): Uint8Array => Buffer.from("<html>sign in first</html>")],
    ["is cut short as gzip", (whole: Uint8Array): Uint8Array => whole.subarray(0, -20)],
    ["is cut short inside a file", (whole: Uint8Array): Uint8Array => gzipSync(gunzipSync(whole).subarray(0, 600))],
    ["lacks its end", (whole: Uint8Array): Uint8Array => gzipSync(gunzipSync(whole).subarray(0, 2048))],
    [
      "has a changed header",
      (whole: Uint8Array): Uint8Array => {
        const tar = gunzipSync(whole);
        tar.write("b", 8);
        return gzipSync(tar);
      },
    ],
  ])("refuses an archive when it %s", (_, damage) => {
    const whole = tarGz({ "package/a.txt": "a".repeat(1500) });
    expect(() => readTarGz(damage(whole))).toThrow(expect.objectContaining({ kind: "models/archive-damaged" }));
  });
});
