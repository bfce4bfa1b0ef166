import { elapsedMs } from "../attendance/moment.ts";
import type { Moment } from "../attendance/moment.ts";
import { FAILURES_BEFORE_LOCK, lockAfter } from "./back-off.ts";
import type { Failures } from "./back-off.ts";

/** Wrong secrets of many people at one tablet before it locks: four mistypers' worth, so that no single one locks all. */
export const SHARED_FAILURES_BEFORE_LOCK = 20;
/** So much time of one page life forgets one failure, milliseconds: ten an hour, whoever goes on guessing. */
export const FORGET_ONE_MS = 6 * 60_000;
/** Somebody's right secret takes one failure back, and does so again only after this long, milliseconds. */
export const EASE_AGAIN_MS = 12 * 3_600_000;
/** So many people's right secrets take one back within {@link EASE_AGAIN_MS}, at most. */
export const EASED_AT_MOST = 64;

/**
 * Failures of everybody who comes to one tablet. Nobody's own right secret wipes them: whoever knows one could otherwise
 * guess at the others' for ever. They go with time, and one each with different people's right secrets.
 */
export interface SharedFailures extends Failures {
  /** From when time is counted that forgets the next one. */
  readonly calmSince: Moment;
  /** Whose right secret took one back already, since `easedSince`. Keyed hashes. */
  readonly easedBy: readonly string[];
  readonly easedSince: Moment;
}

/** How long the nth shared failure locks, milliseconds: as one person's do, fifteen later. */
export function sharedLockAfter(count: number): number {
  return lockAfter(count - SHARED_FAILURES_BEFORE_LOCK + FAILURES_BEFORE_LOCK);
}

/** As they are kept: those of earlier versions knew of no easing. */
export type KeptFailures = Failures & Partial<SharedFailures>;

/**
 * With what time has forgotten. Only the monotonic clock of one page life counts; in another life it begins anew, since
 * whoever guesses could set the wall clock.
 */
export function calmed(failures: KeptFailures | null, now: Moment): SharedFailures {
  const known = failures ?? { count: 0, at: now, lockMs: 0 };
  const { calmSince = now, easedBy = [], easedSince = now }: Partial<SharedFailures> = known;
  const sameLife = calmSince.bootId === now.bootId;
  const forgotten = sameLife ? Math.min(Math.floor(elapsedMs(calmSince, now) / FORGET_ONE_MS), known.count) : 0;
  const count = known.count - forgotten;
  const easedInThisLife = easedSince.bootId === now.bootId;
  const easedOver = easedBy.length === 0 || (easedInThisLife && elapsedMs(easedSince, now) >= EASE_AGAIN_MS);
  return {
    count,
    at: known.at,
    lockMs: known.lockMs,
    calmSince: sameLife && count > 0 ? later(calmSince, forgotten * FORGET_ONE_MS) : now,
    easedBy: easedOver ? [] : easedBy,
    easedSince: easedOver || !easedInThisLife ? now : easedSince,
  };
}

/** @param failures as {@link calmed} gives them */
export function oneMoreShared(failures: SharedFailures, now: Moment): SharedFailures {
  const count = failures.count + 1;
  return { ...failures, count, at: now, lockMs: sharedLockAfter(count) };
}

/**
 * What remains when one try is taken back, as of one person's. Who has eased the count meanwhile, in another tab, has.
 *
 * @param before as {@link calmed} gave them at the try
 */
export function oneLessShared(failures: SharedFailures, before: SharedFailures): SharedFailures {
  const count = Math.max(failures.count - 1, 0);
  if (count === before.count) return { ...failures, count, at: before.at, lockMs: before.lockMs };
  return { ...failures, count, lockMs: sharedLockAfter(count) };
}

/**
 * One failure less for somebody's right secret, unless theirs has done so already. No lock that is in force ends by it.
 *
 * @param by keyed hash of whose it was
 */
export function eased(failures: SharedFailures, by: string): SharedFailures {
  if (failures.count === 0 || failures.easedBy.includes(by) || failures.easedBy.length >= EASED_AT_MOST) return failures;
  return { ...failures, count: failures.count - 1, easedBy: [...failures.easedBy, by] };
}

function later(from: Moment, ms: number): Moment {
  return { ...from, wallMs: (from.wallMs + ms) as Moment["wallMs"], monoMs: (from.monoMs + ms) as Moment["monoMs"] };
}
