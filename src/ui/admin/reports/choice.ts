import { isDay } from "../../../domain/attendance/rules/days.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import type { HourStyle } from "../../../domain/reports/hours.ts";
import { REPORT_KINDS, type ReportKind } from "../../../domain/reports/kinds.ts";
import { lastPeriod } from "../../../domain/reports/period.ts";

/** What the address says of a report. */
export interface ReportChoice {
  readonly kind: ReportKind;
  readonly from: Day;
  readonly to: Day;
  readonly department: string;
  readonly person: PersonId | null;
  readonly style: HourStyle;
  /** Id of a column; empty for the order in which it was made. */
  readonly sort: string;
  readonly descending: boolean;
}

/** A month is asked about once it is nearly over, the last one until then. */
const THIS_MONTH_FROM_DAY = 20;

/** The month that most look at on that day. */
export function usualRange(today: Day): { readonly from: Day; readonly to: Day } {
  return Number(today.slice(8)) >= THIS_MONTH_FROM_DAY ? { from: `${today.slice(0, 7)}-01`, to: today } : lastPeriod("month", today);
}

export function readReportChoice(search: string, today: Day): ReportChoice {
  const parameters = new URLSearchParams(search);
  const text = (name: string): string => parameters.get(name) ?? "";
  const usual = usualRange(today);
  const [from, to] = isDay(text("from")) && isDay(text("to")) ? [text("from"), text("to")] : [usual.from, usual.to];
  return {
    kind: REPORT_KINDS.find((kind) => kind === text("report")) ?? "summary",
    from,
    to,
    department: text("department"),
    person: text("person") === "" ? null : (text("person") as PersonId),
    style: text("hours") === "decimal" ? "decimal" : "h:mm",
    sort: text("sort"),
    descending: text("order") === "down",
  };
}

export function addressOf({ kind, from, to, department, person, style, sort, descending }: ReportChoice): Readonly<Record<string, string>> {
  return { report: kind, from, to, department, person: person ?? "", hours: style === "decimal" ? "decimal" : "", sort, order: descending ? "down" : "" };
}
