import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00:00Z, as the device's wall clock gave them. Never corrected afterwards. */
export type EpochMs = Brand<number, "EpochMs">;

/** Milliseconds of a clock that never goes back, counted from an arbitrary origin (the page's start). */
export type MonotonicMs = Brand<number, "MonotonicMs">;

/** The time as the device tells it. Passed in wherever time matters, so that every rule is a function of its arguments. */
export interface Clock {
  wall(): EpochMs;
  monotonic(): MonotonicMs;
}

/**
 * How far a wall time can be trusted.
 * T0 anchored in this session, T1 anchored earlier without anomaly,
 * T2 went backward or disagrees with the monotonic clock, T3 never anchored.
 */
export type TimeState = "T0" | "T1" | "T2" | "T3";
