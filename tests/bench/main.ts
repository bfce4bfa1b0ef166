/**
 * How fast the built app is, beside others of its kind: `npm run bench [-- --json FILE] [--only NAME …] [--rounds N] [--without PEER …]`.
 * A part that fails is named with its reason; the others run.
 */
import { rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { parseArgs } from "node:util";

import { chromium, type BrowserContext } from "@playwright/test";

import { findChromium } from "../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "../support/chromium-flags.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { attendance } from "./attendance.ts";
import { boot } from "./boot.ts";
import { BUILT_PAGES, buildPages } from "./build.ts";
import { decisionFrame } from "./decision-frame.ts";
import { matcher } from "./matcher.ts";
import { fetchPeers, type Peer } from "./peers/fetch.ts";
import { reports } from "./reports.ts";
import { store } from "./store.ts";
import { table } from "./table.ts";
import { startBenchServer, type BenchServer } from "./server.ts";
import { tracking } from "./tracking.ts";
import { verify } from "./verify.ts";
import { walkUp } from "./walk-up.ts";

interface Stage {
  readonly context: BrowserContext;
  readonly server: BenchServer;
  readonly peers: readonly Peer[];
  /** Of the decision frame. */
  readonly rounds: number;
}

type Part = (stage: Stage, progress: (text: string) => void) => Promise<object>;

const PARTS: Readonly<Record<string, Part>> = {
  decisionFrame: ({ context, server, peers, rounds }, progress) => decisionFrame(context, server, peers, rounds, progress),
  matcher: ({ context, server }) => matcher(context, server),
  attendance: ({ context, server }, progress) => attendance(context, server, progress),
  tracking: ({ context, server }) => tracking(context, server),
  reports: ({ context, server }) => reports(context, server),
  store: ({ server }, progress) => store(server, progress),
  boot: (_stage, progress) => boot(progress),
  walkUp: (_stage, progress) => walkUp(progress),
  verify: (_stage, progress) => verify(progress),
};

/** Longer than any part takes on a slow machine. */
const PART_MS = 900_000;

function conditions(browser: string): object {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString(),
    machine: { cpu: cpu?.model ?? "unknown", cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), platform: process.platform },
    browser,
    /** Of the last minute, before the first part. Times taken while the machine is busy count as ratios alone. */
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

async function limited(name: string, work: Promise<object>): Promise<object> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${PART_MS / 1000} s`)), PART_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`${name} failed: ${reason}`);
    return { failed: reason.split("\n")[0] };
  } finally {
    clearTimeout(timer);
  }
}

const { values } = parseArgs({ options: { json: { type: "string" }, only: { type: "string", multiple: true }, without: { type: "string", multiple: true, default: [] }, rounds: { type: "string", default: "15" } } });
const unknown = (values.only ?? []).filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. Parts: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}

const startedAt = performance.now();
const wanted = Object.entries(PARTS).filter(([name]) => values.only?.includes(name) ?? true);
const progress = (part: string) => (text: string) => console.log(`[${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s] ${part}: ${text}`);

const peers = wanted.some(([name]) => name === "decisionFrame") ? await fetchPeers(values.without) : [];
for (const peer of peers) progress("peers")(peer.kind === "present" ? peer.version : `${peer.name} is absent: ${peer.reason}`);
await buildPages(peers.filter(({ kind }) => kind === "present").map(({ name }) => name));
const clips = await prepareClips(["portrait-still"]);
const server = await startBenchServer();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...CHROMIUM_FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${clips["portrait-still"]}`],
});
const report: Record<string, object> = { conditions: conditions(browser.version()) };
for (const [name, part] of wanted) {
  progress(name)("begins");
  // A part leaves nothing behind for the next.
  const context = await browser.newContext({ permissions: ["camera"], viewport: { width: 1280, height: 800 } });
  report[name] = await limited(name, part({ context, server, peers, rounds: Number(values.rounds) }, progress(name)));
  await context.close().catch(() => undefined);
  progress(name)("done");
}
await browser.close();
await server.stop();
await rm(BUILT_PAGES, { recursive: true, force: true });
console.log(`\n${table(report)}`);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(Object.values(report).some((part) => "failed" in part) ? 1 : 0);
