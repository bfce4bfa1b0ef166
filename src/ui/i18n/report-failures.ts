import { msg } from "@lit/localize";

import type { AttendanceFailure, MonthFailure, RequestFailure } from "../../app/api/attendance.ts";
import type { ScheduleFailure } from "../../app/api/reports.ts";
import type { AccessFailure } from "../../app/ports/access.ts";
import type { FailureText } from "./failure-text.ts";
import { REQUEST_FAILURES, type RequestFailureKind } from "./request-failures.ts";

/** Of reports, months, notes and folders; rights have words of their own. */
export type ReportFailureKind = Exclude<ScheduleFailure["kind"] | MonthFailure["kind"] | AttendanceFailure["kind"] | RequestFailure["kind"] | "note/empty" | "note/too-long" | "note/no-such", AccessFailure["kind"]>;

const OWN: Readonly<Record<Exclude<ReportFailureKind, RequestFailureKind>, () => FailureText>> = {
  "report/range": () => ({
    happened: msg("These days cannot be reported on", { id: "failure.report.range" }),
    todo: msg("Choose a first and a last day, at most a year apart.", { id: "failure.report.range.todo" }),
  }),
  "report/write-failed": () => ({
    happened: msg("The file could not be made", { id: "failure.report.write-failed" }),
    todo: msg("Try again. If this stays, choose fewer days or CSV.", { id: "failure.report.write-failed.todo" }),
  }),
  "month/not-over": () => ({
    happened: msg("The month is not over", { id: "failure.month.not-over" }),
    todo: msg("Close it from the first day of the next month.", { id: "failure.month.not-over.todo" }),
  }),
  "month/locked": () => ({
    happened: msg("The month is closed", { id: "failure.month.locked" }),
    todo: msg("What changes after that is a correction with a reason.", { id: "failure.month.locked.todo" }),
  }),
  "month/open-requests": () => ({
    happened: msg("A request of this month waits", { id: "failure.month.open-requests" }),
    todo: msg("Decide it first.", { id: "failure.month.open-requests.todo" }),
  }),
  "month/unsettled": () => ({
    happened: msg("Some days of this month are not settled", { id: "failure.month.unsettled" }),
    todo: msg("Wait until every tablet has been heard of.", { id: "failure.month.unsettled.todo" }),
  }),
  "month/reason-missing": () => ({
    happened: msg("Something stands in the way of closing", { id: "failure.month.reason-missing" }),
    todo: msg("Clear it up, or write down why the month is closed all the same.", { id: "failure.month.reason-missing.todo" }),
  }),
  "month/changed-meanwhile": () => ({
    happened: msg("Something came in meanwhile", { id: "failure.month.changed-meanwhile" }),
    todo: msg("Look at the month again, then close it.", { id: "failure.month.changed-meanwhile.todo" }),
  }),
  "note/empty": () => ({
    happened: msg("Nothing is written here", { id: "failure.note.empty" }),
    todo: msg("Write a sentence.", { id: "failure.note.empty.todo" }),
  }),
  "note/too-long": () => ({
    happened: msg("The text is too long", { id: "failure.note.too-long" }),
    todo: msg("Keep it to 1000 characters.", { id: "failure.note.too-long.todo" }),
  }),
  "note/no-such": () => ({
    happened: msg("This note is no longer there", { id: "failure.note.no-such" }),
    todo: msg("Open the page anew.", { id: "failure.note.no-such.todo" }),
  }),
  "backup/folder-refused": () => ({
    happened: msg("The browser asks again before it writes into the folder", { id: "failure.folder.refused" }),
    todo: msg("Press “Allow the folder”.", { id: "failure.folder.refused.todo" }),
  }),
  "backup/folder-gone": () => ({
    happened: msg("The folder is not there", { id: "failure.folder.gone" }),
    todo: msg("Connect the drive, or choose another folder.", { id: "failure.folder.gone.todo" }),
  }),
  "backup/folder-failed": () => ({
    happened: msg("The folder could not be written", { id: "failure.folder.failed" }),
    todo: msg("Look whether it is full or write-protected.", { id: "failure.folder.failed.todo" }),
  }),
  "backup/folder-unsupported": () => ({
    happened: msg("This browser cannot write into a folder", { id: "failure.folder.unsupported" }),
    todo: msg("Use Chrome or Edge, or download the reports.", { id: "failure.folder.unsupported.todo" }),
  }),
  "backup/cancelled": () => ({
    happened: msg("No folder was chosen", { id: "failure.folder.cancelled" }),
    todo: msg("Choose one whenever you like.", { id: "failure.folder.cancelled.todo" }),
  }),
};

export const REPORT_FAILURES: Readonly<Record<ReportFailureKind, () => FailureText>> = { ...REQUEST_FAILURES, ...OWN };
