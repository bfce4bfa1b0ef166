import { calendarDay } from "../../domain/attendance/day.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { isDay } from "../../domain/attendance/rules/days.ts";
import { shiftPlanner, type ShiftOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import { parsePersonPlan } from "../../domain/attendance/rules/stored.ts";
import type { Day, PersonPlan, PlanAssignment, RuleBook } from "../../domain/attendance/rules/types.ts";
import { failure } from "../../domain/errors.ts";
import type { Operation } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AttendanceFailure, PlanFailure, Schedule } from "../api/attendance.ts";
import type { AccessFailure, Actor } from "../ports/access.ts";
import { Subject, type Observable } from "../observable.ts";
import type { Paper, RecordRing, Store } from "../ports/store.ts";
import { isClosed } from "./closed-months.ts";
import { planPaper, planPaperId, readPlan, readPlans } from "./plans.ts";
import { storeFailure } from "./rules.ts";
import { boundsMoved, copied, daysTried, emptyPlan, knownAssignment, knownShifts, overlapAround, withAssignment, withDays, withDuty, withoutAssignment, type DayChange } from "./schedule-changes.ts";
import { ownMark } from "../access/own-record.ts";

type PlanEntry = Extract<EntryDraft, { readonly type: "plan" }>["body"];

/** A plan as it is to be, and what its entry says. */
interface Planned {
  readonly plan: PersonPlan;
  readonly entry: Pick<PlanEntry, "cause" | "from" | "to" | "content">;
}

export interface PlannedScheduleDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly book: Observable<RuleBook>;
}

/** Who works what: papers of each person, and an entry of the log for every change. */
export class PlannedSchedule implements Schedule {
  readonly revision: Subject<number>;
  readonly #store: Store;
  readonly #access: SessionAccess;
  readonly #book: Observable<RuleBook>;

  constructor({ store, access, book }: PlannedScheduleDependencies) {
    this.#store = store;
    this.#access = access;
    this.#book = book;
    this.revision = new Subject(0);
    const grow = (): void => this.revision.next(this.revision.value + 1);
    book.subscribe(grow);
    store.subscribe(({ all, people, papers }) => {
      if (all || people.length > 0 || papers?.includes("plan") === true) grow();
    });
  }

