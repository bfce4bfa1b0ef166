import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { holidayFile } from "./holidays/build.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "clockface-sbom-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Component {
  readonly type: string;
  readonly name: string;
  readonly version?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly object[];
}

function bill(sources: readonly { readonly name: string; readonly version: string }[]): readonly Component[] {
  mkdirSync(join(folder, "holidays"), { recursive: true });
  writeFileSync(join(folder, "holidays", "holidays.json"), JSON.stringify({ sources }));
  execFileSync(process.execPath, ["--import", "tsx", join(root, "tools", "sbom.ts"), folder], { cwd: root, stdio: "pipe" });
  return (JSON.parse(readFileSync(join(folder, "bom.cdx.json"), "utf8")) as { readonly components: readonly Component[] }).components;
}

describe("the bill of materials", () => {
  test("names packages, holiday data, models and files with their licences and hashes", { timeout: 60_000 }, () => {
    const { sources } = holidayFile([], [2026, 2026]);
    const components = bill(sources);
    const data = components.filter(({ type }) => type === "data");
    expect(data.map(({ name, version, licenses }) => ({ name, version, licenses }))).toEqual([
      { name: "chinese-days", version: sources[0]?.version, licenses: [{ expression: "MIT" }] },
      { name: "date-holidays", version: sources[1]?.version, licenses: [{ expression: "(ISC AND CC-BY-3.0)" }] },
    ]);
    for (const { hashes } of data) expect(hashes).toEqual([{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }]);
    expect(components.filter(({ type }) => type === "library").map(({ name }) => name)).toContain("dexie");
    expect(components.filter(({ type }) => type === "machine-learning-model").length).toBeGreaterThan(0);
    expect(components.filter(({ type }) => type === "file").map(({ name }) => name)).toEqual(["holidays/holidays.json"]);
  });

  test("is not written when the holidays are of another version than the lock file's", { timeout: 60_000 }, () => {
    expect(() => bill([{ name: "chinese-days", version: "0.0.0" }])).toThrow("chinese-days 0.0.0 is not what the lock file names");
  });
});
