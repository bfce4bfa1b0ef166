import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { afterAll, describe, expect, test } from "vitest";

import { formatCoSignature } from "../src/domain/log/statements.ts";
import { Random } from "../tests/faults/random.ts";
import { makeSigner, packed, sampleLog, signAll, type SampleLog } from "../tests/support/log/sample.ts";

const folder = mkdtempSync(join(tmpdir(), "clockface-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [device, hub] = [makeSigner(), makeSigner()];
const random = new Random(1);
const fresh = (): SampleLog => sampleLog({ entries: 250, device, hub, random: (length) => random.bytes(length) });

async function file(name: string, log: SampleLog): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of packed(log, device)) chunks.push(chunk);
  const path = join(folder, name);
  writeFileSync(path, gzipSync(Buffer.concat(chunks)));
  return path;
}

function verify(...args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", join(import.meta.dirname, "verify.ts"), ...args], { cwd: join(import.meta.dirname, "..") }, (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr }));
  });
}

describe("npm run verify", () => {
  test("leaves with 0 and says who vouches when the package is whole", async () => {
    const { code, said } = await verify(await file("whole.clockface-audit", fresh()), "--looks");
    expect(said).toContain("✓ Everything fits");
    expect(said).toContain(`Entries 1 to 250 are witnessed by the hub ${hub.id}`);
    expect(said).toMatch(/7 {2}.*\(hr\) {2}viewed person/);
    expect(code).toBe(0);
  });

  test("leaves with 1 and names the entry when one was dropped", async () => {
    const log = fresh();
    log.entries.splice(76, 1);
    const { code, said } = await verify(await file("dropped.clockface-audit", log), "--zh");
    expect(said).toContain("第 77 条被删除");
    expect(code).toBe(1);
  });

  test("leaves with 1 when a witness's own word shows a roll back", async () => {
    const log = fresh();
    const latest = log.coSignatures.at(-1)!;
    log.entries.splice(200);
    log.facts = { ...log.facts, entries: 200 };
    signAll(log, { device, every: 100, hubEvery: 1 });
    const path = await file("back.clockface-audit", log);
    expect((await verify(path)).code).toBe(0);
    const { code, said } = await verify(path, "--witness", formatCoSignature(latest));
    expect(said).toContain("Entries 201 to 250: rolled back. The hub has signed");
    expect(code).toBe(1);
  });

  test("leaves with 2 when there is nothing to read", async () => {
    const path = join(folder, "other");
    writeFileSync(path, "something else");
    const answers = await Promise.all([verify(path), verify(join(folder, "none")), verify(), verify(await file("whole.clockface-audit", fresh()), "--witness", "x")]);
    expect(answers.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(answers[0].said).toContain("no auditor's package");
    expect(answers[1].said).toContain("There is no file");
  });
});
