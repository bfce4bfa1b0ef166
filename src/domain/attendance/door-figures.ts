import type { EpochMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import type { Entry, EntryBody } from "./entries.ts";
import { elapsedMs } from "./moment.ts";
import type { Moment } from "./moment.ts";
import type { Attempt } from "./types.ts";

/** A PIN within this time after a face that was not recognised is taken for the same person's. */
export const AFTER_REFUSAL_MS = 120_000;
/** Punches that can still be taken back: far more than fall into the minute in which a person can. */
const REMEMBERED = 200;

/** What people met at the door. */
export interface DoorCounts {
  /** Punches by face that nobody took back. */
  readonly recognised: number;
  /** Of those, after a challenge, and after a second factor. */
  readonly challenged: number;
  readonly secondFactor: number;
  /** Punches by PIN soon after a face that was not recognised. */
  readonly afterRefusal: number;
}

export const NO_COUNTS: DoorCounts = { recognised: 0, challenged: 0, secondFactor: 0, afterRefusal: 0 };

export type AttemptCounts = Readonly<Record<Attempt["kind"], number>>;

/**
 * Counts what happened at the door from the log's entries, given one after the other in their order.
 *
 * A refused face says of nobody whose it was. The next PIN punch within two minutes is taken for that person's, and no
 * other after it; a person who is refused, is recognised at the second try, and is followed by somebody who always uses
 * the PIN is counted wrongly.
 */
export class DoorTally {
  readonly #since: EpochMs;
  readonly #people = new Map<PersonId, DoorCounts>();
  readonly #attempts: Record<Attempt["kind"], number> = { "no-candidate": 0, ambiguous: 0, "attack-suspected": 0, "liveness-undecided": 0, "pin-refused": 0 };
  readonly #recent = new Map<number, { readonly personId: PersonId; readonly counts: DoorCounts }>();
  #refused: Moment | null = null;

  /** @param since entries before are passed over */
  constructor(since: EpochMs) {
    this.#since = since;
  }

  get people(): ReadonlyMap<PersonId, DoorCounts> {
    return this.#people;
  }

  get attempts(): AttemptCounts {
    return this.#attempts;
  }

  see({ header, content }: Entry): void {
    if (content === null || header.wallMs < this.#since) return;
    const at: Moment = { wallMs: header.wallMs, monoMs: header.monoMs, bootId: header.bootId };
    if (content.type === "attempt") this.#seeAttempt(content.body.kind, at);
    else if (content.type === "punch") this.#seePunch(header.seq, content.body, at);
    else if (content.type === "punch-undone") this.#seeUndone(content.body);
  }

  #seeAttempt(kind: Attempt["kind"], at: Moment): void {
    this.#attempts[kind] += 1;
    if (kind !== "pin-refused") this.#refused = at;
  }

  #seePunch(seq: number, { method, personId, stepUps = [] }: EntryBody<"punch">, at: Moment): void {
    const afterRefusal = method === "pin" && this.#wasRefused(at);
    if (method === "pin") this.#refused = null;
    if (method !== "face" && !afterRefusal) return;
    const counts = afterRefusal
      ? { ...NO_COUNTS, afterRefusal: 1 }
      : { ...NO_COUNTS, recognised: 1, challenged: stepUps.includes("challenge") ? 1 : 0, secondFactor: stepUps.includes("second-factor") ? 1 : 0 };
    this.#add(personId, counts);
    this.#remember(seq, personId, counts);
  }

  #seeUndone({ cites, personId }: EntryBody<"punch-undone">): void {
    const undone = this.#recent.get(cites);
    if (undone?.personId !== personId) return;
    this.#recent.delete(cites);
    this.#add(personId, undone.counts, -1);
  }

  #wasRefused(at: Moment): boolean {
    if (this.#refused === null) return false;
    const sinceMs = elapsedMs(this.#refused, at);
    return sinceMs >= 0 && sinceMs <= AFTER_REFUSAL_MS;
  }

  #add(personId: PersonId, counts: DoorCounts, sign: 1 | -1 = 1): void {
    this.#people.set(personId, addCounts(this.#people.get(personId) ?? NO_COUNTS, counts, sign));
  }

  #remember(seq: number, personId: PersonId, counts: DoorCounts): void {
    this.#recent.set(seq, { personId, counts });
    if (this.#recent.size <= REMEMBERED) return;
    const [oldest] = this.#recent.keys();
    if (oldest !== undefined) this.#recent.delete(oldest);
  }
}

export function addCounts(one: DoorCounts, other: DoorCounts, sign: 1 | -1 = 1): DoorCounts {
  return {
    recognised: one.recognised + sign * other.recognised,
    challenged: one.challenged + sign * other.challenged,
    secondFactor: one.secondFactor + sign * other.secondFactor,
    afterRefusal: one.afterRefusal + sign * other.afterRefusal,
  };
}
