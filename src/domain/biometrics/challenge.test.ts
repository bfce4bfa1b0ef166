import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { advanceChallenge, CHALLENGE_ACTIONS, CHALLENGE_NUMBERS, retryChallenge, startChallenge } from "./challenge.ts";
import type { Challenge } from "./challenge.ts";
import { headFrame, pictureFrame } from "./testing/synthetic-head.ts";
import type { Held } from "./testing/synthetic-head.ts";
import type { ChallengeAction } from "./types.ts";

const FRAME_MS = 50;
const asking = (action: ChallengeAction, startMs = 0): Challenge => startChallenge(startMs, () => (CHALLENGE_ACTIONS.indexOf(action) + 0.5) / CHALLENGE_ACTIONS.length);

function play(challenge: Challenge, held: (second: number) => Held | null, frame: typeof headFrame = headFrame): Challenge {
  let now = challenge;
  for (let ms = 0; ms <= CHALLENGE_NUMBERS.actionMs && now.end === null; ms += FRAME_MS) {
    const atMs = challenge.startedAtMs + ms;
    const how = held(ms / 1000);
    now = advanceChallenge(now, how === null ? null : frame(how, atMs), atMs);
  }
  return now;
}

/** A person who takes a second to understand and then does it within the next. */
const ramp = (second: number): number => Math.min(1, Math.max(0, second - 1));
const there = (second: number): number => Math.max(0, Math.sin(Math.PI * Math.min(1, Math.max(0, second - 1))));
const DONE: Record<ChallengeAction, (second: number) => Held> = {
  "turn-left": (second) => ({ yawDeg: 24 * ramp(second) }),
  "turn-right": (second) => ({ yawDeg: -24 * ramp(second) }),
  nod: (second) => ({ pitchDeg: -14 * there(second) }),
  "blink-twice": (second) => ({ eyes: (second > 1 && second < 1.2) || (second > 1.6 && second < 1.8) ? 0.05 : 0.3 }),
};

describe("a challenge", () => {
  test.each(CHALLENGE_ACTIONS)("is passed in less than six seconds when the person does as asked: %s", (action) => {
    const done = play(asking(action), DONE[action]);
    expect(done).toMatchObject({ end: "passed", progress: 1 });
    expect(done.frames.at(-1)?.atMs).toBeLessThan(3000);
  });

  test.each(CHALLENGE_ACTIONS)("times out when the person keeps still: %s", (action) => {
    expect(play(asking(action), () => ({})).end).toBe("timed-out");
  });

  test.each(CHALLENGE_ACTIONS.flatMap((asked) => CHALLENGE_ACTIONS.filter((done) => done !== asked).map((done) => [asked, done] as const)))("is not passed when %s is asked and %s is done", (asked, done) => {
    expect(play(asking(asked), DONE[done]).end).not.toBe("passed");
  });

  test.each(CHALLENGE_ACTIONS)("is not passed when a picture is held as the action would be: %s", (action) => {
    const tilted = (second: number): Held => {
      const { yawDeg = 0, pitchDeg = 0 } = DONE[action](second);
      return { yawDeg: yawDeg * 2.5, pitchDeg: pitchDeg * 3 };
    };
    expect(play(asking(action), tilted, pictureFrame).end).not.toBe("passed");
  });

  test("ends when the head turns to the other side first", () => {
    expect(play(asking("turn-left"), (second) => ({ yawDeg: -24 * ramp(second) })).end).toBe("wrong-way");
  });

  test("ends when the face is gone", () => {
    expect(play(asking("nod"), (second) => (second > 1 ? null : {})).end).toBe("face-lost");
  });

  test("overlooks that the face is lost for a moment", () => {
    expect(play(asking("turn-left"), (second) => (second > 1.2 && second < 1.7 ? null : DONE["turn-left"](second))).end).toBe("passed");
  });

  test("does not count what happened before it could be read", () => {
    expect(play(asking("blink-twice"), (second) => ({ eyes: second > 0.05 && second < 0.15 ? 0.05 : DONE["blink-twice"](second > 1.4 ? 0 : second).eyes ?? 0.3 })).end).toBe("timed-out");
  });

  test("measures the turn from how the head was held at its start", () => {
    expect(play(asking("turn-left"), () => ({ yawDeg: 20 })).end).toBe("timed-out");
  });
});

describe("the second try", () => {
  test.prop([fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.999, noNaN: true })])("asks for another action", (one, other) => {
    const first = startChallenge(0, () => one);
    expect(retryChallenge(first, 6000, () => other)).toMatchObject({ attempt: 2, end: null, progress: 0, endsAtMs: 12_000 });
    expect(retryChallenge(first, 6000, () => other)?.action).not.toBe(first.action);
  });

  test("is the last", () => {
    const second = startChallenge(0, () => 0, 2);
    expect(retryChallenge(second, 6000, () => 0)).toBeNull();
  });
});
