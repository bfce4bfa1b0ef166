import { attendanceDay } from "../../domain/attendance/day.ts";
import type { DayResult } from "../../domain/attendance/engine/types.ts";
import { groupOf } from "../../domain/attendance/rules/group-of.ts";
import { shiftsOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { ShiftOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { Day, PersonPlan, RuleGroup, SiteRules } from "../../domain/attendance/rules/types.ts";
import { versionOn } from "../../domain/attendance/rules/version.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import type { RequestContent } from "../../domain/exceptions/types.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import type { Reckoning, RuleSource } from "../attendance/ports.ts";
import { readPlan } from "../attendance/plans.ts";

const HOUR_MS = 3_600_000;
/** Where no rules say how long a decision may take, hours. */
const USUAL_HOURS = 24;

export interface DutyDependencies {
  readonly store: Store;
  readonly rules: Pick<RuleSource, "book">;
  readonly reckoning: Pick<Reckoning, "days">;
}

/** A person's rules, as far as requests need them. */
export interface PersonDuty {
  readonly person: Person;
  readonly plan: PersonPlan | null;
  readonly shiftOn: (day: Day) => ShiftOnDay;
}

/** Which rules a request is judged by. */
export interface RulesFor {
  readonly version: number;
  readonly rules: SiteRules;
  readonly group: RuleGroup;
}

export class Duties {
  constructor(private readonly dependencies: DutyDependencies) {}

  get zone(): string {
    return this.dependencies.store.settings?.zone ?? "UTC";
  }

  get today(): Day {
    const { store } = this.dependencies;
    return attendanceDay(store.now().wallMs, this.zone);
  }

  async of(personId: PersonId, ring?: RecordRing): Promise<PersonDuty | null> {
    const { store, rules } = this.dependencies;
    const person = store.people.get(personId)?.person;
    if (!person) return null;
    const plan = await readPlan(store, personId, ring);
    const book = rules.book.value;
    return { person, plan, shiftOn: (day) => shiftsOnDay({ ...person, plan }, book, day) };
  }

  /** The rules of a day, and the person's group in them; null where there are none. */
  rulesOn({ person, plan }: PersonDuty, day: Day): RulesFor | null {
    const version = versionOn(this.dependencies.rules.book.value, day);
    const group = version === null ? null : groupOf(person, version.rules, plan, day);
    return version === null || group === null ? null : { version: version.version, rules: version.rules, group };
  }

  /** By the first day that it is about, else by today's. */
  rulesFor(duty: PersonDuty, content: RequestContent): RulesFor | null {
    return this.rulesOn(duty, daysOfContent(content, this.zone)?.from ?? this.today);
  }

  /** How long each step of a request may take. */
  withinMs(duty: PersonDuty | null, content: RequestContent): number {
    return (duty === null ? USUAL_HOURS : (this.rulesFor(duty, content)?.group.decideWithinHours ?? USUAL_HOURS)) * HOUR_MS;
  }

  /** A day as it is worked out now; null where it cannot be. */
  async resultOf(personId: PersonId, day: Day, ring?: RecordRing): Promise<DayResult | null> {
    const results = await this.dependencies.reckoning.days({ from: day, to: day, people: [personId] }, ring === undefined ? {} : { ring });
    return results.ok ? (results.value.people.find(({ person }) => person.id === personId)?.days[0] ?? null) : null;
  }
}
