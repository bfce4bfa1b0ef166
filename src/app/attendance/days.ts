import { monthTotals } from "../../domain/attendance/engine/totals.ts";
import type { MonthTotals } from "../../domain/attendance/engine/types.ts";
import { calendarDay } from "../../domain/attendance/day.ts";
import type { Day, Month } from "../../domain/attendance/rules/types.ts";
import { failure } from "../../domain/errors.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AttendanceFailure, DayResults, Days, DaysQuery, Present, Progress } from "../api/attendance.ts";
import type { Observable } from "../observable.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import type { Reckoning, RuleSource } from "./ports.ts";
import { presentOf } from "./presence.ts";

export interface ReckonedDaysDependencies {
  readonly store: Pick<Store, "people" | "settings" | "now" | "deviceId">;
  readonly access: SessionAccess;
  readonly reckoning: Reckoning;
  readonly rules: RuleSource;
}

/** {@link Days} for whoever is signed in: those whom the role reaches, and nothing that was not written down first. */
export class ReckonedDays implements Days {
  readonly #dependencies: ReckonedDaysDependencies;

  constructor(dependencies: ReckonedDaysDependencies) {
    this.#dependencies = dependencies;
  }

  get revision(): Observable<number> {
    return this.#dependencies.reckoning.revision;
  }

  async results({ from, to, personId, department }: DaysQuery, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<DayResults, AttendanceFailure>> {
    const { access, reckoning, rules } = this.#dependencies;
    const allowed = this.#allowed(personId);
    if (!allowed.ok) return allowed;
    if (rules.book.value.versions.length === 0) return err(failure("attendance/no-rules"));
    const { ring } = allowed.value;
    const people = this.#people(ring, personId, department, from);
    const viewed = await access.viewed(personId === undefined ? { what: "attendance", department: department ?? allowed.value.department, people: people.length } : { what: "attendance", personId });
    if (!viewed.ok) return viewed;
    const options = { ring, ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) };
    return reckoning.days({ from, to, people: people.map(({ id }) => id) }, options);
  }

  totals({ people }: DayResults, month: Month): readonly MonthTotals[] {
    return people.map(({ person, days }) => monthTotals(person.id, month, days));
  }

  async presence(department?: string): Promise<Result<readonly Present[], AttendanceFailure>> {
    const { access, store, reckoning, rules } = this.#dependencies;
    const allowed = this.#allowed(undefined);
    if (!allowed.ok) return allowed;
    const { ring } = allowed.value;
    const { wallMs: now } = store.now();
    const zone = store.settings?.zone ?? "UTC";
    const today = calendarDay(now, zone);
    const people = this.#people(ring, undefined, department, today);
    const viewed = await access.viewed({ what: "presence", department: department ?? allowed.value.department, people: people.length });
    if (!viewed.ok) return viewed;
    return presentOf({ people, ring, now, zone, book: rules.book.value, plans: await rules.plans(ring), reckoning });
  }

  #allowed(personId: PersonId | undefined): Result<{ readonly ring: RecordRing; readonly department: string | null }, AttendanceFailure> {
    const { access } = this.#dependencies;
    const checked = access.check("attendance.read", personId);
    if (!checked.ok) return checked;
    const { ring } = access;
    if (ring === null || (personId !== undefined && !ring.reach.has(personId))) return err(failure("access/not-allowed"));
    return ok({ ring, department: access.departmentOf(checked.value, "attendance.read") });
  }

  /** By employee number. Whoever had left before the range is not in it, unless asked for. */
  #people(ring: RecordRing, personId: PersonId | undefined, department: string | undefined, from: Day): readonly Person[] {
    const { store } = this.#dependencies;
    const zone = store.settings?.zone ?? "UTC";
    const those: Person[] = [];
    for (const id of personId === undefined ? ring.reach : [personId]) {
      const person = store.people.get(id)?.person;
      if (person === undefined || (department !== undefined && person.department !== department)) continue;
      if (personId === undefined && person.leftAt !== undefined && calendarDay(person.leftAt, zone) < from) continue;
      those.push(person);
    }
    return those.sort((one, other) => (one.employeeNumber < other.employeeNumber ? -1 : one.employeeNumber > other.employeeNumber ? 1 : 0));
  }
}
