import { monthHash } from "../../domain/attendance/month-hash.ts";
import { packDays } from "../../domain/attendance/engine/packed.ts";
import { monthTotals } from "../../domain/attendance/engine/totals.ts";
import type { DayResult } from "../../domain/attendance/engine/types.ts";
import { dayNumber, lastDayOf } from "../../domain/attendance/rules/days.ts";
import { localDay } from "../../domain/attendance/rules/local-time.ts";
import type { Month } from "../../domain/attendance/rules/types.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import type { ExceptionRequest, PersonMonth } from "../../domain/exceptions/types.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AttendanceFailure, DayResults, MonthFailure, Months, MonthState, Progress, Requests } from "../api/attendance.ts";
import type { Paper, Store } from "../ports/store.ts";
import { firstDayOf, keptMonth, monthPaperId, todayOf } from "./own-months.ts";
import type { Reckoning, RequestSource, RuleSource } from "./ports.ts";
import { isOwn, othersMay, ownMark } from "../access/own-record.ts";

/** People of one step: each is durable by itself, and an interruption leaves the others to be closed. */
const PEOPLE_AT_ONCE = 20;
const REASON_MAX_LENGTH = 500;
/** Those wait for somebody; a late one waits for nobody but whoever wants to grant it. */
const UNDECIDED: ReadonlySet<ExceptionRequest["state"]> = new Set<ExceptionRequest["state"]>(["colleague", "supervisor", "hr"]);
/** Of these nobody says when somebody has to be there. */
const NOT_JUDGED: ReadonlySet<string> = new Set(["exempt", "not-yet-employed", "left"]);

export interface MonthsDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly reckoning: Reckoning;
  readonly rules: RuleSource;
  readonly requestSource: RequestSource;
  readonly requests: Pick<Requests, "file">;
}

interface Reckoned {
  readonly person: Person;
  readonly days: readonly DayResult[];
  readonly kept: PersonMonth | null;
  readonly undecided: number;
}

/**
 * A month as HR closes it. What stands in the way is told first; with it, closing needs a reason. Every person is locked in
 * an entry of their own with the days as they are, so that an interrupted closing is gone on with by closing again.
 */
export class SiteMonths implements Months {
  /** Of each month that was shown, what each person's was then. */
  readonly #shown = new Map<string, string>();

  constructor(private readonly dependencies: MonthsDependencies) {}

