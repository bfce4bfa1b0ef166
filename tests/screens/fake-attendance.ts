import type {
  Attendance, Attesting, Badges, DayResults, Days, FeedbackDesk, MonthState, Months, Notes, Outages, Present, Requests, Rules, Schedule, Training,
} from "../../src/app/api/attendance.ts";
import { Subject } from "../../src/app/observable.ts";
import type { OutageSpell, Watermark } from "../../src/domain/attendance/engine/types.ts";
import type { RuleProblem } from "../../src/domain/attendance/rules/validate.ts";
import type { Day, PersonPlan, RuleBook, SiteRules } from "../../src/domain/attendance/rules/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import type { ExceptionRequest, Feedback, LeaveBalance, ViolationNote } from "../../src/domain/exceptions/types.ts";
import { outcomesOf } from "../../src/domain/exceptions/workflow.ts";
import type { UserId } from "../../src/domain/people/access.ts";
import type { Person, PersonId } from "../../src/domain/people/types.ts";
import { err, ok, type Ok } from "../../src/domain/result.ts";
import { dayResult, daysBetween, monthTotals, plannedOn, TODAY, when } from "./fake-days.ts";
import { FEEDBACK, NOTES, REQUESTS } from "./fake-requests.ts";
import { BOOK, CALENDAR } from "./fake-rules.ts";

const LIN = "00000000-0000-4000-8000-000000000001" as UserId;
const NOW = Date.parse("2026-03-02T01:05:30Z") as EpochMs;

export const OUTAGES: readonly OutageSpell[] = [
  { device: "device-2", siteId: "site-1", fromMs: when("2026-03-02", 515), toMs: null, reason: "camera/gone", entry: { device: "device-2", seq: 411 } },
  { device: "device-1", siteId: "site-1", fromMs: when("2026-02-17", 1300), toMs: when("2026-02-17", 1335), reason: "camera/gone", entry: { device: "device-1", seq: 3_811 } },
];

/** Administration's attendance without anything behind it: a dozen people, a February with everything that can happen, and a Monday morning after it. */
export class FakeAttendance implements Attendance {
  readonly revision = new Subject(0);
  readonly book = new Subject<RuleBook>(BOOK);
  outages_: readonly OutageSpell[] = OUTAGES;
  watermarks: readonly Watermark[] = [{ device: "device-1", untilMs: NOW }, { device: "device-2", untilMs: when("2026-02-26", 1_100) }];
  allRequests: readonly ExceptionRequest[] = REQUESTS;
  allNotes: readonly ViolationNote[] = NOTES;
  allFeedback: readonly Feedback[] = FEEDBACK;
  plans: ReadonlyMap<string, PersonPlan> = new Map();
  locked: ReadonlySet<string> = new Set(["2026-01"]);
  problems: readonly RuleProblem[] = [];

  /** @param everybody as many as the roster has; the first dozen is in the pictures */
  constructor(
    private readonly calls: (readonly unknown[])[],
    private readonly everybody: () => readonly Person[],
    private readonly fresh: () => boolean = () => true,
  ) {}

  get people(): readonly Person[] {
    return this.everybody().filter((person) => Number(person.id.slice(2)) < 12);
  }

