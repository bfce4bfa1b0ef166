import type { PersonId } from "../../domain/people/types.ts";

/** A face that was away for this long has left. */
export const LEFT_AFTER_MS = 2000;
/** A face that was not recognised is looked at again by itself after this, and after twice as long each further time. */
const FIRST_RETRY_MS = 3000;
const LONGEST_RETRY_MS = 60_000;
/** Whoever was recorded is taken to stand there still for this long after their own face was seen last, while somebody does. */
const UNSEEN_MS = 60_000;

/** What the kiosk has finished with and leaves alone while it stands there. */
export interface Resting {
  /** Null when it never comes up again by itself. */
  readonly untilMs: number | null;
  readonly personId: PersonId | null;
  readonly refusals: number;
  readonly lastSeenMs: number;
}

/**
 * Faces that had their outcome. The one that was recorded is left alone until it leaves; one that was not recognised
 * may try again, each time a little later, so that somebody who merely stands there does not fill the log.
 */
export class RestingFaces {
  readonly #byTrack = new Map<number, Resting>();
  /** `lastSeenMs`: anybody; `ownSeenMs`: the face that was recorded. */
  #lastRecorded: { readonly personId: PersonId; lastSeenMs: number; ownSeenMs: number } | null = null;

  /** To be called with every frame. */
  see(trackIds: readonly number[], nowMs: number): void {
    for (const [trackId, rest] of this.#byTrack) {
      if (trackIds.includes(trackId)) this.#byTrack.set(trackId, { ...rest, lastSeenMs: nowMs });
      else if (nowMs - rest.lastSeenMs > LEFT_AFTER_MS) this.#byTrack.delete(trackId);
    }
    const last = this.#lastRecorded;
    if (last === null) return;
    if (trackIds.some((trackId) => this.#byTrack.get(trackId)?.personId === last.personId)) last.ownSeenMs = nowMs;
    if (trackIds.length > 0) last.lastSeenMs = nowMs;
    else if (nowMs - last.lastSeenMs > LEFT_AFTER_MS) this.#lastRecorded = null;
  }

  isResting(trackId: number, nowMs: number): boolean {
    const rest = this.#byTrack.get(trackId);
    return rest !== undefined && (rest.untilMs === null || nowMs < rest.untilMs);
  }

  /**
   * True when this person was recorded last and somebody has stood there without a break: the same one, under a new
   * track. A face that is always in view, a picture on a wall, does not make it so for ever.
   */
  stillThere(personId: PersonId, nowMs: number): boolean {
    const last = this.#lastRecorded;
    return last?.personId === personId && nowMs - last.ownSeenMs < UNSEEN_MS;
  }

  recorded(trackId: number, personId: PersonId, nowMs: number): void {
    this.#byTrack.set(trackId, { untilMs: null, personId, refusals: 0, lastSeenMs: nowMs });
    this.#lastRecorded = { personId, lastSeenMs: nowMs, ownSeenMs: nowMs };
  }

  /** What was recorded last counts no longer: not written, or taken back. Its face rests on; the person may come under another. */
  notRecorded(): void {
    this.#lastRecorded = null;
  }

  /** @param shownForMs how long the outcome stays on the screen */
  refused(trackId: number, shownForMs: number, nowMs: number): void {
    const refusals = (this.#byTrack.get(trackId)?.refusals ?? 0) + 1;
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (refusals - 1));
    this.#byTrack.set(trackId, { untilMs: nowMs + shownForMs + wait, personId: null, refusals, lastSeenMs: nowMs });
  }

  /** The person asked to be looked at again. Who was recorded stays recorded. */
  wake(): void {
    for (const [trackId, rest] of this.#byTrack) {
      if (rest.personId === null) this.#byTrack.set(trackId, { ...rest, untilMs: 0 });
    }
  }

  clear(): void {
    this.#byTrack.clear();
    this.#lastRecorded = null;
  }
}
