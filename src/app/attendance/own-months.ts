import { attendanceDay } from "../../domain/attendance/day.ts";
import type { DayResult, MonthTotals } from "../../domain/attendance/engine/types.ts";
import { monthHash } from "../../domain/attendance/month-hash.ts";
import { addDays, dayNumber, lastDayOf } from "../../domain/attendance/rules/days.ts";
import { shiftPlanner } from "../../domain/attendance/rules/shift-on-day.ts";
import type { Day, Month, PersonPlan, RuleBook } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { ExceptionRequest, PersonMonth } from "../../domain/exceptions/types.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, MonthFailure } from "../api/attendance.ts";
import type { OwnMonth } from "../api/own-attendance.ts";
import type { Reckoning, RuleSource } from "./ports.ts";
import type { Store } from "../ports/store.ts";

const WAITING: ReadonlySet<ExceptionRequest["state"]> = new Set<ExceptionRequest["state"]>(["colleague", "supervisor", "hr"]);

export interface OwnMonthsDependencies {
  readonly store: Store;
  readonly reckoning: Reckoning;
  readonly rules: RuleSource;
  readonly totals: (personId: PersonId, days: readonly DayResult[], month: Month) => MonthTotals;
  readonly requests: () => Promise<readonly ExceptionRequest[]>;
}

export function firstDayOf(month: Month): Day {
  return `${month}-01`;
}

export function monthAfter(month: Month, by = 1): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const index = year * 12 + (number - 1) + by;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

export const monthPaperId = (personId: PersonId, month: Month): string => `month:${personId}:${month}`;

/** What is kept of a person's month; null where nothing is, or where it is of another shape. */
export async function keptMonth(store: Store, personId: PersonId, month: Month): Promise<PersonMonth | null> {
  const value = (await store.paper(monthPaperId(personId, month)))?.value;
  return isMonth(value) && value.personId === personId && value.month === month ? value : null;
}

function isMonth(value: unknown): value is PersonMonth {
  return typeof value === "object" && value !== null && "personId" in value && "month" in value;
}

/** The months of one person: as they are worked out, and as the person agreed to them. */
export class OwnMonths {
  readonly #dependencies: OwnMonthsDependencies;
  readonly #personId: PersonId;
  /** Of each month that was shown, what was seen. */
  readonly #shown = new Map<Month, string>();

  constructor(dependencies: OwnMonthsDependencies, personId: PersonId) {
    this.#dependencies = dependencies;
    this.#personId = personId;
  }

  get today(): Day {
    const { store, rules } = this.#dependencies;
    return todayOf(store, rules.book.value);
  }

