import type { BrowserContext, Page } from "@playwright/test";

import { median, rounded } from "./figures.ts";
import type { BenchPage, Decision, OpenOptions } from "./pages/page.ts";
import type { Peer } from "./peers/fetch.ts";
import type { PeerName } from "./peers/table.ts";
import type { BenchServer } from "./server.ts";

const PEOPLE = 5_000;
const WARM_UP = 2;
/** A peer that takes longer to open, or to decide, is given up. */
const OPEN_MS = 120_000;

/** Who decides, on which page and in which way. */
interface Runner {
  readonly key: string;
  readonly page: string;
  readonly variant?: string;
  readonly peer?: PeerName;
}

const RUNNERS: readonly Runner[] = [
  { key: "ours", page: "ours" },
  { key: "oursStill", page: "ours", variant: "still" },
  { key: "human", page: "human", peer: "human" },
  { key: "humanWithoutEmotion", page: "human", variant: "without emotion", peer: "human" },
  { key: "vface", page: "vface", peer: "vface" },
  { key: "vfaceTinyDetector", page: "vface", variant: "tiny detector", peer: "vface" },
  { key: "faceplugin", page: "faceplugin", peer: "faceplugin" },
  { key: "faceApi", page: "face-api-js", peer: "faceApi" },
  { key: "faceApiTinyDetector", page: "face-api-js", variant: "tiny detector", peer: "faceApi" },
];

/** Medians in milliseconds; null for what could not be measured, and why in `absent`. */
export interface DecisionFrame {
  readonly ours: number | null;
  readonly human: number | null;
  readonly vface: number | null;
  readonly faceplugin: number | null;
  readonly faceApi: number | null;
  /** Median over the rounds of ours by human's in the same round. */
  readonly ratioToHuman: number | null;
  readonly [more: string]: unknown;
}

/** Everybody's decision about one picture, in turns in one browser, after two rounds that do not count. */
export async function decisionFrame(context: BrowserContext, server: BenchServer, peers: readonly Peer[], rounds: number, progress: (text: string) => void): Promise<DecisionFrame> {
  const absent: Record<string, string> = Object.fromEntries(peers.flatMap((peer) => (peer.kind === "absent" ? [[peer.name, peer.reason]] : [])));
  const options: OpenOptions = { workers: server.workers, people: PEOPLE };
  const pages = new Map<string, Page>();
  const backends: Record<string, string> = {};
  for (const { page: name, peer } of RUNNERS) {
    if (pages.has(name) || absent[peer ?? ""] !== undefined || backends[name] !== undefined) continue;
    progress(`opening ${name}`);
    const page = await context.newPage();
    try {
      await page.goto(server.page(name));
      await page.waitForFunction(() => "bench" in globalThis, undefined, { timeout: OPEN_MS });
      backends[name] = await within(OPEN_MS, page.evaluate((given) => (globalThis as unknown as { bench: BenchPage }).bench.open(given), options));
      pages.set(name, page);
    } catch (error) {
      absent[peer ?? name] = messageOf(error);
      progress(`${name} cannot be measured: ${messageOf(error)}`);
      // A page that is still busy closes when it is done.
      void page.close().catch(() => undefined);
    }
  }

  const times = new Map<string, Decision[]>(RUNNERS.map(({ key }) => [key, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { key, page: name, variant, peer } of RUNNERS) {
      const page = pages.get(name);
      if (!page) continue;
      try {
        await page.bringToFront();
        const decision = await within(OPEN_MS, page.evaluate((given) => (globalThis as unknown as { bench: BenchPage }).bench.decide(given), variant));
        if (round >= 0) times.get(key)?.push(decision);
      } catch (error) {
        absent[key] = messageOf(error);
        progress(`${key}: ${messageOf(error)}`);
        if (variant === undefined) pages.delete(name);
        if (peer === undefined && variant === undefined) throw error;
      }
    }
    progress(round < 0 ? "warming up" : `${round + 1} of ${rounds} rounds`);
  }
  for (const page of context.pages().slice(1)) await page.close();
  return report(times, { people: PEOPLE, rounds, backends, absent, versions: Object.fromEntries(peers.flatMap((peer) => (peer.kind === "present" ? [[peer.name, peer.version]] : []))) });
}

function report(times: ReadonlyMap<string, readonly Decision[]>, conditions: object): DecisionFrame {
  const of = (key: string): number | null => {
    const measured = times.get(key) ?? [];
    return measured.length === 0 ? null : rounded(median(measured.map(({ ms }) => ms)));
  };
  const ratio = (one: string, other: string): number | null => {
    const others = times.get(other) ?? [];
    const ratios = (times.get(one) ?? []).flatMap(({ ms }, round) => (others[round] ? [ms / others[round].ms] : []));
    return ratios.length === 0 ? null : rounded(median(ratios));
  };
  const stages = (key: string): Record<string, number> => {
    const measured = times.get(key) ?? [];
    return Object.fromEntries(Object.keys(measured[0]?.stages ?? {}).map((name) => [name, rounded(median(measured.map((one) => one.stages?.[name] ?? Number.NaN)))]));
  };
  return {
    ours: of("ours"),
    human: of("human"),
    vface: of("vface"),
    faceplugin: of("faceplugin"),
    faceApi: of("faceApi"),
    ratioToHuman: ratio("ours", "human"),
    oursStill: of("oursStill"),
    ratioStillToHuman: ratio("oursStill", "human"),
    humanWithoutEmotion: of("humanWithoutEmotion"),
    ratioToHumanWithoutEmotion: ratio("ours", "humanWithoutEmotion"),
    vfaceTinyDetector: of("vfaceTinyDetector"),
    faceApiTinyDetector: of("faceApiTinyDetector"),
    stages: stages("ours"),
    stagesStill: stages("oursStill"),
    ...conditions,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
