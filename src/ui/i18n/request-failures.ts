import { msg } from "@lit/localize";

import type { AttendanceFailure, RequestFailure } from "../../app/api/attendance.ts";
import type { AccessFailure } from "../../app/ports/access.ts";
import type { FailureText } from "./failure-text.ts";

/** Of requests, their files and what they are reckoned from; rights have words of their own. */
export type RequestFailureKind = Exclude<RequestFailure["kind"] | AttendanceFailure["kind"], AccessFailure["kind"]>;

export const REQUEST_FAILURES: Readonly<Record<RequestFailureKind, () => FailureText>> = {
  "request/no-such": () => ({
    happened: msg("This request is no longer there", { id: "failure.request.no-such" }),
    todo: msg("Go back to the list and open it anew.", { id: "failure.request.no-such.todo" }),
  }),
  "request/not-now": () => ({
    happened: msg("This cannot be done with the request any more", { id: "failure.request.not-now" }),
    todo: msg("Somebody has decided it meanwhile, or it waits for somebody else. Open it anew.", { id: "failure.request.not-now.todo" }),
  }),
  "request/not-yours": () => ({
    happened: msg("It is not your turn to decide this", { id: "failure.request.not-yours" }),
    todo: msg("It waits for somebody else. The page of the request says for whom.", { id: "failure.request.not-yours.todo" }),
  }),
  "request/own": () => ({
    happened: msg("Nobody decides their own request", { id: "failure.request.own" }),
    todo: msg("Another supervisor or HR decides it. Whoever wrote it down for somebody does not decide it either.", { id: "failure.request.own.todo" }),
  }),
  "request/reason-missing": () => ({
    happened: msg("A reason is needed", { id: "failure.request.reason-missing" }),
    todo: msg("Write it in a sentence.", { id: "failure.request.reason-missing.todo" }),
  }),
  "request/bad-time": () => ({
    happened: msg("These times cannot be right", { id: "failure.request.bad-time" }),
    todo: msg("Check day, start and end. A punch is made up for the past, and nothing lasts longer than a year.", { id: "failure.request.bad-time.todo" }),
  }),
  "request/overlap": () => ({
    happened: msg("It overlaps with another request", { id: "failure.request.overlap" }),
    todo: msg("Withdraw the other one first, or choose other times.", { id: "failure.request.overlap.todo" }),
  }),
  "request/holiday": () => ({
    happened: msg("Nothing is planned for this time", { id: "failure.request.holiday" }),
    todo: msg("It lies on free days alone, so there is nothing to ask for.", { id: "failure.request.holiday.todo" }),
  }),
  "request/balance": () => ({
    happened: msg("The balance does not reach that far", { id: "failure.request.balance" }),
    todo: msg("Ask for less, or speak to HR about the balance.", { id: "failure.request.balance.todo" }),
  }),
  "request/waiting-already": () => ({
    happened: msg("A request about this waits already", { id: "failure.request.waiting-already" }),
    todo: msg("Wait for its decision, or withdraw it first.", { id: "failure.request.waiting-already.todo" }),
  }),
  "request/plan-changed": () => ({
    happened: msg("One of these days was planned otherwise since the swap", { id: "failure.request.plan-changed" }),
    todo: msg("Ask the supervisor to plan the days as they are to be.", { id: "failure.request.plan-changed.todo" }),
  }),
  "request/outcome-missing": () => ({
    happened: msg("What comes of the appeal is not said yet", { id: "failure.request.outcome-missing" }),
    todo: msg("Open the appeal and choose it: a correction, a note withdrawn, a new decision, or an answer in words.", { id: "failure.request.outcome-missing.todo" }),
  }),
  "request/closed": () => ({
    happened: msg("The month is closed: what was approved in it stays", { id: "failure.request.closed" }),
    todo: msg("Ask HR for a correction of the day.", { id: "failure.request.closed.todo" }),
  }),
  "request/leave-used": () => ({
    happened: msg("The leave that this overtime has earned is used or asked for already", { id: "failure.request.leave-used" }),
    todo: msg("Cancel or withdraw that leave first, or HR puts time on the balance with a reason.", { id: "failure.request.leave-used.todo" }),
  }),
  "request/window": () => ({
    happened: msg("Time-out: the days for making it up are over", { id: "failure.request.window" }),
    todo: msg("Put it before HR as a special case.", { id: "failure.request.window.todo" }),
  }),
  "request/cut-off": () => ({
    happened: msg("Time-out: the month was cut off", { id: "failure.request.cut-off" }),
    todo: msg("Put it before HR as a special case.", { id: "failure.request.cut-off.todo" }),
  }),
  "request/quota": () => ({
    happened: msg("No make-up punch is left in this period", { id: "failure.request.quota" }),
    todo: msg("Put it before HR as a special case.", { id: "failure.request.quota.todo" }),
  }),
  "request/locked": () => ({
    happened: msg("The month is closed", { id: "failure.request.locked" }),
    todo: msg("Put it before HR as a special case: it is added to the closed month.", { id: "failure.request.locked.todo" }),
  }),
  "request/kind-not-allowed": () => ({
    happened: msg("The rules here do not take this kind", { id: "failure.request.kind-not-allowed" }),
    todo: msg("Ask your supervisor or HR what to do instead.", { id: "failure.request.kind-not-allowed.todo" }),
  }),
  "request/exempt": () => ({
    happened: msg("Your attendance is not judged", { id: "failure.request.exempt" }),
    todo: msg("There is nothing to make up or to ask for. If that is wrong, speak to HR.", { id: "failure.request.exempt.todo" }),
  }),
  "request/health-missing": () => ({
    happened: msg("The health declaration is not complete", { id: "failure.request.health-missing" }),
    todo: msg("Fill in what is marked.", { id: "failure.request.health-missing.todo" }),
  }),
  "request/attachment-missing": () => ({
    happened: msg("A file has to come with it", { id: "failure.request.attachment-missing" }),
    todo: msg("Add a photo or a PDF.", { id: "failure.request.attachment-missing.todo" }),
  }),
  "request/no-such-colleague": () => ({
    happened: msg("This colleague cannot be asked", { id: "failure.request.no-such-colleague" }),
    todo: msg("Choose somebody of your department who is planned on that day.", { id: "failure.request.no-such-colleague.todo" }),
  }),
  "attachment/type": () => ({
    happened: msg("This file is of a kind that is not taken", { id: "failure.attachment.type" }),
    todo: msg("Take a photo (JPEG, PNG, WebP) or a PDF.", { id: "failure.attachment.type.todo" }),
  }),
  "attachment/size": () => ({
    happened: msg("This file is too large", { id: "failure.attachment.size" }),
    todo: msg("It may have 5 MB at most.", { id: "failure.attachment.size.todo" }),
  }),
  "attachment/too-many": () => ({
    happened: msg("These are too many files", { id: "failure.attachment.too-many" }),
    todo: msg("Three at most.", { id: "failure.attachment.too-many.todo" }),
  }),
  "attachment/unreadable": () => ({
    happened: msg("This file cannot be read", { id: "failure.attachment.unreadable" }),
    todo: msg("It is damaged or protected. Take another photo of it.", { id: "failure.attachment.unreadable.todo" }),
  }),
  "attendance/no-rules": () => ({
    happened: msg("No working times are set for that day", { id: "failure.attendance.no-rules" }),
    todo: msg("HR sets them on the rules page.", { id: "failure.attendance.no-rules.todo" }),
  }),
  "attendance/store-failed": () => ({
    happened: msg("The tablet could not save this, and nothing was changed", { id: "failure.attendance.store-failed" }),
    todo: msg("Please try again.", { id: "failure.attendance.store-failed.todo" }),
  }),
  "attendance/storage-full": () => ({
    happened: msg("This tablet's storage is full, and nothing was changed", { id: "failure.attendance.storage-full" }),
    todo: msg("Please tell the administrator.", { id: "failure.attendance.storage-full.todo" }),
  }),
  "attendance/cancelled": () => ({
    happened: msg("This was stopped", { id: "failure.attendance.cancelled" }),
    todo: msg("Nothing was changed. Start it again when you need it.", { id: "failure.attendance.cancelled.todo" }),
  }),
  "attendance/worker-failed": () => ({
    happened: msg("The days could not be worked out", { id: "failure.attendance.worker-failed" }),
    todo: msg("Please try again. If this stays, reload the page.", { id: "failure.attendance.worker-failed.todo" }),
  }),
};
