import type { EpochMs } from "../clock.ts";

/** What one week's recognitions of a person came to. */
export interface WeekOfScores {
  /** Weeks since the Monday before 1970-01-01, UTC. */
  readonly week: number;
  /** Punches by face. */
  readonly n: number;
  /** Mean of the score over the threshold, on the profile's scale. */
  readonly mean: number;
}

/** How clearly a person was recognised, week by week, since the template was made. Of single punches nothing is kept. */
export interface ScoreTrend {
  /** When the template was made that was compared with: a new enrolment begins a new trend. */
  readonly enrolledAt: EpochMs;
  /** Weeks with punches, oldest first: the first {@link FIRST_WEEKS} of all and the last {@link LAST_WEEKS} of the rest. */
  readonly weeks: readonly WeekOfScores[];
}

/** What later weeks are measured by. */
export const FIRST_WEEKS = 3;
export const LAST_WEEKS = 12;

const WEEK_MS = 7 * 86_400_000;
/** 1970-01-01 was a Thursday. */
const MONDAY_BEFORE_EPOCH_MS = -3 * 86_400_000;

export function weekOf(at: EpochMs): number {
  return Math.floor((at - MONDAY_BEFORE_EPOCH_MS) / WEEK_MS);
}

/** When the week began, UTC. */
export function weekStart(week: number): EpochMs {
  return (week * WEEK_MS + MONDAY_BEFORE_EPOCH_MS) as EpochMs;
}

/**
 * The trend after one more recognition. A clock that was wrong for a while puts a punch into a week of its own; it takes
 * its place in the order.
 */
export function withScore(trend: ScoreTrend | undefined, enrolledAt: EpochMs, at: EpochMs, scoreOverThreshold: number): ScoreTrend {
  const before = trend?.enrolledAt === enrolledAt ? trend.weeks : [];
  const week = weekOf(at);
  const { n, mean } = before.find((one) => one.week === week) ?? { n: 0, mean: 0 };
  const known: WeekOfScores = { week, n: n + 1, mean: mean + (scoreOverThreshold - mean) / (n + 1) };
  const weeks = [...before.filter((one) => one.week !== week), known].sort((a, b) => a.week - b.week);
  return { enrolledAt, weeks: [...weeks.slice(0, FIRST_WEEKS), ...weeks.slice(FIRST_WEEKS).slice(-LAST_WEEKS)] };
}

/** Punches and mean score of several weeks; null when there are none. */
export function together(weeks: readonly WeekOfScores[]): { readonly n: number; readonly mean: number } | null {
  const n = weeks.reduce((sum, week) => sum + week.n, 0);
  return n === 0 ? null : { n, mean: weeks.reduce((sum, week) => sum + week.n * week.mean, 0) / n };
}

/**
 * Standard deviation of a week's mean, from the differences between one week and the next (von Neumann 1941): weeks differ
 * among themselves by more than their punches do, and a slow trend hardly shows in these differences. Null for one week.
 */
export function weeklyDeviation(weeks: readonly WeekOfScores[]): number | null {
  const squares = weeks.slice(1).map(({ mean }, index) => (mean - (weeks[index]?.mean ?? mean)) ** 2);
  return squares.length === 0 ? null : Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / (2 * squares.length));
}