  readonly rules: Rules = {
    book: this.book,
    inForce: (day) => this.book.value.versions.findLast(({ from }) => from <= day)?.rules ?? null,
    proposal: () => Promise.resolve(this.#inForce()),
    problems: () => this.problems,
    preview: (_draft, from) => {
      const days = daysBetween("2026-02-02", "2026-02-08").map((day) => ({ before: dayResult(0, "p-0" as PersonId, day), after: dayResult(0, "p-0" as PersonId, day) }));
      this.calls.push(["rules.preview", from]);
      return Promise.resolve(ok({ days }));
    },
    effect: () => {
      this.calls.push(["rules.effect"]);
      return Promise.resolve(ok({ from: "2026-02-01", to: "2026-02-28", days: 7, people: 4, ofDays: 336 }));
    },
    save: (draft, from, note, base) => {
      this.calls.push(["rules.save", from, note, base]);
      if (!this.fresh()) return Promise.resolve(err(failure("access/confirm-needed")));
      const versions = this.book.value.versions;
      this.book.next({ ...this.book.value, versions: [...versions, { version: versions.length + 1, from, rules: draft, by: LIN, at: NOW, note }] });
      return Promise.resolve(ok());
    },
    tablets: () =>
      Promise.resolve([
        { device: "device-1", own: true, untilMs: NOW, retired: false },
        { device: "device-2", own: false, untilMs: this.watermarks[1]?.untilMs ?? null, retired: false },
        { device: "device-0", own: false, untilMs: NOW, retired: true },
      ]),
    firstOpenDay: () => Promise.resolve("2026-02-01"),
    countries: () => Promise.resolve([{ code: "CN", name: "China", nameZh: "中国" }, { code: "DE", name: "Germany", nameZh: "德国" }]),
    holidays: (country, year) => Promise.resolve(year > 2026 ? err(failure("rules/no-holidays")) : ok(CALENDAR.filter(({ day, source }) => source === country && day.startsWith(String(year))))),
  };

  readonly schedule: Schedule = {
    revision: this.revision,
    plan: (personId) => Promise.resolve(this.plans.get(personId) ?? null),
    shifts: ({ from, to, department }) =>
      Promise.resolve(ok(this.#of(department).map((person) => ({ person, days: daysBetween(from, to).map((day) => plannedOn(this.#index(person.id), day)) })))),
    assign: (people, assignment) => this.#did("schedule.assign", people, assignment),
    setDays: (changes) => this.#did("schedule.setDays", changes),
    copy: (people, from, days, to) => {
      this.calls.push(["schedule.copy", people, from, days, to]);
      return Promise.resolve(ok(people.length * days));
    },
    takeBack: (people, from) => {
      this.calls.push(["schedule.takeBack", people, from]);
      this.plans = new Map([...this.plans].map(([id, plan]) => [id, people.some((one) => one === id) ? { ...plan, assignments: plan.assignments.filter((each) => each.from !== from) } : plan]));
      return Promise.resolve(ok(people.length));
    },
    setDuty: (personId, duty) => this.#did("schedule.setDuty", personId, duty),
  };

  readonly days: Days = {
    revision: this.revision,
    results: ({ from, to, personId, department }, onProgress) => {
      this.calls.push(["days.results", from, to, personId, department]);
      const people = this.#of(department, personId).map((person) => ({ person, days: daysBetween(from, to).map((day) => dayResult(this.#index(person.id), person.id, day)) }));
      onProgress?.({ done: people.length, total: people.length });
      return Promise.resolve(ok({ people, watermarks: this.watermarks, outages: this.outages_, asOf: { at: NOW, seq: 12_408 } }));
    },
    totals: ({ people }: DayResults, month) => people.map(({ person, days }) => monthTotals(person.id, month, days)),
    presence: (department) => Promise.resolve(ok(this.#of(department).map((person) => this.#presentOf(person)))),
  };

  readonly requests: Requests = {
    revision: this.revision,
    waiting: new Subject(5),
    health: () => Promise.resolve(ok({ condition: "well", temperature: 36.5 })),
    list: ({ states, personId, from, to, mine }) =>
      Promise.resolve(ok(this.allRequests
        .filter((request) => (states === undefined || states.includes(request.state)) && (personId === undefined || request.personId === personId) && (from === undefined || dayOfRequest(request) >= from) && (to === undefined || dayOfRequest(request) <= to))
        .flatMap((request) => {
          const person = this.people.find(({ id }) => id === request.personId);
          const isMine = request.state === "supervisor" || request.state === "hr" || request.state === "late";
          return person === undefined || (mine === true && !isMine) ? [] : [{ request, person, mine: isMine }];
        }))),
    facts: (id) => {
      const request = this.allRequests.find((candidate) => candidate.id === id);
      const person = this.people.find((candidate) => candidate.id === request?.personId);
      if (request === undefined || person === undefined) return Promise.resolve(err(failure("request/no-such")));
      const day = dayOfRequest(request);
      const now = dayResult(this.#index(person.id), person.id, day);
      const mine = request.state === "supervisor" || request.state === "hr" || request.state === "late";
      return Promise.resolve(ok({
        request,
        person,
        waitsFor: request.state === "supervisor" || request.state === "hr" || request.state === "colleague" ? request.state : null,
        mine,
        days: [{ now, then: mine ? { ...now, marks: ["made-up"] as const, minutes: { ...now.minutes, absent: 0, attended: now.minutes.planned } } : null }],
        allowance: request.content.kind === "make-up" ? { quota: 3, used: 1, remaining: 1, renewsOn: "2026-04-01", lastDay: "2026-03-04", late: null, health: ["condition", "temperature"] as const, healthRequired: ["condition"] as const } : null,
        balance: request.content.kind === "leave" ? this.#balances()[0] ?? null : null,
        alsoAway: this.people[4] === undefined || request.content.kind !== "leave" ? [] : [{ person: this.people[4], request: { ...request, reason: "", content: { ...request.content } } }],
        earlier: 1,
        outcomes: mine && request.content.kind === "appeal" ? outcomesOf(request.content) : [],
        cancelling: this.allRequests.find(({ content }) => content.kind === "cancel" && content.cancels === id)?.id ?? null,
        names: { [LIN]: "Lin", "00000000-0000-4000-8000-000000000002": "Maren" },
      }));
    },
    decide: (ids, decision) => {
      this.calls.push(["requests.decide", ids, decision]);
      this.allRequests = this.allRequests.map((request) => (ids.includes(request.id) ? { ...request, state: decision.kind === "reject" ? "rejected" : "approved" } : request));
      this.revision.next(this.revision.value + 1);
      return Promise.resolve(ids.map((id) => ({ id, result: ok() })));
    },
    comment: (id, text) => this.#did("requests.comment", id, text),
    delegate: (id, to) => this.#did("requests.delegate", id, to),
    delegates: () => [{ userId: LIN, name: "Lin" }],
    remind: (id) => this.#did("requests.remind", id),
    file: (personId, input, reason) => {
      this.calls.push(["requests.file", personId, input.content, reason]);
      const first = this.allRequests[0];
      return Promise.resolve(first === undefined ? err(failure("request/no-such")) : ok({ ...first, personId, content: input.content, reason: input.reason }));
    },
    attachment: () => Promise.resolve(err(failure("attachment/unreadable"))),
    balances: () => Promise.resolve(ok({ balances: this.#balances(), entries: [{ leaveKind: "annual", minutes: 480, reason: "Carried over from 2025", by: LIN, at: when("2026-01-05", 600), year: 2026 }], leftOver: [{ leaveKind: "annual", minutes: 240 }] })),
    adjustBalance: (personId, leaveKind, minutes, reason) => this.#did("requests.adjustBalance", personId, leaveKind, minutes, reason),
  };

  readonly months: Months = {
    state: (month, onProgress) => {
      this.calls.push(["months.state", month]);
      onProgress?.({ done: 12, total: 12 });
      return Promise.resolve(ok(this.#monthState(month)));
    },
    remind: (month, people) => {
      this.calls.push(["months.remind", month, people]);
      return Promise.resolve(ok(people.length));
    },
    close: (month, people, reason, onProgress) => {
      this.calls.push(["months.close", month, people, reason]);
      if (!this.fresh()) return Promise.resolve(err(failure("access/confirm-needed")));
      onProgress?.({ done: people.length, total: people.length });
      this.locked = new Set([...this.locked, month]);
      this.revision.next(this.revision.value + 1);
      return Promise.resolve(ok(people.length));
    },
    correct: (personId, content, reason) => this.requests.file(personId, { content, reason, attachments: [] }, reason),
  };

  readonly notes: Notes = {
    of: (personId) => Promise.resolve(ok(this.allNotes.filter((note) => note.personId === personId))),
    write: (personId, day, kind, text) => {
      this.calls.push(["notes.write", personId, day, kind, text]);
      if (text.trim() === "") return Promise.resolve(err(failure("note/empty")));
      this.allNotes = [{ id: `n-${this.allNotes.length + 1}`, personId, day, kind, text, by: LIN, at: NOW }, ...this.allNotes];
      return Promise.resolve(ok());
    },
    withdraw: (id, reason) => {
      this.calls.push(["notes.withdraw", id, reason]);
      this.allNotes = this.allNotes.map((note) => (note.id === id ? { ...note, withdrawn: { by: LIN, at: NOW, reason } } : note));
      return Promise.resolve(ok());
    },
  };

  readonly feedback: FeedbackDesk = {
    list: () => Promise.resolve(ok(this.allFeedback)),
    answer: (id, text) => {
      this.calls.push(["feedback.answer", id, text]);
      this.allFeedback = this.allFeedback.map((each) => (each.id === id ? { ...each, state: "answered", answer: { by: LIN, at: NOW, text } } : each));
      return Promise.resolve(ok());
    },
  };

  readonly attesting: Attesting = {
    people: () => this.days.presence(),
    attest: (people, reason) => {
      this.calls.push(["attesting.attest", people, reason]);
      return Promise.resolve(reason.trim() === "" ? err(failure("attest/reason-missing")) : ok([]));
    },
  };

  readonly badges: Badges = {
    has: (personId) => Promise.resolve(personId === "p-1"),
    issue: (personId) => {
      this.calls.push(["badges.issue", personId]);
      return Promise.resolve(ok("cf1:8vN3pQ2xT6yLw0aZ4cR7sg"));
    },
    end: (personId) => this.#did("badges.end", personId),
  };

  readonly outages: Outages = { list: (from, to) => Promise.resolve(this.outages_.filter(({ fromMs, toMs }) => fromMs < when(to, 1440) && (toMs ?? NOW) >= when(from, 0))) };

  readonly training: Training = {
    records: () => Promise.resolve(ok([
      { who: LIN, name: "Lin", course: "months", version: 1, errors: 0, at: when("2026-02-02", 600) },
      { who: "p-0" as PersonId, name: "Chen Yu", course: "kiosk", version: 1, errors: 2, at: when("2026-02-03", 610) },
    ])),
    completed: (course, version, errors) => this.#did("training.completed", course, version, errors),
  };

  #did(name: string, ...rest: readonly unknown[]): Promise<Ok<void>> {
    this.calls.push([name, ...rest]);
    this.revision.next(this.revision.value + 1);
    return Promise.resolve(ok());
  }

  #inForce(): SiteRules {
    const rules = this.book.value.versions.at(-1)?.rules;
    if (rules === undefined) throw new Error("No rules in the picture");
    return rules;
  }

  #index(personId: string): number {
    return Number(personId.slice(2));
  }

  #of(department?: string, personId?: PersonId): readonly Person[] {
    return this.people.filter((person) => (department === undefined || person.department === department) && (personId === undefined || person.id === personId));
  }

  #balances(): readonly LeaveBalance[] {
    return [
      { leaveKind: "annual", granted: 2880, used: 960, pending: 960, remaining: 960 },
      { leaveKind: "compensatory", granted: 240, used: 0, pending: 0, remaining: 240 },
    ];
  }

  #presentOf(person: Person): Present {
    const index = this.#index(person.id);
    const today = dayResult(index, person.id, TODAY);
    const planned = plannedOn(index, TODAY);
    const shift = planned.shifts.length === 0 ? null : planned;
    const inPunch = today.punches.find(({ use }) => use === "in");
    const base = { person, shift, last: null };
    if (today.marks.includes("leave")) return { ...base, state: "leave", since: when(TODAY, 540) };
    if (today.marks.includes("trip")) return { ...base, state: "away", since: when(TODAY, 540) };
    if (inPunch !== undefined) return { ...base, state: "in", since: inPunch.wallMs };
    if (shift === null) return { ...base, state: "free", since: null };
    return { ...base, state: today.state === "ahead" ? "expected" : "missing", since: null };
  }

  #monthState(month: string): MonthState {
    const days = daysBetween(`${month}-01`, lastDayOf(month));
    return {
      month,
      unsynced: this.watermarks.filter(({ untilMs }) => untilMs < when(lastDayOf(month), 1440)),
      people: this.people.map((person) => {
        const index = this.#index(person.id);
        const results = days.map((day) => dayResult(index, person.id, day));
        const confirmed = index % 3 !== 2 && month < TODAY.slice(0, 7);
        return {
          person,
          totals: monthTotals(person.id, month, results),
          confirmedAt: confirmed ? when("2026-03-01", 500 + index) : null,
          changedSince: index === 4 && month === "2026-02",
          remindedAt: index === 5 ? when("2026-03-01", 1_000) : null,
          lockedAt: this.locked.has(month) ? when("2026-03-02", 540) : null,
          afterLock: this.locked.has(month) && index === 8 ? 2 : 0,
          undecided: this.allRequests.filter((request) => request.personId === person.id && (request.state === "supervisor" || request.state === "hr") && dayOfRequest(request).startsWith(month)).length,
        };
      }),
    };
  }
}

/** In the site's zone. */
const dayOfRequest = ({ content }: ExceptionRequest): Day => dayOfContent(content);

function dayOfContent(content: ExceptionRequest["content"]): Day {
  if ("day" in content) return content.day;
  if (content.kind === "cancel") return dayOfContent(content.content);
  if ("fromMs" in content) return new Date(content.fromMs + 28_800_000).toISOString().slice(0, 10);
  return "day" in content.about ? content.about.day : TODAY;
}

function lastDayOf(month: string): Day {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).toISOString().slice(0, 10);
}

