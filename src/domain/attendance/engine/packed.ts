import * as v from "valibot";
import type { EpochMs } from "../../clock.ts";
import type { PersonId } from "../../people/types.ts";
import { isDay } from "../rules/days.ts";
import { DAY_MARKS } from "./types.ts";
import type { DayResult, PeriodResult, PunchUse, Reason } from "./types.ts";

/** Version of the shape below. A later one reads this, too: what was closed stays readable. */
const VERSION = 1;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const mark = v.picklist(DAY_MARKS);
const direction = v.picklist(["in", "out"]);
const kind = v.picklist(["workday", "rest", "holiday"]);

/** Shift, index, start, end, in, out, marks, and the minutes in the order of {@link MINUTES}. */
const period = v.strictTuple([v.string(), count, time, time, v.nullable(time), v.nullable(time), v.array(mark), v.strictTuple([count, count, count, count, count, count, count, count])]);
/** Device, sequence number, time, direction, method, use, and the request where there is one. */
const punch = v.strictTuple([v.string(), count, time, direction, v.picklist(["face", "pin", "badge", "attested"]), v.picklist(["in", "out", "between", "suppressed", "undone", "ignored", "stray"]), v.nullable(v.string())]);

const REASONS: readonly Reason["code"][] = [
  "planned", "free", "called-in", "on-time", "late", "within-grace", "later-start", "early", "short", "absent", "half-absent", "missing", "auto-out", "suppressed", "undone", "stray",
  "made-up", "corrected", "leave", "trip", "outing", "cancelled", "overtime", "overtime-not-counted", "waiting", "outage", "clock-doubt", "long-day", "locked", "after-lock", "no-rules",
];
const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const reason = v.pipe(
  v.record(v.string(), scalar),
  v.check((value) => REASONS.some((code) => code === value["code"])),
);

const packedDay = v.strictTuple([
  v.pipe(v.string(), v.check(isDay)),
  v.nullable(count),
  v.nullable(v.string()),
  kind,
  v.nullable(v.strictTuple([v.picklist(["holiday", "workday", "rest"]), v.string()])),
  v.array(period),
  v.array(punch),
  v.array(mark),
  /** The minutes in the order of {@link MINUTES}, overtime of working days, days of rest and holidays, and what is pending. */
  v.strictTuple([count, count, count, count, count, count, count, count, count, count, count, count]),
  v.picklist(["ahead", "waiting", "settled", "locked"]),
  v.array(reason),
  v.array(v.string()),
]);

const packed = v.strictObject({ v: v.literal(VERSION), days: v.array(packedDay) });

/** Days of one person as a compact JSON text: from the same days the same text. */
export function packDays(days: readonly DayResult[]): string {
  return JSON.stringify({ v: VERSION, days: days.map(packDay) });
}

/** Reads what {@link packDays} wrote; null when it is anything else. */
export function unpackDays(personId: PersonId, text: string): readonly DayResult[] | null {
  const parsed = v.safeParse(packed, jsonOf(text));
  return parsed.success ? parsed.output.days.map((day) => unpackDay(personId, day)) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function packDay(day: DayResult): v.InferInput<typeof packedDay> {
  const { minutes, calendar } = day;
  return [
    day.day,
    day.rulesVersion,
    day.groupId,
    day.dayKind,
    calendar === null ? null : [calendar.kind, calendar.name],
    day.periods.map((each) => [each.shiftId, each.index, each.startMs, each.endMs, each.inMs, each.outMs, [...each.marks], eight(each.minutes)]),
    day.punches.map((each) => [each.device, each.seq, each.wallMs, each.direction, each.method, each.use, each.requestId ?? null]),
    [...day.marks],
    [...eight(minutes), minutes.overtime.workday, minutes.overtime.rest, minutes.overtime.holiday, minutes.overtimePending],
    day.state,
    day.reasons.map((each) => ({ ...each })),
    [...day.requestIds],
  ];
}

type Eight = [number, number, number, number, number, number, number, number];

const eight = ({ planned, attended, late, early, absent, leave, away, worked }: PeriodResult["minutes"]): Eight => [planned, attended, late, early, absent, leave, away, worked];

function minutesOf([planned, attended, late, early, absent, leave, away, worked]: Readonly<Eight>): PeriodResult["minutes"] {
  return { planned, attended, late, early, absent, leave, away, worked };
}

function unpackDay(personId: PersonId, packedOne: v.InferOutput<typeof packedDay>): DayResult {
  const [day, rulesVersion, groupId, dayKind, calendar, periods, punches, marks, minutes, state, reasons, requestIds] = packedOne;
  const [planned, attended, late, early, absent, leave, away, worked, workday, rest, holiday, overtimePending] = minutes;
  return {
    personId,
    day,
    rulesVersion,
    groupId,
    dayKind,
    calendar: calendar === null ? null : { kind: calendar[0], name: calendar[1] },
    periods: periods.map(([shiftId, index, startMs, endMs, inMs, outMs, own, sums]) => ({ shiftId, index, startMs, endMs, inMs, outMs, marks: own, minutes: minutesOf(sums) })),
    punches: punches.map(([device, seq, wallMs, way, method, use, requestId]): PunchUse => ({ device, seq, wallMs, direction: way, method, use, ...(requestId === null ? {} : { requestId }) })),
    marks,
    minutes: { ...minutesOf([planned, attended, late, early, absent, leave, away, worked]), overtime: { workday, rest, holiday }, overtimePending },
    state,
    // Checked by code alone: what fills a sentence is shown as it is.
    reasons: reasons as unknown as readonly Reason[],
    requestIds,
  };
}
