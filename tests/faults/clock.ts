import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CLOCK_DISAGREEMENT_MS, CLOCK_STEP_BACK_MS } from "../../src/domain/attendance/time-state.ts";
import type { SeenPunch } from "./page/types.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const BEGIN_MS = Date.UTC(2026, 2, 2);
/** Tablets, each set up anew: what once was years ahead is in doubt for years. */
const TABLETS = { short: 5, long: 100 };
const STEPS = 25;
/** One in so many steps: the page starts anew; a trusted clock speaks; it says another time; something other than that time passes. */
const ONE_IN = { life: 8, anchor: 4, contradiction: 5, jump: 4 };

/** What may happen to a tablet's clocks, milliseconds: what passes, and by how much the wall clock moves beyond that. */
type Happening = (random: Random) => { readonly what: string; readonly wallMs: number; readonly monoMs: number };

const HAPPENINGS: readonly Happening[] = [
  (random) => passes("the network's time corrects it", random.between(CLOCK_STEP_BACK_MS, HOUR), random.between(-CLOCK_STEP_BACK_MS, CLOCK_STEP_BACK_MS)),
  (random) => passes("seconds are set", HOUR, random.pick([-50, -10, 10, 50]) * SECOND),
  (random) => passes("minutes are set", HOUR, random.pick([-30, -2, 2, 30]) * 60 * SECOND),
  (random) => passes("the hour of daylight saving is set by hand", HOUR, random.pick([-HOUR, HOUR])),
  (random) => passes("back over midnight", HOUR, -random.between(DAY / 2, DAY)),
  (random) => passes("days are set", HOUR, random.pick([-40, -3, 3, 40]) * DAY),
  (random) => passes("years are set", HOUR, random.pick([-6, -1, 1, 6]) * YEAR),
  (random) => ({ what: "asleep, the monotonic clock stands still", wallMs: random.between(HOUR, 3 * DAY), monoMs: 0 }),
  (random) => passes("asleep, the monotonic clock goes on", random.between(HOUR, 3 * DAY), 0),
];

function passes(what: string, ms: number, jumpMs: number): ReturnType<Happening> {
  return { what, wallMs: ms + jumpMs, monoMs: ms };
}

/** The rule once more, in the plainest words: what each punch's state must be. */
class Expected {
  #anchored: "never" | "earlier" | "this-session" | "contradicted" = "never";
  /** A trusted clock agreed once, in this page life or before it. */
  #confirmed = false;
  #wallMs = 0;
  #apartMs = 0;
  #latestMs = Number.NEGATIVE_INFINITY;

  begin(): void {
    this.#anchored = this.#confirmed ? "earlier" : "never";
    this.#apartMs = 0;
  }

  step(wallMs: number, apartMs: number): void {
    this.#apartMs += apartMs;
    this.#wallMs = wallMs;
  }

  anchor(agrees: boolean): void {
    this.#anchored = agrees ? "this-session" : "contradicted";
    this.#confirmed ||= agrees;
    if (agrees) this.#apartMs = 0;
  }

