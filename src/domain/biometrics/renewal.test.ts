import { describe, expect, it } from "vitest";
import type { EpochMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import { scoreAtFmr } from "./operating-point.ts";
import { RENEW_AFTER_MS, renewalOffers } from "./renewal.ts";
import type { RenewalSubject } from "./renewal.ts";
import { weekOf, weekStart, withScore } from "./score-trend.ts";
import type { ScoreTrend } from "./score-trend.ts";

const DAY_MS = 86_400_000;
const ENROLLED = Date.UTC(2026, 0, 5) as EpochMs;
const point = OPERATING_POINTS.accurate;
const DECADE = scoreAtFmr(point, -5) - scoreAtFmr(point, -4);

/** Ten punches in each of the weeks; the weeks lie about what is given, by the spread on either side. */
function trendOf(weeks: number, meanOf: (week: number) => number, { spread = 0.01, punches = 10 } = {}): ScoreTrend | undefined {
  let trend: ScoreTrend | undefined;
  for (let week = 0; week < weeks; week++) {
    for (let punch = 0; punch < punches; punch++) {
      const at = (ENROLLED + (7 * week + (punch % 5)) * DAY_MS) as EpochMs;
      trend = withScore(trend, ENROLLED, at, meanOf(week) + (week % 2 === 0 ? spread : -spread));
    }
  }
  return trend;
}

function subject(name: string, trend: ScoreTrend | undefined, more: Partial<RenewalSubject> = {}): RenewalSubject {
  return { personId: name as PersonId, enrolledAt: ENROLLED, otherModel: false, trend, ...more };
}

const afterWeeks = (weeks: number): EpochMs => (ENROLLED + 7 * weeks * DAY_MS) as EpochMs;
const reasons = (subjects: readonly RenewalSubject[], now: EpochMs): readonly string[] => renewalOffers(subjects, now, point).map(({ personId, reason }) => `${personId} ${reason}`);

const sinking = (week: number): number => 0.5 - 0.02 * week;

describe("a renewal", () => {
  it.each([
    ["nothing, while nothing is known", undefined, 20, false],
    ["scores that stay", trendOf(20, () => 0.5), 20, false],
    ["scores that rise", trendOf(20, (week) => 0.3 + 0.02 * week), 20, false],
    ["a drop of more than a decade over weeks", trendOf(20, sinking), 20, true],
    ["a small drop far above the threshold", trendOf(20, (week) => 0.9 - 0.004 * week), 20, false],
    ["a small drop that will soon reach the threshold", trendOf(20, (week) => 0.1 - 0.004 * week), 20, true],
    ["a drop within the first weeks", trendOf(5, (week) => 0.9 - 0.2 * week), 5, false],
    ["a drop that the spread explains", trendOf(20, (week) => 0.5 - 0.01 * week, { spread: 0.2 }), 20, false],
    ["a drop of too few punches", trendOf(20, sinking, { punches: 2 }), 20, false],
    ["a drop of long ago", trendOf(20, sinking), 60, false],
  ])("is offered as sinking only with reason: %s", (_what, trend, weeks, isOffered) => {
    expect(reasons([subject("a", trend)], afterWeeks(weeks))).toEqual(isOffered ? ["a sinking"] : []);
  });

  it("says since when the scores have been low", () => {
    const [offer] = renewalOffers([subject("a", trendOf(20, sinking))], afterWeeks(20), point);
    expect(offer?.since).toBe(weekStart(weekOf(ENROLLED) + 17));
  });

  it("does not look at the scores of an earlier enrolment", () => {
    expect(reasons([subject("a", trendOf(20, sinking), { enrolledAt: afterWeeks(19) })], afterWeeks(20))).toEqual([]);
  });

  it("is offered to nobody for what has happened to everybody, and still to whoever sinks on top of that", () => {
    const dimmer = (week: number): number => (week < 8 ? 0.6 : 0.6 - 1.5 * DECADE);
    const everybody = Array.from({ length: 12 }, (_, index) => subject(`p${String(index)}`, trendOf(20, dimmer)));
    expect(reasons(everybody, afterWeeks(20))).toEqual([]);
    expect(reasons([...everybody, subject("a", trendOf(20, (week) => dimmer(week) - 0.02 * week))], afterWeeks(20))).toEqual(["a sinking"]);
    // Of a few people nobody can say what is common to all.
    expect(reasons(everybody.slice(0, 3), afterWeeks(20))).toHaveLength(3);
  });

  it.each([
    ["before two years are over", -1, []],
    ["when two years are over", 0, ["a old"]],
  ])("is offered for age %s", (_when, fromThenMs, expected) => {
    expect(reasons([subject("a", undefined)], (ENROLLED + RENEW_AFTER_MS + fromThenMs) as EpochMs)).toEqual(expected);
  });

  it("has one reason a person, most pressing first and longest due first", () => {
    const old = (ENROLLED + RENEW_AFTER_MS + 30 * DAY_MS) as EpochMs;
    const subjects = [
      subject("younger", undefined, { enrolledAt: (ENROLLED + DAY_MS) as EpochMs }),
      subject("older", undefined),
      subject("model", undefined, { otherModel: true }),
      subject("new", undefined, { enrolledAt: old }),
    ];
    expect(reasons(subjects, old)).toEqual(["model other-model", "older old", "younger old"]);
  });
});
