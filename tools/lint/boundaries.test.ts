import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { beforeAll, describe, expect, it } from "vitest";

/** The project's own rules without those that need type information: the planted files exist only here. */
let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint({
    overrideConfig: [
      { ...tseslint.configs.disableTypeChecked, languageOptions: { parserOptions: { projectService: false } } },
    ] as NonNullable<ESLint.Options["overrideConfig"]>,
  });
});

async function violations(filePath: string, code: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  return (result?.messages ?? []).flatMap(({ ruleId }) => (ruleId === null ? ["parse-error"] : [ruleId]));
}

const BOUNDARY = "boundaries/dependencies";

describe("the boundary rules refuse", () => {
  it.each([
    ["domain that imports app", "src/domain/planted.ts", 'export { Subject } from "../app/observable.ts";', BOUNDARY],
    ["domain that imports storage", "src/domain/planted.ts", 'export { default } from "dexie";', BOUNDARY],
    ["domain that reads the clock", "src/domain/planted.ts", "export const now = Date.now();", "no-restricted-properties"],
    ["domain that draws a random number", "src/domain/planted.ts", "export const n = Math.random();", "no-restricted-properties"],
    ["app that imports an adapter", "src/app/planted.ts", 'export * from "../adapters/storage/database.ts";', BOUNDARY],
    ["app that imports lit", "src/app/planted.ts", 'export { html } from "lit";', BOUNDARY],
    ["ui that imports an adapter", "src/ui/planted.ts", 'export * from "../adapters/storage/database.ts";', BOUNDARY],
    ["ui that imports comlink", "src/ui/planted.ts", 'export { wrap } from "comlink";', BOUNDARY],
    ["an adapter that imports the ui", "src/adapters/planted.ts", 'export * from "../ui/kiosk/cf-kiosk.ts";', BOUNDARY],
    ["an adapter other than storage that imports dexie", "src/adapters/camera/planted.ts", 'export { default } from "dexie";', BOUNDARY],
    ["a worker that imports app", "workers/matcher/planted.ts", 'export { Subject } from "../../src/app/observable.ts";', BOUNDARY],
    ["a worker that imports lit", "workers/matcher/planted.ts", 'export { html } from "lit";', BOUNDARY],
    ["a worker that imports node", "workers/matcher/planted.ts", 'export { readFileSync } from "node:fs";', BOUNDARY],
  ])("%s", async (_what, path, code, rule) => {
    expect(await violations(path, code)).toContain(rule);
  });
});

describe("the boundary rules allow", () => {
  it.each([
    ["main that imports a library of the ui", "src/main.ts", 'export { html } from "lit"; export * from "./app/observable.ts";'],
    ["app that imports domain", "src/app/planted.ts", 'export { ok } from "../domain/result.ts";'],
    ["storage that imports dexie", "src/adapters/storage/planted.ts", 'export { default } from "dexie";'],
    ["ui that imports lit", "src/ui/planted.ts", 'export { html } from "lit";'],
    ["a worker that imports comlink", "workers/matcher/planted.ts", 'export { expose } from "comlink";'],
  ])("%s", async (_what, path, code) => {
    expect(await violations(path, code)).toEqual([]);
  });
});
