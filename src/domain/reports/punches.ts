import type { DayResult, PunchUse } from "../attendance/engine/types.ts";
import type { Direction, Punch, PunchMethod } from "../attendance/types.ts";
import { PERSON_COLUMNS, personCells, type ReportBuilder, type ReportContext } from "./context.ts";
import { TableBuilder, type ReportColumn } from "./table.ts";
import { wallClock, wallDay, wallText } from "./wall-clock.ts";

const TIMES: readonly ReportColumn[] = [
  ...PERSON_COLUMNS,
  { id: "day", kind: "day" },
  { id: "first", kind: "time" },
  { id: "last", kind: "time" },
  { id: "punches", kind: "count", sum: true },
  { id: "times", kind: "text" },
];

/** What did not become a part of the day's record. */
const NOT_COUNTED: ReadonlySet<PunchUse["use"]> = new Set(["suppressed", "undone", "ignored"]);

/** The times of a day in a row. One of the day after is marked `+1`. */
export function punchTimes({ zone }: ReportContext): ReportBuilder {
  const table = new TableBuilder(TIMES);
  const wall = wallClock(zone);
  return {
    add: (person) => {
      const who = personCells(person);
      for (const day of person.days) {
        const counted = day.punches.filter(({ use }) => !NOT_COUNTED.has(use));
        if (counted.length === 0) continue;
        const times = counted.map(({ wallMs }) => shortTime(wall(wallMs), day.day)).join(" ");
        table.add([...who, day.day, counted[0]?.wallMs ?? null, counted.length > 1 ? (counted.at(-1)?.wallMs ?? null) : null, counted.length, times]);
      }
    },
    finish: () => table.finish(),
  };
}

/** `08:57`, or `06:05+1` on the day after. */
export function shortTime(wallMs: number, day: string): string {
  const later = Math.round((Date.parse(wallDay(wallMs)) - Date.parse(day)) / 86_400_000);
  const time = wallText(wallMs).slice(11, 16);
  return later === 0 ? time : `${time}${later > 0 ? "+" : "-"}${Math.abs(later)}`;
}

const RAW: readonly ReportColumn[] = [
  ...PERSON_COLUMNS,
  { id: "at", kind: "time" },
  { id: "direction", kind: "word", of: "direction" },
  { id: "source", kind: "word", of: "source" },
  { id: "method", kind: "word", of: "method" },
  { id: "use", kind: "word", of: "use" },
  { id: "day", kind: "day" },
  { id: "day-kind", kind: "word", of: "day-kind" },
  { id: "device", kind: "text" },
  { id: "clock", kind: "word", of: "clock" },
  { id: "receipt", kind: "text" },
  { id: "request", kind: "text" },
];

interface Use {
  readonly use: PunchUse["use"];
  readonly day: DayResult;
}

/** Every punch as it was recorded, and what became of it; what an approved request added stands beside them. */
export function rawRecords(): ReportBuilder {
  const table = new TableBuilder(RAW);
  return {
    add: (person) => {
      const who = personCells(person);
      const uses = new Map<string, Use>();
      const madeUp: { readonly punch: PunchUse; readonly day: DayResult }[] = [];
      for (const day of person.days) {
        for (const punch of day.punches) {
          if (punch.requestId !== undefined) madeUp.push({ punch, day });
          else uses.set(`${punch.device}:${punch.seq}`, { use: punch.use, day });
        }
      }
      const rows = (person.punches ?? []).map((punch) => recordedRow(punch, uses.get(punch.id)));
      rows.push(...madeUp.map(({ punch, day }) => [punch.wallMs, punch.direction, "request", punch.method, punch.use, day.day, day.dayKind, punch.device, null, null, punch.requestId ?? null] as const));
      rows.sort((one, other) => one[0] - other[0]);
      for (const row of rows) table.add([...who, ...row]);
    },
    finish: () => table.finish(),
  };
}

type RawRow = readonly [at: number, direction: Direction, source: string, method: PunchMethod, use: string, day: string | null, dayKind: string | null, device: string, clock: string | null, receipt: string | null, request: string | null];

/** A punch of a day that was not asked for says of itself whether it counts. */
function recordedRow(punch: Punch, use: Use | undefined): RawRow {
  const meaning = use?.use ?? (punch.status === "accepted" ? "counts" : punch.status);
  return [punch.wallMs, punch.direction, punch.directionSource, punch.method, meaning, use?.day.day ?? null, use?.day.dayKind ?? null, punch.deviceId, punch.timeState, punch.receipt, null];
}
