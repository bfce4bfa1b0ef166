/** What has been suspected at this tablet lately, as one number that wears off. */
export interface Suspicion {
  /** 0 for none. One more for each suspicion, one less for each person who was recognised, and less with time. */
  readonly level: number;
  /** When `level` was true, milliseconds of the same clock as `restsUntilMs`. */
  readonly atMs: number;
  /** The face way rests until then. */
  readonly restsUntilMs: number;
}

export interface LockOutNumbers {
  /** Suspicions that close nothing. */
  readonly free: number;
  /** One suspicion wears off in this time, milliseconds. */
  readonly wearsOffMs: number;
  /** The first rest, milliseconds; each further suspicion doubles it. */
  readonly firstRestMs: number;
  readonly longestRestMs: number;
}

/**
 * Five failures in a row and a first delay of half a minute that doubles are what NIST SP 800-63B asks of a biometric
 * (5.2.3). That is written for one person's own device. This one serves everybody at a gate: so the delay never grows
 * past a minute, whoever is recognised takes a suspicion away, and each wears off in two minutes. Where one presentation
 * in twenty is suspected wrongly and the others are recognised, five more suspicions than recognitions come about by
 * chance in less than one of a million presentations, (1/19)^5; a face that is always suspected wrongly closes the way
 * at its fifth try in a row.
 */
export const LOCK_OUT_NUMBERS: LockOutNumbers = { free: 4, wearsOffMs: 120_000, firstRestMs: 30_000, longestRestMs: 60_000 };

export const NO_SUSPICION: Suspicion = { level: 0, atMs: 0, restsUntilMs: 0 };

/** An attack was suspected, or a challenge was not passed. */
export function afterSuspicion(before: Suspicion, nowMs: number, numbers: LockOutNumbers = LOCK_OUT_NUMBERS): Suspicion {
  // No higher than the longest rest asks for: a long attack does not take long to be forgotten.
  const highest = numbers.free + 1 + Math.log2(numbers.longestRestMs / numbers.firstRestMs);
  const level = Math.min(highest, levelAt(before, nowMs, numbers) + 1);
  const doublings = Math.ceil(level - numbers.free) - 1;
  const restMs = doublings < 0 ? 0 : Math.min(numbers.longestRestMs, numbers.firstRestMs * 2 ** doublings);
  return { level, atMs: nowMs, restsUntilMs: restMs === 0 ? before.restsUntilMs : Math.max(before.restsUntilMs, nowMs + restMs) };
}

/** Somebody was recognised. A rest that has begun is not cut short. */
export function afterRecognition(before: Suspicion, nowMs: number, numbers: LockOutNumbers = LOCK_OUT_NUMBERS): Suspicion {
  return { ...before, level: Math.max(0, levelAt(before, nowMs, numbers) - 1), atMs: nowMs };
}

/** Suspicions older than this have worn off, milliseconds. */
export function forgottenAfterMs({ free, wearsOffMs, firstRestMs, longestRestMs }: LockOutNumbers = LOCK_OUT_NUMBERS): number {
  return Math.ceil(free + 1 + Math.log2(longestRestMs / firstRestMs)) * wearsOffMs;
}

/** A clock that was set back wears nothing off. */
function levelAt({ level, atMs }: Suspicion, nowMs: number, { wearsOffMs }: LockOutNumbers): number {
  return Math.max(0, level - Math.max(0, nowMs - atMs) / wearsOffMs);
}