  async read(month: Month, signal?: AbortSignal): Promise<Result<OwnMonth, AttendanceFailure>> {
    const { store, reckoning, rules, totals, requests } = this.#dependencies;
    const person = store.people.get(this.#personId)?.person;
    if (person === undefined) return err(failure("attendance/store-failed"));
    const from = firstDayOf(month);
    const to = lastDayOf(month);
    const reckoned = await reckoning.days({ from, to, people: [this.#personId] }, signal === undefined ? {} : { signal });
    if (!reckoned.ok) return reckoned;
    const days = reckoned.value.people.find(({ person: { id } }) => id === this.#personId)?.days ?? [];
    const [kept, plans, own] = await Promise.all([keptMonth(store, this.#personId, month), rules.plans(undefined, this.#personId), requests()]);
    const shifts = plannerOf(person, plans.get(this.#personId) ?? null, rules.book.value, from, to);
    const hash = monthHash(days);
    this.#shown.set(month, hash);
    const changedSince = kept?.confirmed !== undefined && kept.locked === undefined && kept.confirmed.contentHash !== hash;
    const confirmBy = shifts.findLast(({ group }) => group !== null)?.group?.confirmByDay;
    return ok({
      month,
      days,
      shifts,
      totals: totals(this.#personId, days, month),
      confirmedAt: kept?.confirmed?.at ?? null,
      changedSince,
      lockedAt: kept?.locked?.at ?? null,
      confirmable: this.#confirmable(days, kept, changedSince, to, own.filter((request) => touches(request, from, to))),
      confirmBy: confirmBy === undefined ? null : `${monthAfter(month)}-${String(confirmBy).padStart(2, "0")}`,
    });
  }

  #confirmable(days: readonly DayResult[], kept: PersonMonth | null, changedSince: boolean, last: Day, requests: readonly ExceptionRequest[]): OwnMonth["confirmable"] {
    if (kept?.locked !== undefined) return "locked";
    if (kept?.confirmed !== undefined && !changedSince) return "done";
    if (this.today <= last) return "not-over";
    if (requests.some(({ state }) => WAITING.has(state))) return "open-requests";
    return days.some(({ state }) => state === "waiting" || state === "ahead") ? "unsettled" : "now";
  }

  /** Agrees with the month as it was shown last; one that became another meanwhile is to be looked at again. */
  async confirm(month: Month): Promise<Result<void, MonthFailure | AttendanceFailure>> {
    const { store } = this.#dependencies;
    const shown = this.#shown.get(month);
    const now = await this.read(month);
    if (!now.ok) return now;
    const contentHash = this.#shown.get(month);
    if (shown === undefined || contentHash !== shown) return err(failure("month/changed-meanwhile"));
    const refused = refusal(now.value.confirmable);
    if (refused !== null) return err(failure(refused));
    const personId = this.#personId;
    try {
      return await store.exclusively(async () => {
        const kept = await keptMonth(store, personId, month);
        if (kept?.locked !== undefined) return err(failure("month/locked"));
        const written = await store.commit({
          entries: [{ type: "month-confirmed", subject: personId, body: { personId, month, by: "self", contentHash } }],
          papers: ([entry]) => {
            if (entry === undefined) throw new Error("a confirmation is an entry");
            const { device, seq, wallMs } = entry.header;
            const value: PersonMonth = { ...kept, personId, month, confirmed: { at: wallMs, by: "self", contentHash, entry: { device, seq } } };
            return [{ id: monthPaperId(personId, month), kind: "month", subject: personId, untilUtcDay: dayNumber(lastDayOf(month)), value }];
          },
        });
        if (written.ok) return ok();
        return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
      });
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  forget(): void {
    this.#shown.clear();
  }
}

function refusal(confirmable: OwnMonth["confirmable"]): MonthFailure["kind"] | null {
  switch (confirmable) {
    case "now":
    case "done":
      return null;
    case "locked":
      return "month/locked";
    case "not-over":
      return "month/not-over";
    case "open-requests":
      return "month/open-requests";
    case "unsettled":
      return "month/unsettled";
  }
}

/** The attendance day that it is now, by the site's clock. */
export function todayOf(store: Store, book: RuleBook): Day {
  const { wallMs } = store.now();
  const rules = book.versions.at(-1)?.rules;
  return attendanceDay(wallMs, store.settings?.zone ?? rules?.zone ?? "UTC", rules?.dayChange);
}

export function plannerOf(person: Person, plan: PersonPlan | null, book: RuleBook, from: Day, to: Day): OwnMonth["shifts"] {
  const { addedAt, leftAt, department, employmentType } = person;
  return shiftPlanner(book, from, to)({ addedAt, ...(leftAt === undefined ? {} : { leftAt }), department, employmentType, plan });
}

/** Whether the request is about a day of the stretch. */
function touches({ content }: Pick<ExceptionRequest, "content">, from: Day, to: Day): boolean {
  const within = (day: Day): boolean => from <= day && day <= to;
  const utcDay = (ms: EpochMs): Day => new Date(ms).toISOString().slice(0, 10);
  switch (content.kind) {
    case "make-up":
    case "correction":
      return within(content.day);
    case "swap":
      return within(content.day) || within(content.withDay);
    case "appeal":
      return "day" in content.about && within(content.about.day);
    case "cancel":
      return touches({ content: content.content }, from, to);
    case "leave":
    case "overtime":
    case "trip":
    case "outing":
      // By UTC days, one more on either side: rather one request too many is waited for than one too few.
      return addDays(utcDay(content.fromMs), -1) <= to && from <= addDays(utcDay(content.toMs), 1);
  }
}
