import type { DayMark, DayResult } from "../../../domain/attendance/engine/types.ts";

/** A day in one sign: its shape and its word say the same as its colour. */
export type Glance = "fine" | "care" | "missing" | "absent" | "away" | "leave" | "overtime" | "waiting" | "free" | "ahead";

const BY_MARK: readonly (readonly [Glance, readonly DayMark[]])[] = [
  ["absent", ["absent", "half-absent"]],
  ["missing", ["missing-in", "missing-out"]],
  ["care", ["serious-late", "late", "early", "short", "clock-doubt", "after-lock", "stray"]],
  ["leave", ["leave"]],
  ["away", ["trip", "outing"]],
  ["waiting", ["waiting"]],
  ["overtime", ["overtime", "overtime-pending"]],
];

/** What is seen of a day first: what matters most. */
export function glanceOf({ marks, state, minutes, periods, punches }: Pick<DayResult, "marks" | "state" | "minutes" | "periods" | "punches">): Glance {
  if (state === "ahead") return periods.length > 0 || minutes.planned > 0 ? "ahead" : "free";
  for (const [glance, of] of BY_MARK) if (of.some((mark) => marks.includes(mark))) return glance;
  return periods.length === 0 && punches.length === 0 ? "free" : "fine";
}

/** One character each, told apart without colour. */
export const SIGNS: Readonly<Record<Glance, string>> = { fine: "●", care: "▲", missing: "◐", absent: "✕", away: "→", leave: "□", overtime: "+", waiting: "…", free: "", ahead: "·" };
