import { describe, expect, it } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import { AFTER_REFUSAL_MS, DoorTally, NO_COUNTS } from "./door-figures.ts";
import type { Entry, EntryHeader, TypedBody } from "./entries.ts";
import type { Attempt, StepUp } from "./types.ts";

const ANNA = "anna" as PersonId;
const BERT = "bert" as PersonId;
const START = Date.UTC(2026, 2, 2);

/** What happened, at seconds after the start. `boot` is the page life, `wall` what a wrong clock adds. */
interface Happening {
  readonly at: number;
  readonly what: TypedBody | null;
  readonly boot?: string;
  readonly wallSeconds?: number;
}

const punch = (personId: PersonId, method: "face" | "pin" | "badge", stepUps?: StepUp[], status: "accepted" | "suppressed" = "accepted"): TypedBody =>
  ({
    type: "punch",
    body: { personId, employeeNumber: "1", siteId: "s", zone: "UTC", direction: "in", directionSource: "auto", method, status, ...(stepUps ? { stepUps } : {}) },
  }) as TypedBody;
const attempt = (kind: Attempt["kind"]): TypedBody => ({ type: "attempt", body: { siteId: "s", kind } });
const undone = (cites: number, personId: PersonId): TypedBody => ({ type: "punch-undone", body: { cites, personId } });

function tallyOf(happenings: readonly Happening[], since = START): DoorTally {
  const tally = new DoorTally(since as EpochMs);
  happenings.forEach(({ at, what, boot = "boot", wallSeconds = 0 }, index) => {
    const header: EntryHeader = {
      v: 1,
      device: "d",
      bootId: boot,
      seq: index + 1,
      type: what?.type ?? "punch",
      wallMs: (START + (at + wallSeconds) * 1000) as EpochMs,
      monoMs: (at * 1000) as MonotonicMs,
      timeState: "T1",
      bodyCommit: new Uint8Array(32),
      prev: new Uint8Array(32),
    };
    const entry: Entry = { header, leaf: new Uint8Array(32), receipt: "", subject: null, content: what };
    tally.see(entry);
  });
  return tally;
}

const refusedThen = (seconds: number, more: Partial<Happening> = {}): readonly Happening[] => [
  { at: 0, what: attempt("no-candidate") },
  { at: seconds, what: punch(ANNA, "pin"), ...more },
];

describe("figures at the door", () => {
  it("count punches by face with what was asked besides", () => {
    const tally = tallyOf([
      { at: 0, what: punch(ANNA, "face") },
      { at: 1, what: punch(ANNA, "face", ["challenge"], "suppressed") },
      { at: 2, what: punch(ANNA, "face", ["challenge", "second-factor"]) },
      { at: 3, what: punch(BERT, "badge") },
    ]);
    expect(tally.people).toEqual(new Map([[ANNA, { recognised: 3, challenged: 2, secondFactor: 1, afterRefusal: 0 }]]));
  });

  it.each<[Attempt["kind"], number]>([
    ["no-candidate", 1],
    ["ambiguous", 1],
    ["attack-suspected", 1],
    ["liveness-undecided", 1],
    ["pin-refused", 0],
  ])("take a PIN after %s for the same person's: %i", (kind, expected) => {
    const tally = tallyOf([{ at: 0, what: attempt(kind) }, { at: 10, what: punch(ANNA, "pin") }]);
    expect(tally.people.get(ANNA)?.afterRefusal ?? 0).toBe(expected);
    expect(tally.attempts[kind]).toBe(1);
  });

  it.each([
    ["at the end of two minutes", refusedThen(AFTER_REFUSAL_MS / 1000), 1],
    ["after two minutes", refusedThen(AFTER_REFUSAL_MS / 1000 + 1), 0],
    ["when the clock was set forward meanwhile", refusedThen(10, { wallSeconds: 3600 }), 1],
    ["after a new start, by the clock on the wall", refusedThen(10, { boot: "next" }), 1],
    ["after a new start long after", refusedThen(10, { boot: "next", wallSeconds: 3600 }), 0],
  ])("look at the time that has passed: %s", (_when, happenings, expected) => {
    expect(tallyOf(happenings).people.get(ANNA)?.afterRefusal ?? 0).toBe(expected);
  });

  it("take one PIN for one refusal, however often the face was refused", () => {
    const tally = tallyOf([
      { at: 0, what: attempt("no-candidate") },
      { at: 5, what: attempt("ambiguous") },
      { at: 10, what: punch(ANNA, "pin") },
      { at: 15, what: punch(BERT, "pin") },
    ]);
    expect(tally.people).toEqual(new Map([[ANNA, { ...NO_COUNTS, afterRefusal: 1 }]]));
  });

  it("leave out what was taken back, face or PIN", () => {
    const tally = tallyOf([
      { at: 0, what: attempt("no-candidate") },
      { at: 1, what: punch(ANNA, "pin") },
      { at: 2, what: punch(ANNA, "face", ["challenge"]) },
      { at: 3, what: undone(2, ANNA) },
      { at: 4, what: undone(3, ANNA) },
      { at: 5, what: undone(3, ANNA) },
      { at: 6, what: undone(99, ANNA) },
    ]);
    expect(tally.people.get(ANNA)).toEqual(NO_COUNTS);
  });

  it("are not changed by an entry that takes back somebody else's punch", () => {
    const tally = tallyOf([{ at: 0, what: punch(ANNA, "face") }, { at: 1, what: undone(1, BERT) }]);
    expect(tally.people.get(ANNA)?.recognised).toBe(1);
  });

  it("pass over what was before, and what can no longer be opened", () => {
    const happenings = [
      { at: 0, what: punch(ANNA, "face") },
      { at: 100, what: null },
      { at: 200, what: punch(ANNA, "face") },
    ];
    expect(tallyOf(happenings, START + 1000).people.get(ANNA)?.recognised).toBe(1);
  });
});
