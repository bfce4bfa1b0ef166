import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

test("no package runs a script of its own when it is installed", () => {
  expect(readFileSync(join(ROOT, ".npmrc"), "utf8")).toMatch(/^ignore-scripts=true$/m);
});

test("the lock file names every package by version and hash", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as { readonly packages: Readonly<Record<string, { readonly link?: boolean; readonly integrity?: string; readonly inBundle?: boolean }>> };
  const loose = Object.entries(packages).filter(([path, entry]) => path !== "" && entry.link !== true && entry.inBundle !== true && entry.integrity === undefined);
  expect(loose.map(([path]) => path)).toEqual([]);
});
