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

/** The tablet's own steps come so many wrong ones later. It forgets one in so much real time, and one for each right one of the same person. */
const TABLET_LATER_BY = 15;
const FORGET_MS = 6 * 60_000;
const EASE_MS = 12 * HOUR_MS;
/** Numbers that nobody has: they are counted as any other. */
const STRANGERS = 200;
const EMPLOYEE = "E-1";
const COLLEAGUE = "E-2";

interface Outcome {
  readonly number: string;
  readonly kind: string;
}

/**
 * Whoever guesses has a PIN of their own, sees true time pass, and can set the clock, load the page anew, guess in several
 * tabs at once, stay with one number or go through all of them.
 */
class Guesser {
  readonly failures: string[] = [];
  tried = 0;
  looked = 0;
  /** Right ones of their own in between. */
  own = 0;
  /** Real time since the start, whatever the clock says. */
  realMs = 0;
  #wallOffset = 0;
  #pin = "";
  readonly #looks = new Map<string, { readonly count: number; readonly lastAt: number }>();
  #counts = new Map<string, number>();
  /** What the tablet's count cannot be below, and since when. */
  #tablet = { atLeast: 0, at: 0, lastLookAt: 0, easedAt: Number.NEGATIVE_INFINITY };
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
    const number = this.random.chance(0.5) ? EMPLOYEE : `X-${this.random.below(STRANGERS)}`;
    if (this.random.chance(0.15)) {
      // Patience: a lock that was met in this tab is served in it.
      await this.#check([await this.#guess(index, number)]);
      this.realMs += LONGEST_MS;
      await this.#check([await this.#guess(index, number)]);
      await this.#enterOwn(index);
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
    if (this.random.chance(0.3)) await this.#enterOwn(index);
    const together = this.random.chance(0.3) ? this.tabs.map((_, tab) => tab) : [index];
    const outcomes = await Promise.all(together.map((tab) => this.#guess(tab, number)));
    await this.#check(outcomes);
  }

  async #open(tab: number): Promise<void> {
    this.#born[tab] = this.realMs;
    const opened = await this.tabs[tab]?.call("open", this.prefix, this.#reading(tab));
    this.#pin = opened?.pin ?? this.#pin;
  }

  #reading(tab: number): { readonly wallMs: number; readonly monoMs: number } {
    return { wallMs: START_MS + this.realMs + this.#wallOffset, monoMs: 1_000 + this.realMs - (this.#born[tab] ?? 0) };
  }

  async #guess(tab: number, number: string): Promise<Outcome> {
    this.tried++;
    // Never the right one: PINs of one repeated digit are not issued.
    return { number, kind: await this.#enter(tab, "000000", number) };
  }

  async #enterOwn(tab: number): Promise<void> {
    const kind = await this.#enter(tab, this.#pin, COLLEAGUE);
    if (kind === "right") {
      this.own++;
      this.#forget();
      const { atLeast, easedAt } = this.#tablet;
      if (this.realMs - easedAt >= EASE_MS) this.#tablet = { ...this.#tablet, atLeast: Math.max(atLeast - 1, 0), easedAt: this.realMs };
    } else if (kind !== "pin/locked") this.failures.push(`guess ${this.tried}: the own PIN is ${kind}`);
  }

  async #enter(tab: number, pin: string, number: string): Promise<string> {
    const page = this.tabs[tab];
    if (!page) throw new Error("no such tab");
    await page.call("set", this.#reading(tab));
    return (await page.call("guessPin", pin, number)).kind;
  }

  async #check(outcomes: readonly Outcome[]): Promise<void> {
    for (const { number, kind } of outcomes) {
      if (kind === "pin/locked") continue;
      if (kind !== "pin/wrong") {
        this.failures.push(`guess ${this.tried}: ${kind}`);
        continue;
      }
      const { count, lastAt } = this.#looks.get(number) ?? { count: 0, lastAt: Number.NEGATIVE_INFINITY };
      const allowedAt = lastAt + waitAfter(count);
      if (this.realMs < allowedAt) this.failures.push(`guess ${this.tried}: number ${count + 1} of one person was looked at ${allowedAt - this.realMs} ms too soon`);
      this.#looks.set(number, { count: count + 1, lastAt: this.realMs });
      this.#lookedByTablet();
    }
    const counts = new Map((await this.tabs[0]?.call("counts"))?.map(({ scope, count }) => [scope, count]));
    this.#checkPeople(counts);
    this.#forget();
    const [tablet, atLeast] = [counts.get("device") ?? 0, Math.floor(this.#tablet.atLeast)];
    if (tablet < atLeast) this.failures.push(`guess ${this.tried}: the tablet's count is ${tablet}, and ${atLeast} cannot be forgotten yet`);
    this.#counts = counts;
  }

  #checkPeople(counts: ReadonlyMap<string, number>): void {
    const ofPeople = [...counts].filter(([scope]) => scope.startsWith("number:"));
    for (const [scope, now] of ofPeople) {
      const before = this.#counts.get(scope) ?? 0;
      if (now < before) this.failures.push(`guess ${this.tried}: a count sank from ${before} to ${now}`);
    }
    const counted = ofPeople.reduce((sum, [, count]) => sum + count, 0);
    if (counted !== this.looked) this.failures.push(`guess ${this.tried}: ${this.looked} were looked at and ${counted} counted`);
  }

  #forget(): void {
    const { atLeast, at } = this.#tablet;
    this.#tablet = { ...this.#tablet, atLeast: Math.max(atLeast - (this.realMs - at) / FORGET_MS, 0), at: this.realMs };
  }

  #lookedByTablet(): void {
    this.#forget();
    const { atLeast, lastLookAt } = this.#tablet;
    const allowedAt = lastLookAt + waitAfter(Math.floor(atLeast) - TABLET_LATER_BY);
    if (this.realMs < allowedAt) this.failures.push(`guess ${this.tried}: the tablet looked ${allowedAt - this.realMs} ms too soon`);
    this.#tablet = { ...this.#tablet, atLeast: atLeast + 1, lastLookAt: this.realMs };
    this.looked++;
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
    return { n: guesser.tried, failures: guesser.failures, figures: { "looked at": guesser.looked, "own in between": guesser.own, "hours of guessing": Number((guesser.realMs / HOUR_MS).toFixed(1)) } };
  });
}

export default {
  name: "pin-guesses",
  holds: "no more PINs are compared than the schedule allows for each person and for the tablet, whatever is reloaded, set or opened beside and though one PIN is known; a person's count never sinks",
  run,
} satisfies FaultTest;
