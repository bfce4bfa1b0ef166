/**
 * The kiosk for hours on the production build: `npx tsx tests/bench/soak.ts [--minutes 120] [--json FILE]`.
 *
 * The fake camera plays, 30 times a second, somebody who comes, is recognised and leaves. Once a minute: frames a second,
 * memory of the page, of the workers' WebAssembly and of the processes, and camera frames that are held open. At the end
 * how each changed. Whatever else the machine does lowers the frame rate, so that is told too.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import type { CDPSession, Page } from "@playwright/test";
import { expect } from "@playwright/test";

import { newProfile, Tablet } from "../support/browser.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { ADA, EnrolmentPage, SetupPage } from "../support/pages.ts";
import { freePort, startApp } from "../support/servers.ts";
import { summary } from "./soak-summary.ts";
import type { Minute } from "./soak-summary.ts";
import { askWorkers, collectWorkers, outcomesSoFar, watchOutcomes } from "./soak-page.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, ".cache", "soak");
const DIST = join(FOLDER, "dist");
/** The kiosk keeps to the camera that it was set up with, and the fake one is called by its file. */
const CAMERA = join(FOLDER, "camera.mjpeg");
const MINUTE_MS = 60_000;
const MEBIBYTE = 2 ** 20;

const { values } = parseArgs({ options: { minutes: { type: "string", default: "120" }, json: { type: "string" } } });
const lengthMinutes = Number(values.minutes);

/** Resident memory of the browser's processes of one kind, MiB. */
async function resident(browser: CDPSession, kind: "renderer" | "all"): Promise<number> {
  const { processInfo } = (await browser.send("SystemInfo.getProcessInfo")) as { processInfo: readonly { readonly type: string; readonly id: number }[] };
  return processInfo.filter(({ type }) => kind === "all" || type === kind).reduce((sum, { id }) => sum + residentOf(id), 0);
}

function residentOf(processId: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${processId}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** JavaScript heap of page and workers together after a collection, MiB; null when the browser did not tell in time. */
function agentMemory(page: Page): Promise<number | null> {
  return page.evaluate(async () => {
    const measuring = performance as { readonly measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }> };
    const measured = measuring.measureUserAgentSpecificMemory?.().then(({ bytes }) => bytes / 2 ** 20);
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), 50_000));
    return (await Promise.race([measured, late])) ?? null;
  });
}

async function pageHeap(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  return usedSize / MEBIBYTE;
}

execFileSync(join(ROOT, "node_modules", ".bin", "vite"), ["build", "--logLevel", "warn", "--outDir", DIST, "--emptyOutDir"], { cwd: ROOT, stdio: "inherit" });
const clips = await prepareClips();
const profile = await newProfile("soak");
const app = await startApp(await freePort(), DIST);

await mkdir(FOLDER, { recursive: true });
await copyFile(clips["portrait-enrols"], CAMERA);
const first = await Tablet.start({ clip: CAMERA, origin: app.origin, profile: profile.path });
first.context.setDefaultTimeout(120_000);
const setup = new SetupPage(first.page);
await setup.run(app.origin);
await setup.addPerson(ADA);
const enrolment = new EnrolmentPage(first.page);
await enrolment.agree();
await expect(enrolment.enrolled).toBeVisible({ timeout: 300_000 });
await enrolment.issuePin();
await enrolment.finish();
await setup.openKiosk();
await first.close();

await copyFile(clips["portrait-passes"], CAMERA);
const tablet = await Tablet.start({ clip: CAMERA, origin: app.origin, profile: profile.path });
const { page, context } = tablet;
// The loader of TypeScript names functions by a helper that the page does not have.
await page.addInitScript("globalThis.__name = (named) => named");
await page.addInitScript(collectWorkers);
await page.goto(app.origin);
await page.waitForFunction(() => (document.querySelector("cf-app") as unknown as { kiosk?: { state: { value: { kind: string } } } } | null)?.kiosk?.state.value.kind === "idle", undefined, { timeout: 120_000 });
await page.evaluate(watchOutcomes);
const session = await context.newCDPSession(page);
const browser = await context.browser()?.newBrowserCDPSession();

const minutes: Minute[] = [];
const startedAt = performance.now();
let before = { taken: 0, atMs: startedAt, longTasks: (await tablet.longTasks()).length };
for (let minute = 1; minute <= lengthMinutes; minute++) {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, startedAt + minute * MINUTE_MS - performance.now())));
  const workers = await page.evaluate(askWorkers);
  const atMs = performance.now();
  const longTasks = await tablet.longTasks();
  // A worker that was recycled counts from nothing.
  const taken = workers.framesTaken - (workers.framesTaken >= before.taken ? before.taken : 0);
  const row: Minute = {
    minute,
    framesPerSecond: taken / ((atMs - before.atMs) / 1000),
    framesOpen: workers.framesTaken - workers.framesClosed,
    pageHeapMiB: await pageHeap(session),
    agentMiB: await agentMemory(page),
    landmarkWasmMiB: workers.landmarkBytes / MEBIBYTE,
    inferenceWasmMiB: workers.inferenceBytes / MEBIBYTE,
    rendererMiB: browser ? await resident(browser, "renderer") : 0,
    browserMiB: browser ? await resident(browser, "all") : 0,
    outcomes: await page.evaluate(outcomesSoFar),
    longTasks: longTasks.length - before.longTasks,
    worstTaskMs: Math.round(Math.max(0, ...longTasks.slice(before.longTasks))),
  };
  before = { taken: workers.framesTaken, atMs, longTasks: longTasks.length };
  minutes.push(row);
  console.log(
    `${String(minute).padStart(4)} min  ${row.framesPerSecond.toFixed(1)} frames/s, ${row.framesOpen} open; MiB: page heap ${row.pageHeapMiB.toFixed(1)}, page and workers ` +
      `${row.agentMiB?.toFixed(1) ?? "-"}, landmark wasm ${row.landmarkWasmMiB.toFixed(1)}, inference wasm ${row.inferenceWasmMiB.toFixed(1)}, renderer ${row.rendererMiB.toFixed(0)}, ` +
      `browser ${row.browserMiB.toFixed(0)}; ${row.longTasks} tasks over 50 ms, worst ${row.worstTaskMs}; ${JSON.stringify(row.outcomes)}`,
  );
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify({ minutes, summary: summary(minutes), errors: tablet.errors, strayRequests: tablet.strayRequests })}\n`);
}

console.log(JSON.stringify(summary(minutes), null, 2));
if (tablet.errors.length > 0) console.log(`errors on the page: ${tablet.errors.join("; ")}`);
await tablet.close();
await app.stop();
await profile.remove();