  async state(month: Month, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<MonthState, MonthFailure | AttendanceFailure>> {
    const { access } = this.dependencies;
    const checked = access.check("attendance.read");
    if (!checked.ok) return checked;
    const reckoned = await this.#reckon(month, null, onProgress, signal);
    if (!reckoned.ok) return reckoned;
    const { people, unsynced } = reckoned.value;
    const viewed = await access.viewed({ what: "attendance", department: access.departmentOf(checked.value, "attendance.read"), people: people.length });
    if (!viewed.ok) return viewed;
    for (const { person, days } of people) this.#shown.set(`${month} ${person.id}`, monthHash(days));
    return ok({ month, unsynced, people: people.map((each) => stateOf(month, each)) });
  }

  async remind(month: Month, people: readonly PersonId[]): Promise<Result<number, MonthFailure>> {
    const { access, store } = this.dependencies;
    for (const personId of people) {
      const checked = access.check("requests.decide", personId);
      if (!checked.ok) return checked;
    }
    const actor = access.check("requests.decide");
    if (!actor.ok) return actor;
    const by = actor.value.userId;
    let reminded = 0;
    for (const batch of batches(people)) {
      const written = await this.#writing(async () => {
        const open: PersonMonth[] = [];
        for (const personId of batch) {
          const kept = await keptMonth(store, personId, month);
          if (kept?.locked === undefined) open.push(kept ?? { personId, month });
        }
        if (open.length === 0) return ok(0);
        const remindedAt = store.now().wallMs;
        const entries = open.map(({ personId }): EntryDraft => ({ type: "month-reminded", subject: personId, body: { personId, month, by } }));
        const committed = await store.commit({ entries, papers: open.map((before) => monthPaper({ ...before, remindedAt })) });
        return committed.ok ? ok(open.length) : committed;
      });
      if (!written.ok) return written;
      reminded += written.value;
    }
    return ok(reminded);
  }

  async close(month: Month, people: readonly PersonId[], entered: string, onProgress?: (progress: Progress) => void): Promise<Result<number, MonthFailure | AttendanceFailure>> {
    const { access, store, rules } = this.dependencies;
    const checked = access.check("months.close");
    if (!checked.ok) return checked;
    if (todayOf(store, rules.book.value) <= lastDayOf(month)) return err(failure("month/not-over"));
    const reckoned = await this.#reckon(month, people);
    if (!reckoned.ok) return reckoned;
    const unlocked = reckoned.value.people.filter(({ kept }) => kept?.locked === undefined);
    // One's own stays open for somebody else, where there is anybody.
    const own = unlocked.filter(({ person }) => isOwn(store, checked.value.userId, person.id) && othersMay(store, checked.value.userId, "months.close", person.id));
    const open = unlocked.filter((one) => !own.includes(one));
    if (open.length === 0) return err(failure(own.length > 0 ? "access/own-record" : "month/locked"));
    if (open.some(({ person, days }) => (this.#shown.get(`${month} ${person.id}`) ?? monthHash(days)) !== monthHash(days))) return err(failure("month/changed-meanwhile"));
    const reason = entered.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, REASON_MAX_LENGTH);
    const states = open.map((each) => stateOf(month, each));
    const inTheWay = {
      unconfirmed: states.filter(({ confirmedAt, changedSince }) => confirmedAt === null || changedSince).length,
      undecided: states.reduce((sum, { undecided }) => sum + undecided, 0),
      unsettled: states.filter(({ totals }) => totals.open > 0).length,
    };
    if (reason === "" && (reckoned.value.unsynced.length > 0 || Object.values(inTheWay).some((count) => count > 0))) return err(failure("month/reason-missing"));
    const by = checked.value.userId;
    const departments = new Set(open.map(({ person }) => person.department));
    const [department = null] = departments.size === 1 ? departments : [];
    // The closing and its reason stand in the log before, or with, the first person's lock.
    const head: EntryDraft = { type: "month-closed", subject: null, body: { month, by, department, people: open.length, ...inTheWay, reason } };
    let done = 0;
    for (const batch of batches(open)) {
      const written = await this.#lock(month, batch, by, done === 0 ? [head] : []);
      if (!written.ok) return written;
      done += batch.length;
      onProgress?.({ done, total: open.length });
    }
    return ok(done);
  }

  correct(personId: PersonId, content: Parameters<Months["correct"]>[1], reason: string): ReturnType<Months["correct"]> {
    return this.dependencies.requests.file(personId, { content, reason, attachments: [] }, reason);
  }

  async #reckon(month: Month, wanted: readonly PersonId[] | null, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<{ readonly people: readonly Reckoned[]; readonly unsynced: DayResults["watermarks"] }, AttendanceFailure>> {
    const { access, store, reckoning, requestSource } = this.dependencies;
    const { ring } = access;
    if (ring === null) return err(failure("access/not-signed-in"));
    const [from, to] = [firstDayOf(month), lastDayOf(month)];
    const zone = store.settings?.zone ?? "UTC";
    const ids = (wanted ?? [...store.people.keys()]).filter((id) => access.check("attendance.read", id).ok && access.reaches(id));
    const options = { ring, ...(onProgress === undefined ? {} : { onProgress }), ...(signal === undefined ? {} : { signal }) };
    const [results, papers, requests] = await Promise.all([
      reckoning.days({ from, to, people: ids }, options),
      store.papers({ kinds: ["month"], fromUtcDay: dayNumber(from) }, ring),
      requestSource.requests(from, ring),
    ]);
    if (!results.ok) return results;
    const months = new Map(papers.flatMap(({ value }) => (isMonth(value) && value.month === month ? [[value.personId, value] as const] : [])));
    const undecided = new Map<PersonId, number>();
    for (const { personId, state, content } of requests) {
      const days = UNDECIDED.has(state) ? daysOfContent(content, zone) : null;
      if (days !== null && days.from <= to && days.to >= from) undecided.set(personId, (undecided.get(personId) ?? 0) + 1);
    }
    const monthEndMs = localDay(to, zone).endMs;
    return ok({
      unsynced: results.value.watermarks.filter(({ untilMs }) => untilMs < monthEndMs),
      people: results.value.people
        .filter(({ days }) => days.some(isJudged))
        .map(({ person, days }) => ({ person, days, kept: months.get(person.id) ?? null, undecided: undecided.get(person.id) ?? 0 })),
    });
  }

  #lock(month: Month, batch: readonly Reckoned[], by: UserId, first: readonly EntryDraft[]): Promise<Result<number, MonthFailure>> {
    const { store } = this.dependencies;
    return this.#writing(async () => {
      const open: { readonly before: PersonMonth; readonly contentHash: string; readonly packed: string }[] = [];
      for (const { person, days } of batch) {
        const kept = await keptMonth(store, person.id, month);
        // Somebody else may have closed it in another tab.
        if (kept?.locked !== undefined) continue;
        open.push({ before: kept ?? { personId: person.id, month }, contentHash: monthHash(days), packed: packDays(days) });
      }
      if (open.length === 0) return ok(0);
      const locks = open.map(({ before: { personId }, contentHash, packed }): EntryDraft => ({ type: "month-locked", subject: personId, body: { personId, month, by, contentHash, days: packed, ...ownMark(store, by, personId) } }));
      const committed = await store.commit({
        entries: [...first, ...locks],
        papers: (appended) =>
          open.map(({ before, contentHash, packed }, index) => {
            const header = appended[first.length + index]?.header;
            if (header === undefined) throw new Error("a lock is an entry");
            const { device, seq, wallMs } = header;
            return monthPaper({ ...before, locked: { at: wallMs, by, contentHash, days: packed, entry: { device, seq } } });
          }),
      });
      return committed.ok ? ok(open.length) : committed;
    });
  }

  async #writing(work: () => Promise<Result<number, { readonly kind: string }>>): Promise<Result<number, MonthFailure>> {
    try {
      const written = await this.dependencies.store.exclusively(work);
      return written.ok ? written : err(failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}

function stateOf(month: Month, { person, days, kept, undecided }: Reckoned): MonthState["people"][number] {
  let afterLock = 0;
  for (const { reasons } of days) for (const reason of reasons) if (reason.code === "after-lock") afterLock += reason.count;
  const confirmed = kept?.confirmed;
  return {
    person,
    totals: monthTotals(person.id, month, days),
    confirmedAt: confirmed?.at ?? null,
    changedSince: confirmed !== undefined && kept?.locked === undefined && confirmed.contentHash !== monthHash(days),
    remindedAt: kept?.remindedAt ?? null,
    lockedAt: kept?.locked?.at ?? null,
    afterLock,
    undecided,
  };
}

const isJudged = ({ reasons }: DayResult): boolean => !reasons.some((reason) => reason.code === "free" && NOT_JUDGED.has(reason.why));

function monthPaper(value: PersonMonth): Paper {
  return { id: monthPaperId(value.personId, value.month), kind: "month", subject: value.personId, untilUtcDay: dayNumber(lastDayOf(value.month)), value };
}

function isMonth(value: unknown): value is PersonMonth {
  return typeof value === "object" && value !== null && "personId" in value && "month" in value;
}

function batches<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / PEOPLE_AT_ONCE) }, (_, index) => all.slice(index * PEOPLE_AT_ONCE, (index + 1) * PEOPLE_AT_ONCE));
}
