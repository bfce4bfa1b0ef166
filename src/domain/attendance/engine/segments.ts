import type { EpochMs } from "../../clock.ts";

/** Spells of time in whole minutes since 1970, one after the other: start, end, start, end. They do not overlap. */
export type Segments = readonly number[];

export const NOTHING: Segments = [];

/** Minute that a moment lies in: seconds do not count, for coming or for going, as on the clock that people read. */
export const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

export const ms = (minute: number): EpochMs => (minute * 60_000) as EpochMs;

export function lengthOf(segments: Segments): number {
  let sum = 0;
  for (let i = 0; i + 1 < segments.length; i += 2) sum += (segments[i + 1] as number) - (segments[i] as number);
  return sum;
}

/** Minutes of the segments from `start` on and before `end`. */
export function lengthWithin(segments: Segments, start: number, end: number): number {
  let sum = 0;
  for (let i = 0; i + 1 < segments.length; i += 2) {
    const from = Math.max(segments[i] as number, start);
    const to = Math.min(segments[i + 1] as number, end);
    if (to > from) sum += to - from;
  }
  return sum;
}

export function within(segments: Segments, start: number, end: number): Segments {
  const kept: number[] = [];
  for (let i = 0; i + 1 < segments.length; i += 2) {
    const from = Math.max(segments[i] as number, start);
    const to = Math.min(segments[i + 1] as number, end);
    if (to > from) kept.push(from, to);
  }
  return kept;
}

export function without(segments: Segments, start: number, end: number): Segments {
  if (end <= start) return segments;
  const kept: number[] = [];
  for (let i = 0; i + 1 < segments.length; i += 2) {
    const from = segments[i] as number;
    const to = segments[i + 1] as number;
    if (from < Math.min(to, start)) kept.push(from, Math.min(to, start));
    if (Math.max(from, end) < to) kept.push(Math.max(from, end), to);
  }
  return kept;
}

/** Minutes that lie in both. */
export function lengthOfBoth(one: Segments, other: Segments): number {
  let sum = 0;
  for (let i = 0; i + 1 < other.length; i += 2) sum += lengthWithin(one, other[i] as number, other[i + 1] as number);
  return sum;
}
