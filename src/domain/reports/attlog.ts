import type { DayResult, PunchUse } from "../attendance/engine/types.ts";
import type { PunchMethod } from "../attendance/types.ts";
import { wallText, type WallClock } from "./wall-clock.ts";

/** ZKTeco's codes of how somebody was verified: 0 password, 2 card, 15 face. What has no code of its own goes as 0. */
const VERIFY: Readonly<Record<PunchMethod, number>> = { face: 15, pin: 0, badge: 2, attested: 0 };
/** No work code is asked for at the door. */
const WORK_CODE = 0;
const COUNTED: ReadonlySet<PunchUse["use"]> = new Set(["in", "out", "between", "stray"]);

/** ZKTeco's state of a punch: 0 in, 1 out, 4 overtime in, 5 overtime out. What is worked on a day of rest or a holiday is overtime. */
function status({ direction }: PunchUse, { dayKind, minutes: { planned } }: DayResult): number {
  const overtime = dayKind !== "workday" && planned === 0;
  if (direction === "in") return overtime ? 4 : 0;
  return overtime ? 5 : 1;
}

/**
 * Lines of `attlog.dat` as ZKTeco's terminals write it: employee number, local time, verify mode, status and work code, with
 * tabs in between. What did not count is not in it.
 */
export function attlogLines(employeeNumber: string, days: readonly DayResult[], wall: WallClock): readonly string[] {
  // Ends of fields and lines would make other people's punches of one.
  const number = employeeNumber.replaceAll(/[\t\r\n]/g, " ");
  return days.flatMap((day) =>
    day.punches.filter(({ use }) => COUNTED.has(use)).map((punch) => [number, wallText(wall(punch.wallMs)), VERIFY[punch.method], status(punch, day), WORK_CODE].join("\t")),
  );
}
