import { msg } from "@lit/localize";

import type { PunchUse } from "../../domain/attendance/engine/types.ts";
import type { ReportKind } from "../../domain/reports/kinds.ts";
import type { ReportWords } from "../../domain/reports/words.ts";
import { locale } from "./localize.ts";
import { markWords } from "./mark-words.ts";

function useWords(): Readonly<Record<PunchUse["use"] | "counts", string>> {
  return {
    in: msg("counts as arrival", { id: "report.use.in" }),
    out: msg("counts as departure", { id: "report.use.out" }),
    between: msg("in between", { id: "report.use.between" }),
    counts: msg("counts", { id: "report.use.counts" }),
    suppressed: msg("repeat", { id: "report.mark.suppressed" }),
    undone: msg("taken back", { id: "report.mark.undone" }),
    ignored: msg("does not count", { id: "report.use.ignored" }),
    stray: msg("outside any shift", { id: "report.mark.stray" }),
  };
}

export function reportName(kind: ReportKind): string {
  switch (kind) {
    case "summary":
      return msg("Monthly summary", { id: "report.summary" });
    case "daily":
      return msg("Daily detail", { id: "report.daily" });
    case "punch-times":
      return msg("Punch times", { id: "report.punch-times" });
    case "raw":
      return msg("Raw records", { id: "report.raw" });
    case "exceptions":
      return msg("Exceptions", { id: "report.exceptions" });
    case "overtime":
      return msg("Overtime", { id: "report.overtime" });
    case "trend":
      return msg("Late and absent by day", { id: "report.trend" });
    case "by-hour":
      return msg("Presence by hour", { id: "report.by-hour" });
    case "ways":
      return msg("Devices and ways", { id: "report.ways" });
  }
}

/** What a report is for, in a sentence. */
export function reportMeaning(kind: ReportKind): string {
  switch (kind) {
    case "summary":
      return msg("Each person's month in one line: days, hours, late, leave, overtime.", { id: "report.summary.what" });
    case "daily":
      return msg("Each day of each person with arrival, departure, minutes and marks.", { id: "report.daily.what" });
    case "punch-times":
      return msg("The times of each day side by side.", { id: "report.punch-times.what" });
    case "raw":
      return msg("Every punch as it was recorded, also repeats and those taken back.", { id: "report.raw.what" });
    case "exceptions":
      return msg("Only what somebody should look at.", { id: "report.exceptions.what" });
    case "overtime":
      return msg("Days with overtime, approved and not.", { id: "report.overtime.what" });
    case "trend":
      return msg("How many were late, left early or were absent, day by day.", { id: "report.trend.what" });
    case "by-hour":
      return msg("When people come, go and are there.", { id: "report.by-hour.what" });
    case "ways":
      return msg("How people punched at each tablet. All ways count the same.", { id: "report.ways.what" });
  }
}

