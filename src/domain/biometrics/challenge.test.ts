import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { CHALLENGE_NUMBERS } from "./challenge-numbers.ts";
import { advanceChallenge, CHALLENGE_ACTIONS, retryChallenge, startChallenge } from "./challenge.ts";
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

  test("does not count a turn that was under way when it was asked", () => {
    expect(play(asking("turn-left"), (second) => ({ yawDeg: -12 + 36 * Math.min(1, second * 0.9) })).end).toBe("timed-out");
  });

  test("counts the answer of a head that came to rest first", () => {
    expect(play(asking("turn-left"), (second) => (second < 0.8 ? { yawDeg: -16 + 20 * second } : { yawDeg: 24 * ramp(second - 0.5) })).end).toBe("passed");
  });

  test("does not take blinks for an answer when they lie as far apart as spontaneous ones", () => {
    const held = (second: number): Held => ({ eyes: (second > 1 && second < 1.2) || (second > 4 && second < 4.2) ? 0.05 : 0.3 });
    expect(play(asking("blink-twice"), held).end).toBe("timed-out");
  });

  test.each([
    ["turn-left", { action: "nod", size: 1.3 }],
    ["turn-right", { action: "nod", size: 1.3 }],
    ["nod", { action: "turn-left", size: 1 }],
    ["nod", { action: "turn-right", size: 1 }],
    ["blink-twice", { action: "turn-left", size: 1 }],
    ["blink-twice", { action: "nod", size: 1.3 }],
  ] as const)("ends without another try when %s is asked and %j is done", (asked, { action, size }) => {
    const held = (second: number): Held => {
      const { yawDeg = 0, pitchDeg = 0 } = DONE[action](second);
      return { yawDeg: yawDeg * size, pitchDeg: pitchDeg * size };
    };
    const ended = play(asking(asked), held);
    expect(ended).toMatchObject({ end: "wrong-way", mistake: "other-action" });
    expect(retryChallenge(ended, 6000, () => 0)).toBeNull();
  });

  test("gives another try to whoever takes left for right", () => {
    const ended = play(asking("turn-left"), DONE["turn-right"]);
    expect(ended).toMatchObject({ end: "wrong-way", mistake: "other-side" });
    expect(retryChallenge(ended, 2000, () => 0)).not.toBeNull();
  });

  test.prop([fc.constantFrom(...CHALLENGE_ACTIONS), fc.double({ min: 0, max: 0.4, noNaN: true }), fc.integer({ min: 0, max: 3 })])(
    "is passed by whoever blinks, breathes and sways a little besides doing as asked",
    (action, blinkAt, sway) => {
      const held = (second: number): Held => {
        const done = DONE[action](second);
        const eyes = Math.min(done.eyes ?? 0.3, second > blinkAt && second < blinkAt + 0.15 ? 0.05 : 0.3);
        return { ...done, yawDeg: (done.yawDeg ?? 0) + sway * 0.5 * Math.sin(3 * second), pitchDeg: (done.pitchDeg ?? 0) + sway * 0.4 * Math.sin(2 * second), eyes };
      };
      expect(play(asking(action), held).end).toBe("passed");
    },
  );
});

describe("a recording of all actions, one after the other", () => {
  /** Each takes this long, with rest at its end. */
  const STEP_S = 1.5;
  const recording = (order: readonly ChallengeAction[], second: number): Held => {
    const step = Math.floor(second / STEP_S);
    const action = order[step % order.length];
    const within = second - step * STEP_S;
    const acted: Record<ChallengeAction, Held> = {
      "turn-left": { yawDeg: 24 * Math.max(0, Math.sin((Math.PI * within) / 1.1)) },
      "turn-right": { yawDeg: -24 * Math.max(0, Math.sin((Math.PI * within) / 1.1)) },
      nod: { pitchDeg: within < 1 ? -18 * Math.sin(Math.PI * within) : 0 },
      "blink-twice": { eyes: (within > 0.2 && within < 0.4) || (within > 0.7 && within < 0.9) ? 0.05 : 0.3 },
    };
    return action === undefined ? {} : acted[action];
  };
  const orders = (actions: readonly ChallengeAction[]): readonly (readonly ChallengeAction[])[] =>
    actions.length < 2 ? [actions] : actions.flatMap((first) => orders(actions.filter((action) => action !== first)).map((rest) => [first, ...rest]));

  test("passes no more than four in ten challenges, with the second try, whatever its order and wherever it stands", () => {
    let passed = 0;
    let played = 0;
    for (const order of orders(CHALLENGE_ACTIONS)) {
      for (const from of [0, 0.4, 0.8, 1.2]) {
        for (const draw of [0.1, 0.35, 0.6, 0.85]) {
          let challenge: Challenge | null = startChallenge(0, () => draw);
          while (challenge !== null && challenge.end !== "passed") {
            const begun: Challenge = challenge;
            const ended = play(begun, (second) => recording(order, from + begun.startedAtMs / 1000 + second));
            challenge = ended.end === "passed" ? ended : retryChallenge(ended, ended.frames.at(-1)?.atMs ?? 0, () => draw);
          }
          played += 1;
          if (challenge !== null) passed += 1;
        }
      }
    }
    expect(passed / played).toBeLessThan(0.4);
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
