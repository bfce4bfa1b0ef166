import { calendarDay } from "../../domain/attendance/day.ts";
import { foldPunches } from "../../domain/attendance/entries.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { OwnDay, OwnLook } from "../api/own-record.ts";

/**
 * Who looked at a person, out of a run of entries: at the person, or at a list of their department or of everybody.
 *
 * @param nameOf of a user; the id itself where nobody knows it any more
 */
export function looksOf(entries: readonly Entry[], { person }: StoredPerson, nameOf: (user: string) => string): readonly OwnLook[] {
  return entries.flatMap((entry) => lookOf(entry, person, nameOf) ?? []).reverse();
}

function lookOf({ header, content }: Entry, person: StoredPerson["person"], nameOf: (user: string) => string): OwnLook | null {
  const at = header.wallMs;
  if (content?.type === "viewed") {
    const { personId, by, role, what } = content.body;
    return personId === person.id ? { at, by: by === "self" ? null : nameOf(by), role, what } : null;
  }
  if (content?.type !== "viewed-list" && content?.type !== "exported") return null;
  const { by, role, what, department } = content.body;
  if (department !== null && department !== person.department) return null;
  if (content.type === "exported") return { at, by: nameOf(by), role, what: "export" };
  // Lists of attempts, of the log, of users and of what was said show nobody's record.
  return what !== "attempts" && what !== "log" && what !== "users" && what !== "feedback" ? { at, by: nameOf(by), role, what: "list" } : null;
}

/** One person's punches by calendar day, newest day first. */
export function daysOf(entries: readonly Entry[], { person }: StoredPerson, zone: string): readonly OwnDay[] {
  const days = new Map<string, OwnDay>();
  for (const punch of foldPunches(entries)) {
    if (punch.personId !== person.id) continue;
    const day = calendarDay(punch.wallMs, zone);
    days.set(day, { day, punches: [...(days.get(day)?.punches ?? []), punch] });
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
}
