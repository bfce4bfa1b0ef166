import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DayMark, DayResult } from "./engine/types.ts";

/** Marks that say how certain a day is, and nothing about what was worked. */
const PASSING: ReadonlySet<DayMark> = new Set<DayMark>(["waiting", "after-lock"]);

/**
 * What somebody confirms of a month, as one number: punches with their use, marks and minutes of each day. Whether a day is
 * settled or closed, and the sentences that explain it, are left out: they change without the month becoming another.
 *
 * @param days of one person, in any order
 * @returns SHA-256, hex
 */
export function monthHash(days: readonly DayResult[]): string {
  const content = [...days]
    .sort((one, other) => (one.day < other.day ? -1 : 1))
    .map(({ day, dayKind, marks, minutes, punches, requestIds }) => [
      day,
      dayKind,
      marks.filter((mark) => !PASSING.has(mark)).sort(),
      [minutes.planned, minutes.attended, minutes.late, minutes.early, minutes.absent, minutes.leave, minutes.away, minutes.worked, minutes.overtimePending],
      [minutes.overtime.workday, minutes.overtime.rest, minutes.overtime.holiday],
      punches.map(({ device, seq, wallMs, direction, use }) => [device, seq, wallMs, direction, use]),
      [...requestIds].sort(),
    ]);
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(content))));
}
