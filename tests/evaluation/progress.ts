const EVERY_MS = 5_000;

/** A line on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says every few seconds how far a long run is, how fast, and when it will be done. */
export class Progress {
  readonly #what: string;
  readonly #total: number;
  readonly #startedAtMs = performance.now();
  #toldAtMs = this.#startedAtMs;
  #done = 0;

  /** @param what plural, of what is counted */
  constructor(what: string, total: number) {
    this.#what = what;
    this.#total = total;
  }

  /** One more is done. */
  step(): void {
    this.#done++;
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs < EVERY_MS && this.#done < this.#total) return;
    this.#toldAtMs = nowMs;
    const rate = (1000 * this.#done) / (nowMs - this.#startedAtMs);
    const left = (this.#total - this.#done) / rate;
    tell(`${String(this.#done)} of ${String(this.#total)} ${this.#what}, ${rate.toFixed(1)} a second, ${duration(left)} left`);
  }
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;
}
