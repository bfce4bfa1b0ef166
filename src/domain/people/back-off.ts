import { elapsedMs } from "../attendance/moment.ts";
import type { Moment } from "../attendance/moment.ts";
import type { EpochMs } from "../clock.ts";

/** Wrong secrets in a row before the first lock. */
export const FAILURES_BEFORE_LOCK = 5;
/** The first lock; each further failure doubles it, milliseconds. */
export const FIRST_LOCK_MS = 30_000;
/** The longest lock, milliseconds. */
export const LONGEST_LOCK_MS = 15 * 60_000;

/** Failures since the last success. */
export interface Failures {
  readonly count: number;
  /** When the last one was, and how long it locks from then, milliseconds; 0 for not at all. */
  readonly at: Moment;
  readonly lockMs: number;
}

/** How long the nth failure in a row locks, milliseconds. */
export function lockAfter(count: number): number {
  if (count < FAILURES_BEFORE_LOCK) return 0;
  return Math.min(FIRST_LOCK_MS * 2 ** (count - FAILURES_BEFORE_LOCK), LONGEST_LOCK_MS);
}

export function oneMore(failures: Failures | null, now: Moment): Failures {
  const count = (failures?.count ?? 0) + 1;
  return { count, at: now, lockMs: lockAfter(count) };
}

/**
 * What remains when one try is taken back. Where nothing else came in between, that is what was there before it; where
 * something did, another tab's wrong try or a right one, that stands.
 */
export function oneLess(failures: Failures | null, before: Failures | null): Failures | null {
  if (failures === null) return null;
  const count = failures.count - 1;
  if (count === (before?.count ?? 0)) return before;
  return count > 0 ? { ...failures, count, lockMs: lockAfter(count) } : null;
}

export type LockState<F extends Failures = Failures> = { readonly locked: false } | { readonly locked: true; readonly until: EpochMs; readonly failures: F };

/**
 * Whether a lock is in force. It is served in one page life, by the monotonic clock: a wall clock that is set on or back
 * changes nothing. Another life, after a reload or in another tab, has only the wall clock to go by, and whoever guesses
 * could set it: there the lock begins anew, from now; `failures` is then to be kept in place of the old.
 */
export function lockState<F extends Failures>(failures: F | null, now: Moment): LockState<F> {
  if (!failures || failures.lockMs === 0) return { locked: false };
  if (failures.at.bootId !== now.bootId) return { locked: true, until: (now.wallMs + failures.lockMs) as EpochMs, failures: { ...failures, at: now } };
  const leftMs = failures.lockMs - elapsedMs(failures.at, now);
  return leftMs > 0 ? { locked: true, until: Math.ceil(now.wallMs + leftMs) as EpochMs, failures } : { locked: false };
}
