/**
 * The reports that there are. `summary`: a month of a person in a row. `daily`: a day of a person. `punch-times`: the times
 * of a day in a row. `raw`: every punch as it was recorded. `exceptions`: every mark that is not plain. `overtime`: days with
 * overtime. `trend`: late and absent from day to day. `by-hour`: who is there at which hour. `ways`: how people punched.
 */
export const REPORT_KINDS = ["summary", "daily", "punch-times", "raw", "exceptions", "overtime", "trend", "by-hour", "ways"] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
