import { unpackDays } from "../../domain/attendance/engine/packed.ts";
import { MARGIN_DAYS } from "../../domain/attendance/engine/compute-days.ts";
import type { EngineInput, EnginePerson, EnginePunch, LockedDay, OutageSpell, Watermark } from "../../domain/attendance/engine/types.ts";
import { addDays, dayNumber } from "../../domain/attendance/rules/days.ts";
import type { Day, LeaveKind, PersonPlan, RuleBook } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { cancelledOf, cancelledSwapsOf, effectsOf } from "../../domain/exceptions/effects.ts";
import type { ExceptionRequest } from "../../domain/exceptions/types.ts";
import { groupedBy } from "../../domain/grouped.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { History } from "../backup/ports.ts";
import { Pauses } from "../pauses.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import { punchesOf } from "./facts-bucket.ts";
import { FactsLog } from "./facts-log.ts";
import { outageSpells } from "./outage-marks.ts";
import type { RequestSource, RuleSource } from "./ports.ts";

/** No zone is further from UTC than this, days. */
const ZONE_DAYS = 1;

export interface FactsDependencies {
  readonly store: Pick<Store, "length" | "entries" | "latest" | "settings" | "papers" | "people" | "deviceId" | "now">;
  readonly history: Pick<History, "entries">;
  readonly others: Pick<OtherDevices, "entries" | "watermarks" | "devices">;
  readonly rules: RuleSource;
  readonly requests: RequestSource;
}

export interface FactsQuery {
  readonly from: Day;
  readonly to: Day;
  readonly people: readonly PersonId[];
  readonly book: RuleBook;
  readonly ring: RecordRing | undefined;
  readonly withoutLocks: boolean;
}

/** Everything that days of some people are made of. */
export interface Facts extends Omit<EngineInput, "book"> {
  readonly seq: number;
  /** Grows whenever something about the person was added, for each of `people`. */
  readonly versions: readonly number[];
}

/** Reads what days are made of: the log by UTC day, and the papers. */
export class AttendanceFacts {
  readonly #dependencies: FactsDependencies;
  #ofRole: { readonly ring: RecordRing; readonly log: FactsLog } | null = null;
  #own: { readonly personId: PersonId; readonly log: FactsLog } | null = null;

