import type { DayResult, OutageSpell } from "../../domain/attendance/engine/types.ts";
import { monthHash } from "../../domain/attendance/month-hash.ts";
import { addDays, monthOf } from "../../domain/attendance/rules/days.ts";
import { groupOf } from "../../domain/attendance/rules/group-of.ts";
import type { Day, LeaveKind, Month, PersonPlan, RuleGroup } from "../../domain/attendance/rules/types.ts";
import { versionOn } from "../../domain/attendance/rules/version.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { REQUEST_KINDS } from "../../domain/exceptions/types.ts";
import type { ExceptionRequest, Feedback, LeaveBalance, RequestId, RequestKind, ViolationNote } from "../../domain/exceptions/types.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, MonthFailure, RequestFailure, RequestInput } from "../api/attendance.ts";
import type { MissingPunch, OwnAttendance, OwnMonth, OwnNotice } from "../api/own-attendance.ts";
import { Subject } from "../observable.ts";
import { isFeedback } from "./own-feedback.ts";
import type { FeedbackBox } from "./own-feedback.ts";
import { lackingPunches, outageAt, requestAbout } from "./own-missing.ts";
import type { Lacking } from "./own-missing.ts";
import { firstDayOf, keptMonth, monthAfter, OwnMonths, plannerOf } from "./own-months.ts";
import type { OwnMonthsDependencies } from "./own-months.ts";
import type { OwnRequests } from "./own-ports.ts";
import type { SiteTraining } from "./training.ts";

/** Colleagues that a search names at most. */
const COLLEAGUES_AT_MOST = 8;

export interface OwnAttendanceDependencies extends Omit<OwnMonthsDependencies, "requests"> {
  readonly requests: OwnRequests;
  readonly feedback: Pick<FeedbackBox, "give">;
  readonly training: Pick<SiteTraining, "completedBy" | "versionOf">;
}

/** Of a record that was closed. */
const GONE = err(failure("access/not-signed-in"));

/** Opens people's own attendance, together with their own record. */
export class OwnAttendances {
  readonly #dependencies: OwnAttendanceDependencies;

  constructor(dependencies: OwnAttendanceDependencies) {
    this.#dependencies = dependencies;
  }

  /** Is there at once; what has to be worked out comes by itself. */
  open(personId: PersonId): OwnAttendance {
    return new OpenedOwnAttendance(this.#dependencies, personId);
  }
}

type Today = NonNullable<OwnAttendance["today"]["value"]>;

class OpenedOwnAttendance implements OwnAttendance {
  readonly today = new Subject<Today | null>(null);
  readonly notices = new Subject<readonly OwnNotice[]>([]);
  readonly requests = new Subject<readonly ExceptionRequest[]>([]);
  readonly balances = new Subject<readonly LeaveBalance[]>([]);
  readonly #dependencies: OwnAttendanceDependencies;
  readonly #personId: PersonId;
  readonly #months: OwnMonths;
  readonly #ended = new AbortController();
  readonly #stops: readonly (() => void)[];
  #plan: PersonPlan | null = null;
  #working: Promise<void> | null = null;
  #again = false;

  constructor(dependencies: OwnAttendanceDependencies, personId: PersonId) {
    this.#dependencies = dependencies;
    this.#personId = personId;
    this.#months = new OwnMonths({ ...dependencies, requests: () => dependencies.requests.list(personId) }, personId);
    const refresh = (): void => void this.#refresh();
    this.#stops = [
      dependencies.reckoning.revision.subscribe(refresh),
      dependencies.store.subscribe(({ all, papers = [] }) => {
        if (all || papers.some((kind) => kind === "request" || kind === "balance" || kind === "month" || kind === "note" || kind === "feedback")) refresh();
      }),
    ];
    refresh();
  }