  get state(): string {
    if (Math.abs(this.#apartMs) > CLOCK_DISAGREEMENT_MS || this.#wallMs < this.#latestMs - CLOCK_STEP_BACK_MS) return "T2";
    return { never: "T3", earlier: "T1", "this-session": "T0", contradicted: "T2" }[this.#anchored];
  }

  wrote(wallMs: number): void {
    this.#latestMs = Math.max(this.#latestMs, wallMs);
  }
}

interface Tablet {
  readonly browser: FaultBrowser;
  readonly prefix: string;
  readonly random: Random;
  readonly states: Map<string, number>;
}

/** One tablet from its set-up on. @returns what was wrong, and how many jumps its log tells of */
async function liveThrough({ browser, prefix, random, states }: Tablet): Promise<{ readonly wrong: readonly string[]; readonly jumps: number; readonly lives: number }> {
  const wrong: string[] = [];
  const recorded: SeenPunch[] = [];
  const expected = new Expected();
  let [wallMs, lives, anchored] = [BEGIN_MS, 0, false];
  const start = async (): Promise<void> => {
    lives++;
    expected.begin();
    expected.step(wallMs, 0);
    await browser.open({ startMs: wallMs, prefix });
    // Its first entry says that it started, or that it was set up.
    expected.wrote(wallMs);
  };
  await start();
  await browser.call("setUp");
  const people = await browser.call("addPeople", 2);
  for (let step = 1; step <= STEPS; step++) {
    if (random.below(ONE_IN.life) === 0) await start();
    const happened = random.below(ONE_IN.jump) === 0 ? random.pick(HAPPENINGS)(random) : passes("time passes", random.between(SECOND, HOUR), 0);
    wallMs += happened.wallMs;
    expected.step(wallMs, happened.wallMs - happened.monoMs);
    await browser.call("move", happened.wallMs, happened.monoMs);
    if (random.below(ONE_IN.anchor) === 0) {
      const agrees = random.below(ONE_IN.contradiction) > 0;
      await browser.call("anchor", agrees ? wallMs + random.between(-CLOCK_DISAGREEMENT_MS, CLOCK_DISAGREEMENT_MS) : wallMs + HOUR);
      expected.anchor(agrees);
      anchored = true;
    }
    const due = expected.state;
    const punch = await browser.call("punchNow", random.pick(people));
    expected.wrote(wallMs);
    recorded.push(punch);
    states.set(due, (states.get(due) ?? 0) + 1);
    if (punch.timeState !== due) wrong.push(`step ${step}, ${happened.what}: ${punch.timeState ?? "none"} where ${due} is due`);
    if (punch.wallMs !== wallMs) wrong.push(`step ${step}: the time recorded is not the time shown`);
  }
  const audit = await browser.call("audit");
  wrong.push(...audit.problems);
  if (audit.punches.map(({ seq }) => seq).join() !== recorded.map(({ seq }) => seq).join()) wrong.push("the punches are not in the order in which they were recorded");
  for (const punch of recorded) {
    const kept = audit.punches.find(({ seq }) => seq === punch.seq);
    if (kept?.wallMs !== punch.wallMs || kept.timeState !== punch.timeState) wrong.push(`entry ${punch.seq} is not kept as it was recorded`);
  }
  if (anchored !== audit.types.includes("time-anchored")) wrong.push("what the log says of the trusted clock is not so");
  return { wrong, lives, jumps: audit.types.filter((type) => type === "time-jump").length };
}

async function run({ seed, short, log }: FaultContext): Promise<FaultReport> {
  const random = new Random(seed);
  const failures: string[] = [];
  const states = new Map<string, number>();
  const folder = await mkdtemp(join(tmpdir(), "clockface-clock-"));
  const site = await openSite();
  const browser = await FaultBrowser.start(folder, site);
  let [jumps, lives] = [0, 0];
  const tablets = short ? TABLETS.short : TABLETS.long;
  try {
    for (let tablet = 1; tablet <= tablets && failures.length < 10; tablet++) {
      const came = await liveThrough({ browser, prefix: `tablet-${tablet}-`, random: random.fork(tablet), states });
      failures.push(...came.wrong.map((line) => `tablet ${tablet}, ${line}`));
      jumps += came.jumps;
      lives += came.lives;
      if (tablet % 10 === 0) log(`${tablet} tablets`);
    }
  } finally {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  // A state that never came was not tried.
  for (const state of ["T0", "T1", "T2", "T3"]) if (!states.has(state)) failures.push(`no punch was in state ${state}`);
  if (jumps === 0) failures.push("the log tells of no jump");
  const n = [...states.values()].reduce((sum, count) => sum + count, 0);
  return { n, failures, figures: { tablets, lives, "jumps logged": jumps, ...Object.fromEntries([...states].sort()) } };
}

export default {
  name: "clock",
  holds: "whatever the clock does, each punch has the right time state, the order is by sequence, and the raw time is kept",
  run,
} satisfies FaultTest;
