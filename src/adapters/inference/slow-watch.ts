import { median } from "./runtime-choice.ts";

/** Extractions that are looked at together. */
const WINDOW = 20;
/** Slow: the median over the window is this many times what the race measured. */
const SLOW = 1.7;
/** How long it must stay slow; a backup or an update of the system is over sooner. */
const SLOW_FOR_MS = 60_000;
/** Races that change nothing are not repeated for this long, and twice as long each further time. */
const FIRST_PAUSE_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 8 * 60 * 60_000;

/** Notices that extractions have become slow for good, so that the way to run the models is raced again. */
export class SlowWatch {
  #expectedMs: number | undefined;
  #recent: number[] = [];
  #slowSinceMs: number | undefined;
  #pausedUntilMs = 0;
  #pauseMs = FIRST_PAUSE_MS;

  /** @param expectedMs what a race measured for the way that is in use */
  expect(expectedMs: number): void {
    this.#expectedMs = expectedMs;
    this.#recent = [];
    this.#slowSinceMs = undefined;
  }

  /** @returns true when a race is due */
  note(extractionMs: number, nowMs: number): boolean {
    this.#recent = [...this.#recent.slice(1 - WINDOW), extractionMs];
    const expected = this.#expectedMs;
    if (expected === undefined || this.#recent.length < WINDOW) return false;
    if (median(this.#recent) < SLOW * expected) {
      this.#slowSinceMs = undefined;
      return false;
    }
    this.#slowSinceMs ??= nowMs;
    if (nowMs - this.#slowSinceMs < SLOW_FOR_MS || nowMs < this.#pausedUntilMs) return false;
    this.#pausedUntilMs = nowMs + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    return true;
  }
}
