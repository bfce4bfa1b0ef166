import { msg, str } from "@lit/localize";

import type { RequestFailure } from "../../../app/api/attendance.ts";
import type { LeaveKind } from "../../../domain/attendance/rules/types.ts";
import type { ExceptionRequest, RequestContent } from "../../../domain/exceptions/types.ts";
import { directionText } from "../../i18n/direction.ts";
import { locale } from "../../i18n/localize.ts";
import { REQUEST_FAILURES, type RequestFailureKind } from "../../i18n/request-failures.ts";
import { leaveKindWord, minutesWord, requestKindWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { dateTime } from "../parts/format.ts";
import { otherFailure } from "../parts/words.ts";

/** What words about a request need to know of the site. */
export interface SiteWords {
  readonly zone: string;
  readonly kinds: readonly LeaveKind[];
  readonly nameOf: (personId: string) => string;
}

/** `2026-03-02 09:00` in the zone. */
export const minuteOf = (ms: number, zone: string): string => dateTime(ms, zone).slice(0, 16);

/** From when to when, the second day only where it is another. */
export function spanWord(fromMs: number, toMs: number, zone: string): string {
  const [from, to] = [minuteOf(fromMs, zone), minuteOf(toMs, zone)];
  return `${from} – ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}

/** What is asked for, in one line. */
export function contentWord(content: RequestContent, { zone, kinds, nameOf }: SiteWords): string {
  switch (content.kind) {
    case "cancel":
      return `${requestKindWord(content.content.kind)} · ${contentWord(content.content, { zone, kinds, nameOf })}`;
    case "make-up":
      return `${directionText(content.direction)} ${minuteOf(content.wallMs, zone)}`;
    case "leave":
      return `${leaveKindWord(content.leaveKind, kinds, locale.value)} · ${spanWord(content.fromMs, content.toMs, zone)} · ${minutesWord(content.minutes)}`;
    case "overtime":
      return `${spanWord(content.fromMs, content.toMs, zone)} · ${minutesWord(content.minutes)} · ${content.compensation === "pay" ? msg("paid", { id: "admin.request.overtime.pay" }) : msg("as leave", { id: "admin.request.overtime.leave" })}`;
    case "trip":
    case "outing":
      return `${content.place} · ${spanWord(content.fromMs, content.toMs, zone)}`;
    case "swap":
      return content.day === content.withDay
        ? msg(str`${content.day}, with ${nameOf(content.withPersonId)}`, { id: "admin.request.swap.day" })
        : msg(str`${content.day} for ${content.withDay}, with ${nameOf(content.withPersonId)}`, { id: "admin.request.swap.days" });
    case "correction":
      return correctionWord(content, zone);
    case "appeal":
      if ("day" in content.about) return msg(str`About ${content.about.day}`, { id: "admin.request.appeal.day" });
      return "requestId" in content.about ? msg("About a decision", { id: "admin.request.appeal.decision" }) : msg("About a note", { id: "admin.request.appeal.note" });
  }
}

function correctionWord({ day, change }: Extract<RequestContent, { readonly kind: "correction" }>, zone: string): string {
  switch (change.kind) {
    case "ignore":
      return msg(str`${day}: a punch that should not count`, { id: "admin.request.correction.ignore" });
    case "direction":
      return msg(str`${day}: a punch that was ${directionText(change.direction)}`, { id: "admin.request.correction.direction" });
    case "time":
      return msg(str`${day}: a punch that was at ${minuteOf(change.wallMs, zone)}`, { id: "admin.request.correction.time" });
  }
}

/** Who took a step. */
export function actorWord(by: ExceptionRequest["steps"][number]["by"], userName: (id: string) => string): string {
  switch (by) {
    case "self":
      return msg("The person", { id: "admin.request.by.self" });
    case "colleague":
      return msg("The colleague", { id: "admin.request.by.colleague" });
    case "rules":
      return msg("By the rules", { id: "admin.request.by.rules" });
    default:
      return userName(by);
  }
}

const isKnown = (kind: string): kind is RequestFailureKind => Object.hasOwn(REQUEST_FAILURES, kind);

/** What went wrong and what to do, on one line. */
export function requestFailureWord(failure: RequestFailure): string {
  if (!isKnown(failure.kind)) return otherFailure(failure);
  const { happened, todo } = REQUEST_FAILURES[failure.kind]();
  return sentences(happened, todo);
}
