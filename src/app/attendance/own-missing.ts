import type { DayResult, OutageSpell, PeriodResult } from "../../domain/attendance/engine/types.ts";
import type { Day } from "../../domain/attendance/rules/types.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { ExceptionRequest } from "../../domain/exceptions/types.ts";

/** An outage so near to the punch can be why it is missing, milliseconds. */
const NEAR_MS = 60 * 60_000;

/** A punch that a day lacks, before anybody asked whether it can still be made up. */
export interface Lacking {
  readonly day: Day;
  readonly direction: Direction;
  readonly wallMs: EpochMs;
  readonly shiftId: string;
}

/** What seems to be missing, newest day first and within a day in its order. Whoever was absent all through lacks both. */
export function lackingPunches(days: readonly DayResult[]): readonly Lacking[] {
  return [...days].sort((one, other) => (one.day < other.day ? 1 : -1)).flatMap((day) => (day.state === "locked" ? [] : day.periods.flatMap((period) => lackingIn(day.day, period))));
}

function lackingIn(day: Day, { marks, startMs, endMs, inMs, outMs, shiftId }: PeriodResult): readonly Lacking[] {
  const nothing = marks.includes("absent") && inMs === null && outMs === null;
  return [
    ...(nothing || marks.includes("missing-in") ? [{ day, direction: "in" as const, wallMs: startMs, shiftId }] : []),
    ...(nothing || marks.includes("missing-out") ? [{ day, direction: "out" as const, wallMs: endMs, shiftId }] : []),
  ];
}

/** The outage that lies over the punch or nearest to it; null where none is near. */
export function outageAt(outages: readonly OutageSpell[], wallMs: EpochMs): OutageSpell | null {
  const away = ({ fromMs, toMs }: OutageSpell): number => Math.max(0, fromMs - wallMs, toMs === null ? 0 : wallMs - toMs);
  const [nearest] = outages.filter(({ entry }) => entry !== null).sort((one, other) => away(one) - away(other));
  return nearest === undefined || away(nearest) > NEAR_MS ? null : nearest;
}

/** The newest request about that punch which was handed in and not taken back. */
export function requestAbout(requests: readonly ExceptionRequest[], { day, direction }: Pick<Lacking, "day" | "direction">): ExceptionRequest | null {
  const about = requests.filter(({ content, state }) => content.kind === "make-up" && content.day === day && content.direction === direction && state !== "draft" && state !== "withdrawn" && state !== "expired");
  return about.sort((one, other) => (other.submittedAt ?? 0) - (one.submittedAt ?? 0))[0] ?? null;
}
