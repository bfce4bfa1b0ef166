import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { BadgeFailure, KioskBadges } from "../ports/badges.ts";

export interface BadgeWayCalls {
  /** Once for each code that was shown. */
  checked(result: Result<PersonId, BadgeFailure>): void;
}

/** Looks for a badge in the camera's picture, as long as it is wanted. What was tried once is not tried again while it is held there. */
export class BadgeWay {
  readonly #badges: KioskBadges;
  readonly #stream: Observable<MediaStream | null>;
  readonly #calls: BadgeWayCalls;
  readonly #tried = new Set<string>();
  #stops: (() => void)[] = [];
  #stopReading: () => void = () => undefined;
  #busy = false;
  /** Counts the starts: what an earlier one found is nobody's business any more. */
  #turn = 0;

  constructor(badges: KioskBadges, stream: Observable<MediaStream | null>, calls: BadgeWayCalls) {
    this.#badges = badges;
    this.#stream = stream;
    this.#calls = calls;
  }

  start(): void {
    this.stop();
    this.#stops = [this.#stream.subscribe(() => this.#read())];
    this.#read();
  }

  stop(): void {
    this.#turn += 1;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#stopReading();
    this.#stopReading = (): void => undefined;
    this.#tried.clear();
    this.#busy = false;
  }

  anyOf(people: readonly PersonId[]): boolean {
    return this.#badges.anyOf(people);
  }

  /** Whose it is; also for what a reader with a cable typed. */
  async check(text: string): Promise<Result<PersonId, BadgeFailure>> {
    const turn = this.#turn;
    this.#busy = true;
    const result = await this.#badges.verify(text);
    if (this.#turn === turn) this.#busy = false;
    return result;
  }

  #read(): void {
    this.#stopReading();
    const stream = this.#stream.value;
    this.#stopReading = stream === null ? (): void => undefined : this.#badges.read(stream, (text) => void this.#found(text));
  }

  async #found(text: string): Promise<void> {
    if (this.#busy || this.#tried.has(text)) return;
    const turn = this.#turn;
    const result = await this.check(text);
    if (this.#turn !== turn) return;
    // One that was read rightly may still be of somebody whom the face cannot be.
    this.#tried.add(text);
    this.#calls.checked(result);
  }
}
