import { describe, expect, it } from "vitest";
import type { EpochMs } from "../clock.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import { identificationThreshold, log10FmrAtScore } from "./operating-point.ts";
import { mayRefresh, REFRESH_AT_MOST_EVERY_MS, STRICTER } from "./refreshing.ts";
import type { RefreshFacts } from "./refreshing.ts";

const point = OPERATING_POINTS.accurate;
const PEOPLE = 200;
const MADE = Date.UTC(2026, 0, 5);
const NOW = (MADE + 30 * 86_400_000) as EpochMs;
const LEVEL = identificationThreshold({ ...point, fpirTarget: point.fpirTarget / STRICTER }, PEOPLE);
const BEYOND_DOUBT: RefreshFacts = { score: LEVEL, lead: 2 * point.margin, people: PEOPLE, pad: "bona-fide", stepUps: [], enrolmentQuality: true };
const template = { createdAtMs: MADE };

describe("a reference", () => {
  it("may be refreshed when the probe is beyond doubt", () => {
    expect(mayRefresh(BEYOND_DOUBT, template, false, NOW, point)).toBe(true);
    expect(mayRefresh({ ...BEYOND_DOUBT, lead: null }, template, false, NOW, point)).toBe(true);
  });

  it.each<[string, Partial<RefreshFacts>]>([
    ["the score is only good enough for a punch", { score: identificationThreshold(point, PEOPLE) + 0.05 }],
    ["the score is just below what is asked", { score: LEVEL - 1e-9 }],
    ["somebody else is not far", { lead: 2 * point.margin - 1e-9 }],
    ["presentation is undecided", { pad: "undecided" }],
    ["an attack is suspected", { pad: "attack-suspected" }],
    ["there was a challenge", { stepUps: ["challenge"] }],
    ["there was a second factor", { stepUps: ["second-factor"] }],
    ["the frames are too poor to enrol with", { enrolmentQuality: false }],
  ])("stays as it is when %s", (_when, facts) => {
    expect(mayRefresh({ ...BEYOND_DOUBT, ...facts }, template, false, NOW, point)).toBe(false);
  });

  it("stays as it is when the person has a look-alike", () => {
    expect(mayRefresh(BEYOND_DOUBT, template, true, NOW, point)).toBe(false);
  });

  it.each([
    ["a week after it was made", { createdAtMs: NOW - REFRESH_AT_MOST_EVERY_MS }, true],
    ["less than a week after it was made", { createdAtMs: NOW - REFRESH_AT_MOST_EVERY_MS + 1 }, false],
    ["less than a week after it was refreshed", { createdAtMs: MADE, refreshedAtMs: NOW - REFRESH_AT_MOST_EVERY_MS + 1 }, false],
    ["a week after it was refreshed", { createdAtMs: MADE, refreshedAtMs: NOW - REFRESH_AT_MOST_EVERY_MS }, true],
    ["by a clock that was set back", { createdAtMs: NOW + 1 }, false],
  ])("is looked at once a week: %s", (_when, times, may) => {
    expect(mayRefresh(BEYOND_DOUBT, times, false, NOW, point)).toBe(may);
  });

  it("asks for a score that a stranger reaches a hundred times less often", () => {
    const perPunch = log10FmrAtScore(point, identificationThreshold(point, PEOPLE));
    expect(log10FmrAtScore(point, LEVEL)).toBeCloseTo(perPunch - 2, 6);
  });
});
