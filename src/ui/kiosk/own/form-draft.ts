import type { RequestInput } from "../../../app/api/attendance.ts";
import type { EntryRef } from "../../../domain/attendance/engine/types.ts";
import { localDay } from "../../../domain/attendance/rules/local-time.ts";
import { calendarDay } from "../../../domain/attendance/day.ts";
import type { Day, MinuteOfDay } from "../../../domain/attendance/rules/types.ts";
import type { Direction } from "../../../domain/attendance/types.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import type { HealthDeclaration, RequestContent, RequestId, RequestKind } from "../../../domain/exceptions/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import type { Attached } from "./cf-attach.ts";
import type { FormStart } from "./places.ts";

const MINUTE_MS = 60_000;

/** What is on the form. Times are minutes after midnight of their day. */
export interface FormDraft {
  readonly kind: RequestKind;
  readonly day: Day;
  readonly minute: MinuteOfDay;
  readonly toDay: Day;
  readonly toMinute: MinuteOfDay;
  readonly direction: Direction;
  readonly outage: EntryRef | null;
  readonly leaveKind: string;
  readonly compensation: "pay" | "leave";
  readonly place: string;
  readonly colleague: { readonly personId: string; readonly name: string } | null;
  readonly change: "ignore" | "direction" | "time";
  readonly cites: EntryRef | null;
  readonly about: Extract<RequestContent, { readonly kind: "appeal" }>["about"] | null;
  readonly cancels: Extract<RequestContent, { readonly kind: "cancel" }> | null;
  readonly reason: string;
  readonly health: HealthDeclaration;
  readonly attached: readonly Attached[];
  readonly draftOf: RequestId | null;
}

/** The form as it opens: what is known of a missing punch, or what was begun before. */
export function draftFrom(start: FormStart, today: Day, zone: string): FormDraft {
  const day = start.missing?.day ?? start.day ?? today;
  const empty: FormDraft = {
    kind: start.kind,
    day,
    minute: start.missing === undefined ? 540 : minuteOn(day, start.missing.wallMs, zone),
    toDay: day,
    toMinute: 1080,
    direction: start.missing?.direction ?? "in",
    outage: start.missing?.outage?.entry ?? null,
    leaveKind: "",
    compensation: "pay",
    place: "",
    colleague: null,
    change: "direction",
    cites: start.cites ?? null,
    about: start.about ?? null,
    cancels: start.cancels ?? null,
    reason: "",
    health: {},
    attached: [],
    draftOf: start.draft?.id ?? null,
  };
  return start.draft === undefined ? empty : { ...empty, ...fromContent(start.draft.content, zone), reason: start.draft.reason };
}

function fromContent(content: RequestContent, zone: string): Partial<FormDraft> {
  switch (content.kind) {
    case "make-up":
      return { day: content.day, direction: content.direction, minute: minuteOn(content.day, content.wallMs, zone), outage: content.outage ?? null, health: content.health ?? {} };
    case "leave":
      return { ...spanOf(content, zone), leaveKind: content.leaveKind };
    case "overtime":
      return { ...spanOf(content, zone), compensation: content.compensation };
    case "trip":
    case "outing":
      return { ...spanOf(content, zone), place: content.place };
    case "swap":
      return { day: content.day, toDay: content.withDay, colleague: { personId: content.withPersonId, name: "" } };
    case "correction":
      return { day: content.day, cites: content.cites, change: content.change.kind, ...(content.change.kind === "time" ? { minute: minuteOn(content.day, content.change.wallMs, zone) } : {}), ...(content.change.kind === "direction" ? { direction: content.change.direction } : {}) };
    case "appeal":
      return { about: content.about };
    case "cancel":
      return { cancels: content };
  }
}

function spanOf({ fromMs, toMs }: { readonly fromMs: EpochMs; readonly toMs: EpochMs }, zone: string): Pick<FormDraft, "day" | "minute" | "toDay" | "toMinute"> {
  const day = calendarDay(fromMs, zone);
  const toDay = calendarDay(toMs, zone);
  return { day, minute: minuteOn(day, fromMs, zone), toDay, toMinute: minuteOn(toDay, toMs, zone) };
}

/** Minutes after the day's midnight by the clock on the wall. */
export function minuteOn(day: Day, wallMs: EpochMs, zone: string): MinuteOfDay {
  return Math.max(0, Math.round((wallMs - localDay(day, zone).at(0)) / MINUTE_MS)) % 2880;
}

export const momentOf = (day: Day, minute: MinuteOfDay, zone: string): EpochMs => localDay(day, zone).at(minute);

/** Whether the kind asks from when until when. */
export const hasSpan = (kind: RequestKind): boolean => kind === "leave" || kind === "overtime" || kind === "trip" || kind === "outing";

/**
 * What is handed in; null as long as something of it is not chosen.
 *
 * @param leaveMinutes what a leave takes, once that is worked out
 */
export function inputOf(draft: FormDraft, zone: string, leaveMinutes: number | null): RequestInput | null {
  const content = contentOf(draft, zone, leaveMinutes);
  if (content === null) return null;
  const { reason, attached, draftOf } = draft;
  return { content, reason, attachments: attached, ...(draftOf === null ? {} : { draft: draftOf }) };
}

function contentOf(draft: FormDraft, zone: string, leaveMinutes: number | null): RequestContent | null {
  const { kind, day, toDay } = draft;
  const fromMs = momentOf(day, draft.minute, zone);
  const toMs = momentOf(toDay, draft.toMinute, zone);
  switch (kind) {
    case "make-up":
      return { kind, day, direction: draft.direction, wallMs: fromMs, ...(draft.outage === null ? {} : { outage: draft.outage }), ...(Object.keys(draft.health).length === 0 ? {} : { health: draft.health }) };
    case "leave":
      return draft.leaveKind === "" || leaveMinutes === null ? null : { kind, leaveKind: draft.leaveKind, fromMs, toMs, minutes: leaveMinutes };
    case "overtime":
      return { kind, fromMs, toMs, minutes: Math.max(0, Math.round((toMs - fromMs) / MINUTE_MS)), compensation: draft.compensation };
    case "trip":
    case "outing":
      return draft.place.trim() === "" ? null : { kind, fromMs, toMs, place: draft.place.trim() };
    case "swap":
      return draft.colleague === null ? null : { kind, day, withPersonId: draft.colleague.personId as PersonId, withDay: toDay };
    case "correction": {
      if (draft.cites === null) return null;
      const change = draft.change === "ignore" ? { kind: draft.change } : draft.change === "time" ? { kind: draft.change, wallMs: fromMs } : { kind: draft.change, direction: draft.direction };
      return { kind, cites: draft.cites, day, change };
    }
    case "appeal":
      return draft.about === null ? null : { kind, about: draft.about };
    case "cancel":
      return draft.cancels;
  }
}
