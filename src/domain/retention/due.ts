import { Temporal } from "temporal-polyfill";
import type { Standing } from "../attendance/standing.ts";
import { weekStart } from "../biometrics/score-trend.ts";
import type { EpochMs, TimeState } from "../clock.ts";
import { decidedAt, ENCLOSURE_KINDS, enclosurePapers } from "../exceptions/enclosures.ts";
import type { ExceptionRequest, RequestId } from "../exceptions/types.ts";
import type { ErasedKind, ErasureReason } from "../people/erasure.ts";
import type { StoredPerson } from "../people/stored.ts";
import type { PersonId } from "../people/types.ts";
import type { RetentionSchedule } from "./schedule.ts";

/** How far ahead what is coming is shown, days. */
export const SHOWN_AHEAD_DAYS = 30;
/** Longest pause between two runs of the schedule after which the clock itself is doubted, milliseconds. */
export const CLOCK_LEAP_MS = 31 * 86_400_000;

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** What is kept of one person, as far as the schedule asks. */
export interface Kept {
  readonly stored: StoredPerson;
  readonly standing: Standing;
  /** When the template was made; null where there is none. */
  readonly enrolledAt: EpochMs | null;
}

export interface DueErasure {
  readonly personId: PersonId;
  readonly what: ErasedKind;
  readonly reason: ErasureReason;
  readonly dueAt: EpochMs;
  /** It is due, and a legal hold keeps it. */
  readonly held: boolean;
  /** That an enclosure came with. */
  readonly request?: RequestId;
}

/**
 * When each thing that is kept of a person ends; nothing for what has no end yet.
 *
 * A face ends when it was not used for long, and at once when its owner left: that one is here only where the erasure did
 * not come to pass then. A record ends some months after leaving. A hold keeps the record, not the face: evidence of
 * working time is what a hold is for.
 */
export function endsOf({ stored, standing, enrolledAt }: Kept, schedule: RetentionSchedule, zone: string): readonly DueErasure[] {
  const { person, hold } = stored;
  const personId = person.id;
  const ends: DueErasure[] = [];
  if (enrolledAt !== null) {
    if (person.status === "left") ends.push({ personId, what: "face", reason: "person-left", dueAt: person.leftAt ?? person.addedAt, held: false });
    else ends.push({ personId, what: "face", reason: "unused", dueAt: monthsAfter(lastUsed(standing, enrolledAt), schedule.unusedFaceMonths, zone), held: false });
  }
  if (person.status === "left" && person.leftAt !== undefined) {
    ends.push({ personId, what: "record", reason: "retention", dueAt: monthsAfter(person.leftAt, schedule.recordMonths, zone), held: hold === true });
  }
  return ends;
}

/** When what came with a request ends; nothing while it waits to be decided. A hold keeps it: it is evidence as the record is. */
export function enclosureEnds(request: ExceptionRequest, held: boolean, schedule: RetentionSchedule, zone: string): readonly DueErasure[] {
  const decided = decidedAt(request);
  if (decided === null) return [];
  const months = { health: schedule.healthMonths, attachment: schedule.attachmentMonths };
  return ENCLOSURE_KINDS.filter((kind) => enclosurePapers(request, kind).length > 0).map((what) => ({ personId: request.personId, what, reason: "retention", dueAt: monthsAfter(decided, months[what], zone), held, request: request.id }));
}

/** What is due by then, soonest first. */
export function dueBy(ends: readonly DueErasure[], until: EpochMs): readonly DueErasure[] {
  return ends.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt);
}

/** The end of what is shown ahead. */
export function shownUntil(now: EpochMs): EpochMs {
  return (now + SHOWN_AHEAD_DAYS * DAY_MS) as EpochMs;
}

/** When the face last recognised its owner; the enrolment counts as a use. Of weeks gone by only the week is known: its end counts. */
export function lastUsed(standing: Standing, enrolledAt: EpochMs): EpochMs {
  const byFace = standing.accepted.filter(({ punch }) => punch.method === "face").map(({ punch }) => punch.wallMs);
  const weeks = standing.trend?.weeks.map(({ week }) => weekStart(week) + WEEK_MS) ?? [];
  return Math.max(enrolledAt, ...byFace, ...weeks) as EpochMs;
}

/** Some calendar months later in a time zone, at the same time of day; the last day of a shorter month. */
export function monthsAfter(at: EpochMs, months: number, zone: string): EpochMs {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).add({ months }).epochMilliseconds as EpochMs;
}

export type ClockDoubt = "went-back" | "leapt" | null;

/**
 * Whether the time is good enough to erase by. A clock that starts years ahead would take everybody's data along, and
 * nothing brings it back: a leap is believed only when a trusted clock has just confirmed it.
 *
 * @param lastRunAt when the schedule was last gone through; null before the first time
 */
export function clockDoubt(now: EpochMs, lastRunAt: EpochMs | null, state: TimeState): ClockDoubt {
  if (state === "T0") return null;
  if (state === "T2" || (lastRunAt !== null && now < lastRunAt)) return "went-back";
  return lastRunAt !== null && now - lastRunAt > CLOCK_LEAP_MS ? "leapt" : null;
}
