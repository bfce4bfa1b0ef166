import type { EpochMs } from "../clock.ts";

/** What one week's recognitions of a person came to. */
export interface WeekOfScores {
  /** Weeks since the Monday before 1970-01-01, UTC. */
  readonly week: number;
  /** Punches by face. */
  readonly n: number;
  /** Mean of the score over the threshold, on the profile's scale. */
  readonly mean: number;
  /** Sum of the squared differences from the mean. */
  readonly squares: number;
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
  const known = before.find((one) => one.week === week) ?? { week, n: 0, mean: 0, squares: 0 };
  const weeks = [...before.filter((one) => one.week !== week), oneMore(known, scoreOverThreshold)].sort((a, b) => a.week - b.week);
  return { enrolledAt, weeks: [...weeks.slice(0, FIRST_WEEKS), ...weeks.slice(FIRST_WEEKS).slice(-LAST_WEEKS)] };
}

/** Several weeks as one. */
export function together(weeks: readonly WeekOfScores[]): Omit<WeekOfScores, "week"> {
  const n = weeks.reduce((sum, week) => sum + week.n, 0);
  if (n === 0) return { n: 0, mean: 0, squares: 0 };
  const mean = weeks.reduce((sum, week) => sum + week.n * week.mean, 0) / n;
  return { n, mean, squares: weeks.reduce((sum, week) => sum + week.squares + week.n * (week.mean - mean) ** 2, 0) };
}

/** Mean and squares are carried on without the single values (Welford). */
function oneMore({ week, n, mean, squares }: WeekOfScores, value: number): WeekOfScores {
  const after = mean + (value - mean) / (n + 1);
  return { week, n: n + 1, mean: after, squares: squares + (value - mean) * (value - after) };
}