function columnWords(): Readonly<Record<string, string>> {
  const late = msg("Late", { id: "report.column.late" });
  const early = msg("Early", { id: "report.column.early" });
  const absent = msg("Absent", { id: "report.column.absent" });
  const punches = msg("Punches", { id: "report.column.punches" });
  return {
    number: msg("Employee number", { id: "report.column.number" }),
    name: msg("Name", { id: "report.column.name" }),
    department: msg("Department", { id: "report.column.department" }),
    month: msg("Month", { id: "report.column.month" }),
    day: msg("Day", { id: "report.column.day" }),
    "day-kind": msg("Kind of day", { id: "report.column.day-kind" }),
    shift: msg("Shift", { id: "report.column.shift" }),
    in: msg("Arrival", { id: "report.column.in" }),
    out: msg("Departure", { id: "report.column.out" }),
    first: msg("First", { id: "report.column.first" }),
    last: msg("Last", { id: "report.column.last" }),
    times: msg("Times", { id: "report.column.times" }),
    at: msg("Time", { id: "report.column.at" }),
    direction: msg("Direction", { id: "report.column.direction" }),
    source: msg("Direction set by", { id: "report.column.source" }),
    method: msg("Way", { id: "report.column.method" }),
    use: msg("What became of it", { id: "report.column.use" }),
    device: msg("Tablet", { id: "report.column.device" }),
    clock: msg("Clock", { id: "report.column.clock" }),
    receipt: msg("Receipt", { id: "report.column.receipt" }),
    request: msg("Request", { id: "report.column.request" }),
    workdays: msg("Days planned", { id: "report.column.workdays" }),
    "attended-days": msg("Days attended", { id: "report.column.attended-days" }),
    planned: msg("Planned", { id: "report.column.planned" }),
    attended: msg("Attended", { id: "report.column.attended" }),
    worked: msg("Worked", { id: "report.column.worked" }),
    late,
    early,
    absent,
    leave: msg("Leave", { id: "report.column.leave" }),
    away: msg("Trip, outing", { id: "report.column.away" }),
    minutes: msg("Duration", { id: "report.column.minutes" }),
    overtime: msg("Overtime", { id: "report.column.overtime" }),
    "overtime-workday": msg("Overtime, workday", { id: "report.column.overtime-workday" }),
    "overtime-rest": msg("Overtime, rest day", { id: "report.column.overtime-rest" }),
    "overtime-holiday": msg("Overtime, holiday", { id: "report.column.overtime-holiday" }),
    "overtime-weighted": msg("Overtime × multiplier", { id: "report.column.overtime-weighted" }),
    "overtime-pending": msg("Overtime not approved", { id: "report.column.overtime-pending" }),
    mark: msg("Mark", { id: "report.column.mark" }),
    marks: msg("Marks", { id: "report.column.marks" }),
    state: msg("State", { id: "report.column.state" }),
    open: msg("Days open", { id: "report.column.open" }),
    "count-late": msg("Times late", { id: "report.column.count-late" }),
    "count-serious-late": msg("Times very late", { id: "report.column.count-serious-late" }),
    "count-early": msg("Times early", { id: "report.column.count-early" }),
    "count-absent": msg("Times absent", { id: "report.column.count-absent" }),
    "count-half-absent": msg("Times half absent", { id: "report.column.count-half-absent" }),
    "count-missing": msg("Punches missing", { id: "report.column.count-missing" }),
    "count-missing-in": msg("IN missing", { id: "report.mark.missing-in" }),
    "count-missing-out": msg("OUT missing", { id: "report.mark.missing-out" }),
    "count-short": msg("Days short", { id: "report.column.count-short" }),
    "count-made-up": msg("Punches made up", { id: "report.column.count-made-up" }),
    "on-duty": msg("On duty", { id: "report.column.on-duty" }),
    "on-leave": msg("On leave", { id: "report.column.on-leave" }),
    hour: msg("Hour", { id: "report.column.hour" }),
    arrivals: msg("Arrivals", { id: "report.column.arrivals" }),
    departures: msg("Departures", { id: "report.column.departures" }),
    present: msg("There", { id: "report.column.present" }),
    punches,
    "way-face": msg("Face", { id: "report.method.face" }),
    "way-pin": msg("PIN", { id: "report.method.pin" }),
    "way-badge": msg("Badge", { id: "report.method.badge" }),
    "way-attested": msg("Attested", { id: "report.method.attested" }),
    "way-made-up": msg("Made up", { id: "report.method.made-up" }),
    about: msg("About this report", { id: "report.about" }),
    organisation: msg("Organisation", { id: "report.about.organisation" }),
    site: msg("Site", { id: "report.about.site" }),
    range: msg("Days", { id: "report.about.range" }),
    zone: msg("Time zone", { id: "report.about.zone" }),
    "as-of": msg("As of (entry of the log)", { id: "report.about.as-of" }),
  };
}

/** The names of columns and codes in the language that is shown. */
export function reportWords(): ReportWords {
  const kinds: readonly ReportKind[] = ["summary", "daily", "punch-times", "raw", "exceptions", "overtime", "trend", "by-hour", "ways"];
  return {
    locale: locale.value,
    columns: { ...columnWords(), ...Object.fromEntries(kinds.map((kind) => [`report-${kind}`, reportName(kind)])) },
    codes: {
      mark: markWords(),
      use: useWords(),
      direction: { in: msg("IN", { id: "report.direction.in" }), out: msg("OUT", { id: "report.direction.out" }) },
      source: {
        auto: msg("the rules", { id: "report.source.auto" }),
        person: msg("the person", { id: "report.source.person" }),
        device: msg("the tablet", { id: "report.source.device" }),
        request: msg("a request", { id: "report.source.request" }),
      },
      method: {
        face: msg("Face", { id: "report.method.face" }),
        pin: msg("PIN", { id: "report.method.pin" }),
        badge: msg("Badge", { id: "report.method.badge" }),
        attested: msg("Attested", { id: "report.method.attested" }),
      },
      "day-kind": {
        workday: msg("workday", { id: "report.day.workday" }),
        rest: msg("day of rest", { id: "report.day.rest" }),
        holiday: msg("holiday", { id: "report.day.holiday" }),
      },
      state: {
        ahead: msg("to come", { id: "report.state.ahead" }),
        waiting: msg("not judged yet", { id: "report.state.waiting" }),
        settled: msg("settled", { id: "report.state.settled" }),
        locked: msg("closed", { id: "report.state.locked" }),
      },
      overtime: {
        workday: msg("workday", { id: "report.day.workday" }),
        rest: msg("day of rest", { id: "report.day.rest" }),
        holiday: msg("holiday", { id: "report.day.holiday" }),
      },
      clock: {
        T0: msg("sure", { id: "report.clock.T0" }),
        T1: msg("sure", { id: "report.clock.T0" }),
        T2: msg("in doubt", { id: "report.clock.T2" }),
        T3: msg("never checked", { id: "report.clock.T3" }),
      },
    },
    total: msg("Total", { id: "report.total" }),
  };
}
