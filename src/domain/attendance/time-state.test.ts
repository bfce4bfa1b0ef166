import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import { CLOCK_DISAGREEMENT_MS, CLOCK_STEP_BACK_MS, NO_JUMPS, timeJump, timeState, toldAt } from "./time-state.ts";
import type { TimeHistory } from "./time-state.ts";

const BASE = Date.UTC(2026, 2, 2, 0, 30);
const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

const history = (more: Partial<TimeHistory> = {}): TimeHistory => ({ anchored: "this-session", baseWallMs: BASE as EpochMs, baseMonoMs: 1_000 as MonotonicMs, latestWallMs: BASE as EpochMs, ...more });
const wall = (ms: number): EpochMs => (BASE + ms) as EpochMs;
const mono = (ms: number): MonotonicMs => (1_000 + ms) as MonotonicMs;

describe("the time state", () => {
  it.each([
    { when: "both clocks went on alike", wallMs: HOUR, monoMs: HOUR, is: "T0" },
    { when: "the wall clock was put right by a second", wallMs: HOUR + 1_000, monoMs: HOUR, is: "T0" },
    { when: "they are a minute apart", wallMs: HOUR + CLOCK_DISAGREEMENT_MS, monoMs: HOUR, is: "T0" },
    { when: "they are more than a minute apart", wallMs: HOUR + CLOCK_DISAGREEMENT_MS + 1, monoMs: HOUR, is: "T2" },
    { when: "the wall clock jumped on an hour, as by a wrong daylight saving", wallMs: 2 * HOUR, monoMs: HOUR, is: "T2" },
    { when: "the wall clock jumped on years", wallMs: 3 * YEAR, monoMs: HOUR, is: "T2" },
    { when: "the wall clock went back years", wallMs: -3 * YEAR, monoMs: HOUR, is: "T2" },
    { when: "the device slept and the monotonic clock stood still", wallMs: 8 * HOUR, monoMs: 0, is: "T2" },
    { when: "the device slept and the monotonic clock went on", wallMs: 8 * HOUR, monoMs: 8 * HOUR, is: "T0" },
    { when: "the wall time is a little earlier than the log's latest", wallMs: -CLOCK_STEP_BACK_MS, monoMs: 0, is: "T0" },
    { when: "the wall time is earlier than the log's latest", wallMs: -CLOCK_STEP_BACK_MS - 1, monoMs: 0, is: "T2" },
  ])("is $is when $when", ({ wallMs, monoMs, is }) => {
    expect(timeState(wall(wallMs), mono(monoMs), history())).toBe(is);
  });

  it.each([
    ["never", "T3"],
    ["earlier", "T1"],
    ["this-session", "T0"],
    ["contradicted", "T2"],
  ] as const)("when the clock was anchored: %s, is %s", (anchored, is) => {
    expect(timeState(wall(HOUR), mono(HOUR), history({ anchored }))).toBe(is);
  });

  test.prop([fc.integer({ min: -5 * YEAR, max: 5 * YEAR }), fc.integer({ min: 0, max: 5 * YEAR }), fc.constantFrom("never", "earlier", "this-session", "contradicted" as const)])(
    "never vouches for a time when the clocks are apart or the wall clock went back",
    (wallMs, monoMs, anchored) => {
      const state = timeState(wall(wallMs), mono(monoMs), history({ anchored }));
      const doubtful = Math.abs(wallMs - monoMs) > CLOCK_DISAGREEMENT_MS || wallMs < -CLOCK_STEP_BACK_MS;
      if (doubtful) expect(state).toBe("T2");
      else expect(state).toBe({ never: "T3", earlier: "T1", "this-session": "T0", contradicted: "T2" }[anchored]);
    },
  );
});

describe("a jump of the clock", () => {
  it("is what the wall clock says beyond the monotonic one", () => {
    expect(timeJump(wall(2 * HOUR), mono(HOUR), history(), NO_JUMPS)).toEqual({ beforeMs: wall(HOUR), afterMs: wall(2 * HOUR), driftMs: HOUR });
    expect(timeJump(wall(HOUR), mono(HOUR), history(), NO_JUMPS)).toBeNull();
  });

  it("is what is missing from the log's latest time when the page started anew", () => {
    const earlier = history({ baseWallMs: wall(-HOUR), latestWallMs: wall(0) });
    expect(timeJump(wall(-HOUR), mono(0), earlier, NO_JUMPS)).toEqual({ beforeMs: wall(0), afterMs: wall(-HOUR), driftMs: -HOUR });
  });

  it("is told of once, and the next one again", () => {
    const at = (wallMs: number, monoMs: number, told = NO_JUMPS, latestWallMs = wall(0)) => {
      const known = history({ latestWallMs });
      return { jump: timeJump(wall(wallMs), mono(monoMs), known, told), told: toldAt(wall(wallMs), mono(monoMs), known, told) };
    };
    const first = at(2 * HOUR, HOUR);
    expect(first.jump?.driftMs).toBe(HOUR);
    const second = at(3 * HOUR, 2 * HOUR, first.told, wall(2 * HOUR));
    expect(second.jump).toBeNull();
    // And back to where it was: another jump, and earlier than the log's latest.
    const third = at(3 * HOUR, 3 * HOUR, second.told, wall(3.5 * HOUR));
    expect(third.jump?.driftMs).toBe(-HOUR);
    expect(at(3 * HOUR + 60_000, 3 * HOUR + 60_000, third.told, wall(3.5 * HOUR)).jump).toBeNull();
  });

  test.prop([fc.array(fc.record({ passMs: fc.integer({ min: 0, max: HOUR }), jumpMs: fc.constantFrom(0, 0, 0, -YEAR, -HOUR, -90_000, -1_000, 1_000, 90_000, HOUR, YEAR) }), { maxLength: 40 })])(
    "has one entry, whatever the clock does: as many as steps of more than a minute",
    (steps) => {
      let [wallMs, monoMs, latest, told, entries, due] = [0, 0, 0, NO_JUMPS, 0, 0];
      for (const { passMs, jumpMs } of steps) {
        wallMs += passMs + jumpMs;
        monoMs += passMs;
        const known = history({ latestWallMs: wall(latest) });
        if (timeJump(wall(wallMs), mono(monoMs), known, told)) entries++;
        if (Math.abs(jumpMs) > CLOCK_DISAGREEMENT_MS) due++;
        told = toldAt(wall(wallMs), mono(monoMs), known, told);
        latest = Math.max(latest, wallMs);
      }
      // Seconds add up to a minute only after sixty of them.
      expect(entries).toBe(due);
    },
  );
});
