import type { EpochMs } from "../clock.ts";
import type { PersonId } from "../people/types.ts";
import { scoreAtFmr } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";
import { FIRST_WEEKS, LAST_WEEKS, together, weeklyDeviation, weekOf, weekStart } from "./score-trend.ts";
import type { ScoreTrend, WeekOfScores } from "./score-trend.ts";

/**
 * After this long a renewal is offered to everybody. Mated scores sink with the years between reference and probe, slowly
 * and not alike for all (Best-Rowden and Jain, Longitudinal Study of Automatic Face Recognition, IEEE TPAMI 40(1), 2018:
 * nearly everybody was still recognised after six years by a model of that time). Two years is well on the safe side of that.
 */
export const RENEW_AFTER_MS = 2 * 365.25 * 86_400_000;

/** A person's scores have sunk when the false match rate at them is this many powers of ten higher than it was. */
const SUNK_DECADES = 1;
/** Or when, going on like that, they reach the threshold within this time. */
const REACHED_WITHIN_WEEKS = 12;
/** Weeks that are compared with the first ones. */
const RECENT_WEEKS = 3;
/** From the last of the first weeks to the first of the recent ones at least: a cold or new spectacles are no trend. */
const APART_WEEKS = 4;
/** Punches on each side at least. */
const LEAST_PUNCHES = 10;
/**
 * The difference must be this many standard errors. In a simulation of 600 people and a year of ten punches a week (weeks
 * deviating by 0.05 or 0.1 on the scale of `accurate`, punches by 0.15), 1 and 2 % of those who stayed the same were offered
 * a renewal at 4, 3 and 8 % at 3; of those who sank by 0.01 a week all were, half of them by week 21.
 */
const STANDARD_ERRORS = 4;
/** From this many people on, what has happened to all of them (another light, camera or threshold) is nobody's own trend. */
const LEAST_PEOPLE = 10;

export interface RenewalSubject {
  readonly personId: PersonId;
  readonly enrolledAt: EpochMs;
  /** Made with other models than those in use: it is not compared with at all. */
  readonly otherModel: boolean;
  readonly trend: ScoreTrend | undefined;
}

export interface Renewal {
  readonly personId: PersonId;
  readonly reason: "sinking" | "old" | "other-model";
  /** `sinking`: when the recent weeks began. `old`: when the time was over. `other-model`: when the template was made. */
  readonly since: EpochMs;
}

/** Who should renew their face data, most pressing first. Each person has one reason: the first that holds. */
export function renewalOffers(subjects: readonly RenewalSubject[], now: EpochMs, point: OperatingPoint): readonly Renewal[] {
  const changes = new Map(subjects.flatMap(({ personId, enrolledAt, trend }) => {
    const change = trend?.enrolledAt === enrolledAt ? changeOf(trend, now) : null;
    return change === null ? [] : [[personId, change] as const];
  }));
  const common = commonDrop([...changes.values()]);
  const offers = subjects.flatMap(({ personId, enrolledAt, otherModel }): readonly Renewal[] => {
    if (otherModel) return [{ personId, reason: "other-model", since: enrolledAt }];
    const change = changes.get(personId);
    if (change !== undefined && hasSunk(change, common, point)) return [{ personId, reason: "sinking", since: change.since }];
    const due = (enrolledAt + RENEW_AFTER_MS) as EpochMs;
    return due <= now ? [{ personId, reason: "old", since: due }] : [];
  });
  return offers.sort((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || a.since - b.since);
}

const ORDER: readonly Renewal["reason"][] = ["other-model", "sinking", "old"];

interface Change {
  /** How much lower the recent scores are than the first ones; negative when they are higher. */
  readonly drop: number;
  readonly standardError: number;
  /** Mean of the recent scores over the threshold. */
  readonly recent: number;
  /** From the middle of the first weeks to the middle of the recent ones. */
  readonly weeks: number;
  readonly since: EpochMs;
}

/** What has become of a person's scores; null when too little is known, or nothing recent. */
function changeOf(trend: ScoreTrend, now: EpochMs): Change | null {
  // A clock that was ahead for a while leaves weeks that have not come yet.
  const weeks = trend.weeks.filter(({ week }) => week <= weekOf(now));
  const first = weeks.slice(0, FIRST_WEEKS);
  const recent = weeks.slice(FIRST_WEEKS).slice(-RECENT_WEEKS);
  const [from, to] = [first.at(-1), recent[0]];
  if (from === undefined || to === undefined || to.week - from.week < APART_WEEKS) return null;
  if (weekOf(now) - to.week > LAST_WEEKS) return null;
  const [before, after, deviation] = [together(first), together(recent), weeklyDeviation(weeks)];
  if (before === null || after === null || deviation === null || recent.length < RECENT_WEEKS) return null;
  if (before.n < LEAST_PUNCHES || after.n < LEAST_PUNCHES) return null;
  return {
    drop: before.mean - after.mean,
    standardError: deviation * Math.sqrt(1 / first.length + 1 / recent.length),
    recent: after.mean,
    weeks: middle(recent) - middle(first),
    since: weekStart(to.week),
  };
}

function hasSunk({ drop, standardError, recent, weeks }: Change, common: number, point: OperatingPoint): boolean {
  const own = drop - common;
  if (own <= STANDARD_ERRORS * standardError) return false;
  const decade = scoreAtFmr(point, -5) - scoreAtFmr(point, -4);
  return own >= SUNK_DECADES * decade || recent - (own / weeks) * REACHED_WITHIN_WEEKS < 0;
}

/** The median drop of everybody; none when there are too few to tell, or when the scores have risen. */
function commonDrop(changes: readonly Change[]): number {
  if (changes.length < LEAST_PEOPLE) return 0;
  const drops = changes.map(({ drop }) => drop).sort((a, b) => a - b);
  return Math.max(0, drops[Math.floor(drops.length / 2)] ?? 0);
}

function middle(weeks: readonly WeekOfScores[]): number {
  return weeks.reduce((sum, { week }) => sum + week, 0) / weeks.length;
}