  constructor(dependencies: FactsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Lets go of everything that was read. */
  forget(): void {
    this.#ofRole = null;
    this.#own = null;
  }

  /** Lets go of what a person's own view read. */
  forgetOwn(): void {
    this.#own = null;
  }

  /** @param onRead share of what has to be read, 0 to 1 */
  async read({ from, to, people, book, ring, withoutLocks }: FactsQuery, onRead: (share: number) => void, signal?: AbortSignal): Promise<Facts> {
    const { store, rules, requests } = this.#dependencies;
    const first = dayNumber(from) - MARGIN_DAYS - ZONE_DAYS;
    const last = dayNumber(to) + MARGIN_DAYS + ZONE_DAYS;
    const only = ring === undefined && people.length === 1 ? people[0] : undefined;
    const log = this.#log(ring, only);
    const seq = store.length;
    const buckets = await log.days(first, last, (done, total) => onRead(done / total), signal);
    const punches = punchesOf(buckets);
    const plans = await rules.plans(ring, only);
    const decided = (await requests.requests(addDays(from, -MARGIN_DAYS), ring, only)).filter(({ state }) => state === "approved" || state === "cancelled");
    const locked = withoutLocks ? new Map<PersonId, readonly LockedDay[]>() : await this.#locked(from, to, ring, only);
    const leaveKinds = book.versions.flatMap((version) => version.rules.leaveKinds);
    const byPerson = groupedBy(decided, ({ personId }) => personId);
    const pauses = new Pauses();
    const made: EnginePerson[] = [];
    for (const personId of people) {
      await pauses.ifDue();
      const person = this.#person(personId, punches.get(personId) ?? [], plans.get(personId) ?? null, byPerson.get(personId) ?? [], locked.get(personId) ?? [], leaveKinds);
      if (person !== null) made.push(person);
    }
    const now = store.now().wallMs;
    return {
      from,
      to,
      people: made,
      watermarks: await this.#watermarks(now),
      outages: spellsWithin(outageSpells(buckets.map((bucket) => bucket.outages)), first, last),
      now,
      seq,
      versions: made.map(({ personId }) => log.versionOf(personId)),
      ...(store.settings === null ? {} : { zone: store.settings.zone }),
    };
  }

  #log(ring: RecordRing | undefined, only: PersonId | undefined): FactsLog {
    const { store, history, others } = this.#dependencies;
    const make = (): FactsLog => new FactsLog({ store, history, others }, ring, only ?? null);
    if (ring !== undefined) {
      if (this.#ofRole?.ring !== ring || this.#ofRole.log.stale) this.#ofRole = { ring, log: make() };
      return this.#ofRole.log;
    }
    // Everybody's punches under the device's own keys are kept no longer than they are needed.
    if (only === undefined) return make();
    if (this.#own?.personId !== only) this.#own = { personId: only, log: make() };
    return this.#own.log;
  }

  #person(personId: PersonId, punches: readonly EnginePunch[], plan: PersonPlan | null, decided: readonly ExceptionRequest[], locked: readonly LockedDay[], leaveKinds: readonly LeaveKind[]): EnginePerson | null {
    const { store } = this.#dependencies;
    const person = store.people.get(personId)?.person;
    if (person === undefined) return null;
    const { department, employmentType, addedAt, leftAt } = person;
    const { siteId, zone } = store.settings ?? { siteId: "", zone: "UTC" };
    const cancelled = decided.filter(({ state }) => state === "cancelled").flatMap((request) => cancelledOf(request, zone));
    const swapsOfOthers = cancelledSwapsOf(plan).filter(({ requestId, from }) => !cancelled.some((own) => own.requestId === requestId && own.from === from));
    const approved = decided.filter(({ state }) => state === "approved");
    const effects = approved.map((request) => ({ effects: effectsOf(request, siteId, leaveKinds), at: approvedAt(request) }));
    return {
      personId,
      department,
      employmentType,
      addedAt,
      ...(leftAt === undefined ? {} : { leftAt }),
      plan,
      punches: effects.length === 0 ? punches : [...punches, ...effects.flatMap((each) => each.effects.punches)],
      spells: effects.flatMap((each) => each.effects.spells),
      corrections: effects.flatMap(({ effects: { corrections }, at }) => corrections.map((each) => ({ ...each, at }))),
      ...(cancelled.length + swapsOfOthers.length === 0 ? {} : { cancelled: [...cancelled, ...swapsOfOthers] }),
      locked,
    };
  }

  async #locked(from: Day, to: Day, ring: RecordRing | undefined, only: PersonId | undefined): Promise<ReadonlyMap<PersonId, readonly LockedDay[]>> {
    const papers = await this.#dependencies.store.papers({ kinds: ["month"], fromUtcDay: dayNumber(from) - ZONE_DAYS, ...(only === undefined ? {} : { subject: only }) }, ring);
    const found = new Map<PersonId, LockedDay[]>();
    for (const { subject, value } of papers) {
      const lock = lockOf(value);
      if (subject === null || lock === null) continue;
      const days = (unpackDays(subject, lock.days) ?? []).filter(({ day }) => day >= from && day <= to);
      found.set(subject, [...(found.get(subject) ?? []), ...days.map((result) => ({ result, lockedAt: lock.at }))]);
    }
    return found;
  }

  /** The own log is known to the present; one that was retired, or has come here for good, has nothing more to bring. */
  async #watermarks(now: EpochMs): Promise<readonly Watermark[]> {
    const { store, others } = this.#dependencies;
    const retired = new Set((await others.devices()).filter(({ endedAt }) => endedAt !== null).map(({ device }) => device));
    const known = (await others.watermarks()).filter(({ device }) => device !== store.deviceId);
    return [{ device: store.deviceId, untilMs: now }, ...known.map(({ device, untilMs }) => ({ device, untilMs: retired.has(device) ? now : untilMs }))];
  }
}

function approvedAt({ steps }: ExceptionRequest): EpochMs {
  return steps.findLast(({ action }) => action === "approved" || action === "special-case")?.at ?? (0 as EpochMs);
}

function spellsWithin(spells: readonly OutageSpell[], first: number, last: number): readonly OutageSpell[] {
  return spells.filter(({ fromMs, toMs }) => fromMs < (last + 1) * 86_400_000 && (toMs === null || toMs >= first * 86_400_000));
}

function lockOf(value: unknown): { readonly at: EpochMs; readonly days: string } | null {
  if (typeof value !== "object" || value === null || !("locked" in value)) return null;
  const { locked } = value;
  if (typeof locked !== "object" || locked === null || !("days" in locked) || !("at" in locked)) return null;
  return typeof locked.days === "string" && typeof locked.at === "number" ? { at: locked.at as EpochMs, days: locked.days } : null;
}
