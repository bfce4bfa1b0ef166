import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPicture } from "../../tools/models/golden/picture.ts";
import { testPhotographs } from "../../tools/models/test-photographs.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Building, loading the models and ten pictures take half a minute on a quiet machine. */
const TIMEOUT_MS = 300_000;
/** Side of the picture of one head, in distances between the eyes. */
const AROUND = 6;
const HEADS = 4;

interface Head {
  readonly photograph: string;
  /** Eyes, nose, corners of the mouth. */
  readonly arcface: readonly (readonly [number, number])[];
}

const folder = mkdtempSync(join(tmpdir(), "clockface-evaluation-"));
const images = join(folder, "faces of people");

function evaluate(...args: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tests/evaluation/main.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: TIMEOUT_MS,
    env: { ...process.env, CLOCKFACE_EVALUATION_RESULTS: join(folder, "results") },
  });
  return { status, stdout, stderr };
}

function put(person: string, name: string): string {
  mkdirSync(join(images, person), { recursive: true });
  return join(images, person, name);
}

/** One head of a photograph, with what is round it. */
async function headPicture({ photograph, arcface }: Head): Promise<Buffer> {
  const path = testPhotographs().find((candidate) => basename(candidate) === photograph);
  const [left, right] = arcface;
  if (path === undefined || left === undefined || right === undefined) throw new Error(`no ${photograph}`);
  const picture = await readPicture(path);
  const side = Math.round(AROUND * Math.hypot(right[0] - left[0], right[1] - left[1]));
  const [fromX, fromY] = [Math.round((left[0] + right[0] - side) / 2), Math.round((left[1] + right[1] - side) / 2)];
  const png = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (Math.min(picture.height - 1, Math.max(0, fromY + y)) * picture.width + Math.min(picture.width - 1, Math.max(0, fromX + x))) * 4;
      png.data.set(picture.rgba.subarray(at, at + 4), (y * side + x) * 4);
    }
  }
  return PNG.sync.write(png);
}

beforeAll(async () => {
  const portrait = join(ROOT, "models/golden/portrait/portrait.png");
  copyFileSync(portrait, put("Ada 艾达", "1.png"));
  // The same face a little darker, as the picture that is searched with.
  const darker = PNG.sync.read(readFileSync(portrait));
  for (let at = 0; at < darker.data.length; at++) if (at % 4 !== 3) darker.data[at] = Math.round((darker.data[at] ?? 0) * 0.8);
  writeFileSync(put("Ada 艾达", "2.png"), PNG.sync.write(darker));
  const heads = JSON.parse(readFileSync(join(ROOT, "tools/models/testing/heads.json"), "utf8")) as readonly Head[];
  for (const [index, head] of heads.slice(0, HEADS).entries()) writeFileSync(put(`stranger ${String(index)}`, "a b.png"), await headPicture(head));
  mkdirSync(join(folder, "empty"));
  writeFileSync(put("nobody", "broken.jpg"), "no picture");
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run evaluate", () => {
  test("identifies through the production build, and goes on from what is known", { timeout: 2 * TIMEOUT_MS }, () => {
    const json = join(folder, "report.json");
    const args = ["identification", "--images", images, "--references", "1", "--json", json];
    const first = evaluate(...args);
    expect(first.stderr + first.stdout).toContain("FNIR");
    const report = JSON.parse(readFileSync(json, "utf8")) as Readonly<Record<string, unknown>>;
    expect(report).toMatchObject({ protocol: "identification", profile: "accurate", n: 1, mated: 1, nonMated: HEADS, fte: 0, rank1: 1, operating: { chosenFpir: 1e-3, fnir: 0, fpir: 0 } });
    expect(report["fta"]).toBeCloseTo(1 / (HEADS + 3), 9);
    expect(report["ftaReasons"]).toEqual({ "picture/unreadable": 1 });

    const again = evaluate(...args);
    expect(again.stderr).toContain(`${String(HEADS + 3)} of ${String(HEADS + 3)} pictures are known already`);
    expect(again.stdout).toBe(first.stdout);
  });

  test.each([
    { args: ["identification", "--images", join(folder, "missing")], says: "there is no folder" },
    { args: ["identification", "--images", join(folder, "empty")], says: "folder for each person" },
    { args: ["identification"], says: "--images DIR is missing" },
    { args: ["identification", "--images", folder, "--refs", "3"], says: "--refs" },
    { args: ["identification", "--images", folder, "--references", "none"], says: "--references" },
    { args: ["guessing"], says: "There is no protocol guessing" },
  ])("says what is wrong and how it is used when it cannot run: $says", ({ args, says }) => {
    const { status, stderr } = evaluate(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
    expect(stderr).toContain("npm run evaluate --");
  }, TIMEOUT_MS);
});
