import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { chromium, type Browser, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { formatCoSignature } from "../../src/domain/log/statements.ts";
import { Random } from "../../tests/faults/random.ts";
import { CHROMIUM_FLAGS } from "../../tests/support/chromium-flags.ts";
import { makeSigner, packed, sampleLog, signAll, type SampleLog } from "../../tests/support/log/sample.ts";
import { findChromium } from "../chromium.ts";
import { verifierPage } from "./verifier-page.ts";

const folder = mkdtempSync(join(tmpdir(), "clockface-verifier-"));
const [device, hub] = [makeSigner(), makeSigner()];
const random = new Random(3);
const fresh = (): SampleLog => sampleLog({ entries: 260, device, hub, random: (length) => random.bytes(length) });
let browser: Browser;
let html: string;

beforeAll(async () => {
  html = await verifierPage();
  writeFileSync(join(folder, "verifier.html"), html);
  browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] });
}, 120_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function file(name: string, log: SampleLog): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of packed(log, device)) chunks.push(chunk);
  writeFileSync(join(folder, name), gzipSync(Buffer.concat(chunks)));
  return join(folder, name);
}

async function open(): Promise<{ readonly page: Page; readonly asked: string[]; readonly errors: string[] }> {
  const page = await browser.newPage({ locale: "en-GB", offline: true });
  const asked: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(pathToFileURL(join(folder, "verifier.html")).href);
  return { page, asked, errors };
}

describe("the verifier page", () => {
  test("is one file that may load and ask nothing", () => {
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/);
    expect(html).not.toMatch(/<link|<script src|@import|url\(/);
    expect(html.length).toBeLessThan(300_000);
  });

  test("says that a package is whole, and names what is wrong with another, in both languages and without network", async () => {
    const { page, asked, errors } = await open();
    await page.setInputFiles("#file", await file("whole.clockface-audit", fresh()));
    await page.locator("h2.good").waitFor();
    expect(await page.locator("#result").innerText()).toContain(`Entries 1 to 260 are witnessed by the hub ${hub.id}`);
    const log = fresh();
    log.entries.splice(49, 1);
    await page.setInputFiles("#file", await file("dropped.clockface-audit", log));
    await page.locator("h2.bad").waitFor();
    expect(await page.locator("ul.bad").innerText()).toContain("Entry 50 was dropped");
    await page.click("#language");
    expect(await page.locator("ul.bad").innerText()).toContain("第 50 条被删除");
    writeFileSync(join(folder, "other"), "<img src=x onerror=alert(1)>");
    await page.setInputFiles("#file", join(folder, "other"));
    await page.getByText("这不是审计包").waitFor();
    // Its policy holds: even from inside, nothing can be asked.
    expect(await page.evaluate(() => fetch("https://example.org/").then(() => "asked", () => "refused"))).toBe("refused");
    expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  test("sees a roll back with what the hub itself has handed over", async () => {
    const log = fresh();
    const latest = log.coSignatures.at(-1)!;
    log.entries.splice(200);
    log.facts = { ...log.facts, entries: 200 };
    signAll(log, { device, every: 100, hubEvery: 1 });
    const { page } = await open();
    await page.setInputFiles("#file", await file("back.clockface-audit", log));
    await page.locator("h2.good").waitFor();
    await page.click("summary");
    await page.fill("#beside", formatCoSignature(latest));
    await page.click("#again");
    await page.locator("h2.bad").waitFor();
    expect(await page.locator("ul.bad").innerText()).toContain("Entries 201 to 260: rolled back");
    await page.close();
  });
});
