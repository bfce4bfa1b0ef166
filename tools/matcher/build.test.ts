import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { KERNEL_BASE64 } from "../../workers/matcher/derived/kernel.ts";
import { buildKernel, compile, KERNEL_SOURCE } from "./build.ts";

describe("the matcher's kernel", () => {
  test("is what its source compiles to, and is left alone then", async () => {
    expect(Buffer.from(await compile(await readFile(KERNEL_SOURCE, "utf8"))).toString("base64")).toBe(KERNEL_BASE64);
    expect(await buildKernel()).toBe(false);
  });

  test("is told of with the compiler's words when it does not compile", async () => {
    await expect(compile("export function broken(): i32 { return nothing; }")).rejects.toThrow("Cannot find name 'nothing'");
  });
});
