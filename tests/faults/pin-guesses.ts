import { withTabs, type Tab } from "./identity-tabs.ts";
import { Random } from "./random.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const GUESSES = { short: 300, long: 10_000 };
const TABS = 3;
const START_MS = Date.UTC(2026, 2, 2, 0, 30);
const HOUR_MS = 3_600_000;
const LONGEST_MS = 15 * 60_000;

/**
 * The schedule, written down on its own: after so many wrong ones in a row, how long nobody may look at another,
 * milliseconds of real time.
 */
function waitAfter(wrong: number): number {
  if (wrong < 5) return 0;
  return [30_000, 60_000, 120_000, 240_000, 480_000][wrong - 5] ?? LONGEST_MS;
}

/** Whoever guesses sees true time pass, and can set the clock, load the page anew and guess in several tabs at once. */
class Guesser {
  readonly failures: string[] = [];
  tried = 0;
  looked = 0;
  /** Real time since the start, whatever the clock says. */
  realMs = 0;
  #wallOffset = 0;
  #lastLookAt = Number.NEGATIVE_INFINITY;
  #counts = new Map<string, number>();
  readonly #born: number[] = [];

  constructor(
    private readonly tabs: readonly Tab[],
    private readonly random: Random,
    private readonly prefix: string,
  ) {}

  async begin(): Promise<void> {
    for (let index = 0; index < this.tabs.length; index++) await this.#open(index);
  }

  async step(): Promise<void> {
    const index = this.random.below(this.tabs.length);
    if (this.random.chance(0.15)) {
      // Patience: a lock that was met in this tab is served in it.
      await this.#check([await this.#guess(index)]);
      this.realMs += LONGEST_MS;
      await this.#check([await this.#guess(index)]);
      return;
    }
    switch (this.random.below(8)) {
      case 0:
        await this.tabs[index]?.load();
        await this.#open(index);
        break;
      case 1:
        // On and back, by seconds or by days.
        this.#wallOffset += this.random.pick([-30, -1, -0.01, 0.01, 0.25, 1, 30]) * HOUR_MS;
        break;
      case 2:
        this.realMs += this.random.pick([1_000, 29_000, 60_000, 5 * 60_000]);
        break;
      default:
        this.realMs += this.random.below(2_000);
    }
    const together = this.random.chance(0.3) ? this.tabs.map((_, tab) => tab) : [index];
    const outcomes = await Promise.all(together.map((tab) => this.#guess(tab)));
    await this.#check(outcomes);
  }

  async #open(tab: number): Promise<void> {
    this.#born[tab] = this.realMs;
    await this.tabs[tab]?.call("open", this.prefix, this.#reading(tab));
  }

  #reading(tab: number): { readonly wallMs: number; readonly monoMs: number } {
    return { wallMs: START_MS + this.realMs + this.#wallOffset, monoMs: 1_000 + this.realMs - (this.#born[tab] ?? 0) };
  }

  async #guess(tab: number): Promise<string> {
    const page = this.tabs[tab];
    if (!page) throw new Error("no such tab");
    await page.call("set", this.#reading(tab));
    this.tried++;
    // Never the right one: PINs of one repeated digit are not issued.
    return (await page.call("guessPin", "000000")).kind;
  }

  async #check(outcomes: readonly string[]): Promise<void> {
    for (const kind of outcomes) {
      if (kind === "pin/locked") continue;
      if (kind !== "pin/wrong") {
        this.failures.push(`guess ${this.tried}: ${kind}`);
        continue;
      }
      const allowedAt = this.#lastLookAt + waitAfter(this.looked);
      if (this.realMs < allowedAt) this.failures.push(`guess ${this.tried}: number ${this.looked + 1} was looked at ${allowedAt - this.realMs} ms too soon`);
      this.looked++;
      this.#lastLookAt = this.realMs;
    }
    const counts = new Map((await this.tabs[0]?.call("counts"))?.map(({ scope, count }) => [scope, count]));
    for (const [scope, before] of this.#counts) {
      const now = counts.get(scope) ?? 0;
      if (now < before) this.failures.push(`guess ${this.tried}: a count sank from ${before} to ${now}`);
    }
    if (Math.max(...counts.values()) !== this.looked) this.failures.push(`guess ${this.tried}: ${this.looked} were looked at and ${Math.max(...counts.values())} counted`);
    this.#counts = counts;
  }
}

async function run({ seed, short, log }: FaultContext): Promise<FaultReport> {
  return withTabs(TABS, async (tabs) => {
    const guesses = short ? GUESSES.short : GUESSES.long;
    const guesser = new Guesser(tabs, new Random(seed), `pins-${seed}-`);
    await guesser.begin();
    for (let turn = 1; guesser.tried < guesses && guesser.failures.length < 10; turn++) {
      await guesser.step();
      if (turn % 1_000 === 0) log(`${guesser.tried} guesses, ${guesser.looked} looked at`);
    }
    return { n: guesser.tried, failures: guesser.failures, figures: { "looked at": guesser.looked, "hours of guessing": Number((guesser.realMs / HOUR_MS).toFixed(1)) } };
  });
}

export default {
  name: "pin-guesses",
  holds: "no more PINs are compared than the schedule allows, whatever is reloaded, set or opened beside; the count never sinks",
  run,
} satisfies FaultTest;
