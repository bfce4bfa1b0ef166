import { newProfile, Tablet } from "../support/browser.ts";
import { median, rounded } from "./figures.ts";
import type { BenchServer } from "./server.ts";
import { seedStore, STORED_ENTRIES, STORED_PEOPLE } from "./seeded.ts";

const STARTS = 5;
const PUNCHES = 1_000;
/** Punches of the starts whose opening is measured; the last start makes {@link PUNCHES}. */
const FEW = 20;

/** A store of a large site: how long it takes to open, and a punch to become durable in both copies, milliseconds. */
export interface StoreFigures {
  readonly people: number;
  readonly entries: number;
  readonly seedS: number;
  readonly openMs: number;
  readonly openWorstMs: number;
  readonly starts: number;
  readonly punchMedianMs: number;
  readonly punchP99Ms: number;
  readonly punchWorstMs: number;
  readonly punches: number;
}

type PunchPage = { punches(count: number): Promise<{ readonly openMs: number; readonly punchMs: readonly number[] }> };

export async function store(server: BenchServer, progress: (text: string) => void): Promise<StoreFigures> {
  const profile = await newProfile("store");
  try {
    const seedS = await seedStore(server, profile.path);
    progress(`seeded in ${seedS} s`);
    const openMs: number[] = [];
    const punchMs: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      // A browser of its own each time: nothing is left in memory of the start before.
      const tablet = await Tablet.start({ clip: null, origin: server.origin, profile: profile.path });
      await tablet.page.goto(server.page("seed"));
      await tablet.page.waitForFunction(() => "punches" in globalThis);
      const times = await tablet.page.evaluate((count) => (globalThis as unknown as PunchPage).punches(count), start === STARTS - 1 ? PUNCHES : FEW);
      openMs.push(times.openMs);
      if (times.punchMs.length === PUNCHES) punchMs.push(...times.punchMs);
      await tablet.close();
    }
    const sorted = punchMs.sort((a, b) => a - b);
    return {
      people: STORED_PEOPLE,
      entries: STORED_ENTRIES,
      seedS,
      openMs: rounded(median(openMs)),
      openWorstMs: rounded(Math.max(...openMs)),
      starts: openMs.length,
      punchMedianMs: rounded(median(sorted)),
      punchP99Ms: rounded(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN),
      punchWorstMs: rounded(sorted.at(-1) ?? Number.NaN),
      punches: sorted.length,
    };
  } finally {
    await profile.remove();
  }
}