  async plan(personId: PersonId): Promise<PersonPlan | null> {
    const { ring } = this.#access;
    if (!this.#access.check("plans.read", personId).ok || ring === null) return null;
    if (!(await this.#access.viewed({ what: "plans", department: this.#store.people.get(personId)?.person.department ?? null, people: 1 })).ok) return null;
    return readPlan(this.#store, personId, ring);
  }

  async shifts({ from, to, department }: { readonly from: Day; readonly to: Day; readonly department?: string }): Promise<Result<readonly { readonly person: Person; readonly days: readonly ShiftOnDay[] }[], AttendanceFailure>> {
    const checked = this.#access.check("plans.read");
    if (!checked.ok) return checked;
    const { ring } = this.#access;
    if (ring === null) return err(failure("access/not-signed-in"));
    const book = this.#book.value;
    if (book.versions.length === 0) return err(failure("attendance/no-rules"));
    const zone = this.#zone();
    const people = this.#reached(checked.value, "plans.read").filter((person) => (department === undefined || person.department === department) && (person.leftAt === undefined || calendarDay(person.leftAt, zone) >= from));
    const viewed = await this.#access.viewed({ what: "plans", department: department ?? this.#access.departmentOf(checked.value, "plans.read"), people: people.length });
    if (!viewed.ok) return viewed;
    const plans = await readPlans(this.#store, ring);
    const planner = shiftPlanner(book, from, to);
    return ok(people.map((person) => ({ person, days: planner({ ...person, plan: plans.get(person.id) ?? null }) })));
  }

  assign(people: readonly PersonId[], assignment: PlanAssignment): Promise<Result<void, PlanFailure>> {
    return this.#change(people, (person, plan) => {
      const { from } = assignment;
      if (!isDay(from) || !knownAssignment(this.#book.value, assignment)) return err({ kind: "plan/no-such-shift", personId: person.id });
      const made = withAssignment(plan, assignment);
      const day = overlapAround(person, made, this.#book.value, daysTried(assignment));
      if (day !== null) return err({ kind: "plan/overlap", personId: person.id, day });
      return ok({ plan: made, days: [from], entry: { cause: "assignment", from, to: "", content: JSON.stringify(assignment) } });
    });
  }

  async takeBack(people: readonly PersonId[], from: Day): Promise<Result<number, PlanFailure>> {
    let count = 0;
    const done = await this.#change(people, (person, plan) => {
      const made = withoutAssignment(plan, from);
      if (made === null) return ok(null);
      const day = overlapAround(person, made, this.#book.value, daysTried({ from }));
      if (day !== null) return err({ kind: "plan/overlap", personId: person.id, day });
      count += 1;
      const fromThen = ({ assignments }: PersonPlan): PlanAssignment | undefined => assignments.find((each) => each.from === from);
      return ok({ plan: made, days: [from], entry: { cause: "assignment", from, to: "", content: JSON.stringify({ from, takenBack: fromThen(plan), restored: fromThen(made) }) } });
    }, () => {
      count = 0;
    });
    return done.ok ? ok(count) : done;
  }

  setDays(changes: readonly { readonly personId: PersonId; readonly day: Day; readonly shiftIds: readonly string[] | null }[]): Promise<Result<void, PlanFailure>> {
    const byPerson = new Map<PersonId, DayChange[]>();
    for (const { personId, day, shiftIds } of changes) byPerson.set(personId, [...(byPerson.get(personId) ?? []), { day, shiftIds }]);
    return this.#change([...byPerson.keys()], (person, plan) => this.#rostered(person, plan, byPerson.get(person.id) ?? []));
  }

  async copy(people: readonly PersonId[], from: Day, days: number, to: Day): Promise<Result<number, PlanFailure>> {
    let count = 0;
    const done = await this.#change(people, (person, plan) => {
      const changes = copied(plan, from, days, to);
      count += changes.length;
      return changes.length === 0 ? ok(null) : this.#rostered(person, plan, changes);
    }, () => {
      count = 0;
    });
    return done.ok ? ok(count) : done;
  }

  setDuty(personId: PersonId, { exempt, firstDay, lastDay }: Pick<PersonPlan, "exempt" | "firstDay" | "lastDay">): Promise<Result<void, PlanFailure>> {
    return this.#change([personId], (_person, plan) => {
      const duty = { ...(exempt === true ? { exempt } : {}), ...(firstDay === undefined ? {} : { firstDay }), ...(lastDay === undefined ? {} : { lastDay }) };
      const cause = (exempt === true) === (plan.exempt === true) ? "duty" : "exempt";
      return ok({ plan: withDuty(plan, duty), days: boundsMoved(plan, duty), entry: { cause, from: firstDay ?? "", to: lastDay ?? "", content: JSON.stringify(duty) } });
    });
  }

  #rostered(person: Person, plan: PersonPlan, changes: readonly DayChange[]): Result<Planned & { readonly days: readonly Day[] }, PlanFailure> {
    const days = changes.map(({ day }) => day).sort();
    const [from = "", to = ""] = [days[0], days.at(-1)];
    if (!changes.every(({ day }) => isDay(day)) || !knownShifts(this.#book.value, changes)) return err({ kind: "plan/no-such-shift", personId: person.id });
    const made = withDays(plan, changes);
    const day = overlapAround(person, made, this.#book.value, days);
    if (day !== null) return err({ kind: "plan/overlap", personId: person.id, day });
    return ok({ plan: made, days, entry: { cause: "roster", from, to, content: JSON.stringify(changes) } });
  }

  /**
   * All of it is written in one step, or nothing.
   *
   * @param decide null where there is nothing to change; `days` are those that must be open
   * @param again called before every try: the store runs the work again where another tab came in between
   */
  async #change(
    people: readonly PersonId[],
    decide: (person: Person, plan: PersonPlan) => Result<(Planned & { readonly days: readonly Day[] }) | null, PlanFailure>,
    again: () => void = () => undefined,
  ): Promise<Result<void, PlanFailure>> {
    for (const personId of people) {
      if (!this.#store.people.has(personId)) return err({ kind: "plan/no-such-person", personId });
    }
    const checked = this.#checkAll("plans.change", people);
    if (!checked.ok) return checked;
    if (this.#book.value.versions.length === 0) return err(failure("attendance/no-rules"));
    const { userId: by } = checked.value;
    const { ring } = this.#access;
    if (ring === null) return err(failure("access/not-signed-in"));
    try {
      return await this.#store.exclusively(async (): Promise<Result<void, PlanFailure>> => {
        again();
        const entries: EntryDraft[] = [];
        const papers: Paper[] = [];
        for (const personId of new Set(people)) {
          const person = this.#store.people.get(personId)?.person;
          if (person === undefined) return err({ kind: "plan/no-such-person", personId });
          const before = await this.#planOf(personId, ring);
          if (!before.ok) return before;
          const decided = decide(person, before.value);
          if (!decided.ok) return decided;
          if (decided.value === null) continue;
          for (const day of firstOfEachMonth(decided.value.days)) if (await isClosed(this.#store, personId, day)) return err({ kind: "plan/closed-days", personId, day });
          entries.push({ type: "plan", subject: personId, body: { by, personId, ...decided.value.entry, ...ownMark(this.#store, by, personId) } });
          papers.push(planPaper(decided.value.plan));
        }
        if (entries.length === 0) return ok();
        const written = await this.#store.commit({ entries, papers });
        return written.ok ? ok() : err(storeFailure(written.error));
      });
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** A plan that cannot be read is not written over. */
  async #planOf(personId: PersonId, ring: RecordRing): Promise<Result<PersonPlan, PlanFailure>> {
    const paper = await this.#store.paper(planPaperId(personId), ring);
    const plan = paper === null ? emptyPlan(personId) : parsePersonPlan(paper.value);
    return plan === null ? err({ kind: "attendance/store-failed", personId }) : ok(plan);
  }

  #checkAll(operation: Operation, people: readonly PersonId[]): Result<Actor, AccessFailure> {
    let checked = this.#access.check(operation);
    for (const personId of people) {
      if (!checked.ok) return checked;
      checked = this.#access.check(operation, personId);
    }
    return checked;
  }

  #reached(actor: Actor, operation: Operation): readonly Person[] {
    const everybody = [...this.#store.people.values()].map(({ person }) => person);
    const bounded = this.#access.departmentOf(actor, operation) !== null;
    return everybody.filter(({ id }) => (bounded ? this.#access.roleFor(actor.grants, operation, id) !== null : true) && this.#access.reaches(id));
  }

  #zone(): string {
    return this.#store.settings?.zone ?? "UTC";
  }
}

function firstOfEachMonth(days: readonly Day[]): readonly Day[] {
  return [...new Map(days.map((day) => [day.slice(0, 7), day])).values()];
}