  get leaveKinds(): readonly LeaveKind[] {
    return versionOn(this.#dependencies.rules.book.value, this.#months.today)?.rules.leaveKinds ?? [];
  }

  get offered(): readonly RequestKind[] {
    const group = this.#group;
    if (group === null || this.#plan?.exempt === true) return [];
    const { makeUp, overtime, pairing } = group;
    return REQUEST_KINDS.filter((kind) => {
      if (kind === "make-up") return makeUp.kinds.length > 0 && pairing !== "record-only";
      if (kind === "overtime") return overtime.approval === "request" || overtime.approval === "after";
      return kind !== "leave" || this.leaveKinds.length > 0;
    });
  }

  async month(month: Month): Promise<Result<OwnMonth, AttendanceFailure>> {
    if (this.#isClosed()) return err(failure("attendance/cancelled"));
    return this.#months.read(month, this.#ended.signal);
  }

  async allowance(day: Day): ReturnType<OwnAttendance["allowance"]> {
    if (this.#isClosed()) return GONE;
    return this.#dependencies.requests.allowance(this.#personId, day);
  }

  async leaveMinutes(fromMs: EpochMs, toMs: EpochMs, leaveKind?: string): Promise<Result<number, RequestFailure>> {
    if (this.#isClosed()) return GONE;
    return this.#dependencies.requests.leaveMinutes(this.#personId, fromMs, toMs, leaveKind);
  }

  /** Of the own department: whom one swaps with one works with. */
  colleagues(query: string): ReturnType<OwnAttendance["colleagues"]> {
    const own = this.#person;
    const wanted = query.trim().toLocaleLowerCase();
    if (own === null || wanted === "" || this.#isClosed()) return [];
    const found = [...this.#dependencies.store.people.values()].filter(
      ({ person }) => person.id !== own.id && person.status === "active" && person.department === own.department && (person.name.toLocaleLowerCase().includes(wanted) || person.employeeNumber.toLocaleLowerCase().startsWith(wanted)),
    );
    return found.slice(0, COLLEAGUES_AT_MOST).map(({ person: { id, name, employeeNumber } }) => ({ personId: id, name, employeeNumber }));
  }

  submit(input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>> {
    return this.#changing(() => this.#dependencies.requests.submit(this.#personId, input));
  }

  keepDraft(input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>> {
    return this.#changing(() => this.#dependencies.requests.keepDraft(this.#personId, input));
  }

  withdraw(id: RequestId): Promise<Result<void, RequestFailure>> {
    return this.#changing(() => this.#dependencies.requests.withdraw(this.#personId, id));
  }

  agree(id: RequestId, agreed: boolean): Promise<Result<void, RequestFailure>> {
    return this.#changing(() => this.#dependencies.requests.agree(this.#personId, id, agreed));
  }

  async seen(ids: readonly RequestId[]): Promise<void> {
    if (ids.length === 0 || this.#isClosed()) return;
    await this.#dependencies.requests.seen(this.#personId, ids);
    void this.#refresh();
  }

  confirm(month: Month): Promise<Result<void, MonthFailure | AttendanceFailure>> {
    return this.#changing(() => this.#months.confirm(month));
  }

  async giveFeedback(topic: Feedback["topic"], text: string, anonymous: boolean): Promise<Result<void, AttendanceFailure>> {
    if (this.#isClosed()) return GONE;
    return this.#dependencies.feedback.give(anonymous ? null : this.#personId, topic, text);
  }

  trainedVersion(course: string): Promise<number> {
    return this.#dependencies.training.versionOf(this.#personId, course);
  }

  async trained(course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>> {
    if (this.#isClosed()) return GONE;
    return this.#dependencies.training.completedBy(this.#personId, course, version, errors);
  }

  close(): void {
    this.#ended.abort();
    for (const stop of this.#stops) stop();
    this.#months.forget();
    this.#plan = null;
    this.today.next(null);
    this.notices.next([]);
    this.requests.next([]);
    this.balances.next([]);
  }

  get #person(): Person | null {
    return this.#dependencies.store.people.get(this.#personId)?.person ?? null;
  }

  get #group(): RuleGroup | null {
    const { today } = this.#months;
    const rules = versionOn(this.#dependencies.rules.book.value, today)?.rules;
    return rules === undefined || this.#person === null ? null : groupOf(this.#person, rules, this.#plan, today);
  }

  /** Whoever stood here has gone: what a page still asks for is not done in their name. */
  async #changing<T, E>(change: () => Promise<Result<T, E>>): Promise<Result<T, E | typeof GONE.error>> {
    if (this.#isClosed()) return GONE;
    const changed = await change();
    void this.#refresh();
    return changed;
  }

  /** One at a time; what came meanwhile is taken up after. */
  #refresh(): Promise<void> {
    if (this.#working !== null) {
      this.#again = true;
      return this.#working;
    }
    this.#working = this.#readAll().finally(() => {
      this.#working = null;
      if (!this.#again || this.#isClosed()) return;
      this.#again = false;
      void this.#refresh();
    });
    return this.#working;
  }

  async #readAll(): Promise<void> {
    try {
      const { requests, rules } = this.#dependencies;
      // What is kept is there sooner than what has to be worked out.
      const [own, balances, plans] = await Promise.all([requests.list(this.#personId), requests.balances(this.#personId), rules.plans(undefined, this.#personId)]);
      if (this.#isClosed()) return;
      this.#plan = plans.get(this.#personId) ?? null;
      this.requests.next(own);
      this.balances.next(balances);
      const notices = await this.#readNotices(own, null);
      if (this.#isClosed()) return;
      this.notices.next(notices);
      const { today, days } = await this.#readToday(own);
      if (this.#isClosed()) return;
      this.today.next(today);
      const judged = await this.#readNotices(own, days);
      if (!this.#isClosed()) this.notices.next(judged);
    } catch (error) {
      if (!this.#isClosed()) this.today.next({ result: null, shift: null, missing: [], failure: failure("attendance/store-failed", error instanceof Error ? error.name : undefined) });
    }
  }

  /** From the first of the last month on: what is missing there can mostly still be made up, and the month is to be confirmed. */
  async #readToday(requests: readonly ExceptionRequest[]): Promise<{ readonly today: Today; readonly days: readonly DayResult[] | null }> {
    const { reckoning, rules } = this.#dependencies;
    const { today } = this.#months;
    const person = this.#person;
    const shift = person === null ? null : (plannerOf(person, this.#plan, rules.book.value, today, today)[0] ?? null);
    const reckoned = await reckoning.days({ from: firstDayOf(monthAfter(monthOf(today), -1)), to: today, people: [this.#personId] }, { signal: this.#ended.signal });
    if (!reckoned.ok) return { today: { result: null, shift, missing: [], failure: reckoned.error }, days: null };
    const days = reckoned.value.people.find(({ person: { id } }) => id === this.#personId)?.days ?? [];
    const missing = this.offered.includes("make-up") ? await this.#missing(lackingPunches(days), requests, reckoned.value.outages) : [];
    return { today: { result: days.find(({ day }) => day === today) ?? null, shift, missing, failure: null }, days };
  }

  /** Those that can still be made up go before those that came too late. */
  async #missing(lacking: readonly Lacking[], requests: readonly ExceptionRequest[], outages: readonly OutageSpell[]): Promise<readonly MissingPunch[]> {
    const found: MissingPunch[] = [];
    for (const { shiftId, ...punch } of lacking) {
      const allowance = await this.allowance(punch.day);
      if (this.#isClosed()) return [];
      if (!allowance.ok) continue;
      found.push({ ...punch, shiftName: this.#shiftName(shiftId, punch.day), allowance: allowance.value, outage: outageAt(outages, punch.wallMs), request: requestAbout(requests, punch)?.id ?? null });
    }
    return [...found.filter(({ allowance }) => allowance.late === null), ...found.filter(({ allowance }) => allowance.late !== null)];
  }

  #shiftName(shiftId: string, day: Day): string {
    return versionOn(this.#dependencies.rules.book.value, day)?.rules.shifts.find(({ id }) => id === shiftId)?.name ?? "";
  }

  /** @param days of the last month and later, once they are worked out */
  async #readNotices(own: readonly ExceptionRequest[], days: readonly DayResult[] | null): Promise<readonly OwnNotice[]> {
    const { store, requests } = this.#dependencies;
    const [swaps, notes, said, month] = await Promise.all([
      requests.swaps(this.#personId),
      store.papers({ kinds: ["note"], subject: this.#personId }),
      store.papers({ kinds: ["feedback"] }),
      this.#monthToConfirm(days),
    ]);
    return [
      ...swaps.map((request): OwnNotice => ({ kind: "swap", request, from: store.people.get(request.personId)?.person.name ?? "" })),
      ...(month === null ? [] : [month]),
      ...own.filter(({ unseen }) => unseen === true).map((request): OwnNotice => ({ kind: "request", request })),
      ...notes.flatMap(({ value }): OwnNotice[] => (isNote(value) && value.personId === this.#personId && value.withdrawn === undefined ? [{ kind: "note", note: value }] : [])),
      ...said.flatMap(({ value }): OwnNotice[] => (isFeedback(value) && value.personId === this.#personId && value.state === "answered" ? [{ kind: "feedback", feedback: value }] : [])),
    ];
  }

  /** The last month, as long as it is neither closed nor confirmed as it is now. */
  async #monthToConfirm(days: readonly DayResult[] | null): Promise<OwnNotice | null> {
    const { rules, store } = this.#dependencies;
    const month = monthAfter(monthOf(this.#months.today), -1);
    const group = this.#group;
    const person = this.#person;
    if (group === null || person === null || this.#plan?.exempt === true || versionOn(rules.book.value, firstDayOf(monthAfter(month))) === null) return null;
    const worked = plannerOf(person, this.#plan, rules.book.value, firstDayOf(month), addDays(firstDayOf(monthAfter(month)), -1));
    if (worked.every(({ shifts }) => shifts.length === 0)) return null;
    const kept = await keptMonth(store, this.#personId, month);
    if (kept?.locked !== undefined) return null;
    const same = days === null || kept?.confirmed?.contentHash === monthHash(days.filter(({ day }) => monthOf(day) === month));
    if (kept?.confirmed !== undefined && same) return null;
    return { kind: "month", month, by: `${monthAfter(month)}-${String(group.confirmByDay).padStart(2, "0")}` };
  }

  /** Asked anew after each wait. */
  #isClosed(): boolean {
    return this.#ended.signal.aborted;
  }
}

function isNote(value: unknown): value is ViolationNote {
  return typeof value === "object" && value !== null && "personId" in value && "text" in value && "day" in value;
}

