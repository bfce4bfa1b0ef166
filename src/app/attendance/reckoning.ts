import type { ApprovedCorrection, ApprovedSpell, CancelledRequest, DayResult, EngineInput, EnginePerson, EnginePunch } from "../../domain/attendance/engine/types.ts";
import type { EntryType } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import { groupedBy } from "../../domain/grouped.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, DayResults, PersonDays } from "../api/attendance.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { Store } from "../ports/store.ts";
import { AttendanceFacts } from "./facts.ts";
import type { Facts, FactsDependencies } from "./facts.ts";
import { computableOf, Reckoned } from "./reckoned.ts";
import type { DayComputer, Reckoning, ReckonOptions, ReckonQuery } from "./ports.ts";

/** Entries after which a day can be another. Looking at one is none of them. */
const CHANGING: ReadonlySet<EntryType> = new Set<EntryType>([
  "punch", "punch-direction", "punch-undone", "made-up", "corrected", "outage", "boot", "person-added", "person-changed", "person-left", "import", "erased",
  "rules", "plan", "request-step", "month-locked", "month-closed", "setup", "settings", "restored", "device-end",
]);
/** Of those the ones that the log itself counts for each person. */
const OF_ONE_PERSON: ReadonlySet<EntryType> = new Set<EntryType>(["punch", "punch-direction", "punch-undone"]);
/** More new entries than that hold one of those. */
const LOOK_AT_MOST = 200;
/** Time alone brings a day to its end, milliseconds. */
const AGAIN_AFTER_MS = 5 * 60_000;
/** What a person's own view read is let go of, milliseconds. */
const OWN_KEPT_MS = 2 * 60_000;

export interface ReckoningDependencies extends Omit<FactsDependencies, "store" | "others"> {
  readonly store: FactsDependencies["store"] & Pick<Store, "subscribe">;
  readonly others: FactsDependencies["others"] & Pick<OtherDevices, "subscribe">;
  readonly computer: DayComputer;
  /** Nobody is signed in when it is null: what was read for a session goes with it. */
  readonly session: Observable<unknown>;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** {@link Reckoning} over the log and the papers. Works out again what can have become another, and nothing else. */
export class LogReckoning implements Reckoning {
  readonly revision = new Subject(0);
  readonly #dependencies: ReckoningDependencies;
  readonly #facts: AttendanceFacts;
  #reckoned = new Reckoned();
  #length: number;
  #forgetOwn: () => void = () => undefined;

  constructor(dependencies: ReckoningDependencies) {
    this.#dependencies = dependencies;
    this.#facts = new AttendanceFacts(dependencies);
    this.#length = dependencies.store.length;
    const { store, others, rules, session } = dependencies;
    store.subscribe(({ all, papers }) => {
      if (all) this.#forget();
      if (all || papers?.some((kind) => kind === "request" || kind === "plan" || kind === "month") === true) this.#grow(true);
      else void this.#look();
    });
    others.subscribe(() => {
      this.#forget();
      this.#grow(true);
    });
    rules.book.subscribe(() => this.#grow(true));
    session.subscribe((now) => {
      if (now === null) this.#forget();
    });
    this.#again();
  }

  async days({ from, to, people }: ReckonQuery, options: ReckonOptions = {}): Promise<Result<DayResults, AttendanceFailure>> {
    const { ring, asIf, signal, onProgress } = options;
    const { store, rules } = this.#dependencies;
    const book = options.book ?? rules.book.value;
    const those = [...new Set(people)].filter((id) => store.people.has(id) && (ring === undefined || ring.reach.has(id)));
    const total = those.length * 2;
    const tell = (done: number): void => onProgress?.({ done: Math.floor(done), total });
    const before = this.#reckoned;
    let facts: Facts;
    try {
      facts = await this.#facts.read({ from, to, people: those, book, ring, withoutLocks: options.withoutLocks === true }, (share) => tell(share * those.length), signal);
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    } finally {
      if (ring === undefined) this.#forgetOwnLater();
    }
    if (signal?.aborted === true) return err(failure("attendance/cancelled"));
    const input: EngineInput = { ...computableOf(facts), book, people: asIf === undefined ? facts.people : facts.people.map((person) => withAsIf(person, asIf)) };
    // Other rules, open locks and what was not decided are asked for once.
    const kept = ring !== undefined && asIf === undefined && options.book === undefined && options.withoutLocks !== true ? before : null;
    const computed = await this.#compute(input, facts, kept, ring, (done) => tell(those.length + done), signal);
    if (!computed.ok) return computed;
    return ok({ people: this.#together(facts.people, computed.value), watermarks: facts.watermarks, outages: facts.outages, asOf: { at: facts.now, seq: facts.seq } });
  }

  async #compute(input: EngineInput, facts: Facts, kept: Reckoned | null, ring: ReckonOptions["ring"], tell: (done: number) => void, signal: AbortSignal | undefined): Promise<Result<ReadonlyMap<PersonId, readonly DayResult[]>, AttendanceFailure>> {
    const known = kept === null || ring === undefined ? new Map<PersonId, readonly DayResult[]>() : kept.known(ring, input, facts.versions);
    const people = input.people.filter(({ personId }) => !known.has(personId));
    tell(known.size);
    const computed = people.length === 0 ? ok<readonly DayResult[]>([]) : await this.#dependencies.computer.compute({ ...input, people }, ({ done }) => tell(known.size + done), signal);
    if (!computed.ok) return computed;
    const all = new Map(known);
    const fresh = groupedBy(computed.value, ({ personId }) => personId);
    for (const { personId } of people) all.set(personId, fresh.get(personId) ?? []);
    if (kept !== null && ring !== undefined) kept.keep(ring, input, facts.versions, all);
    return ok(all);
  }

  #together(people: readonly EnginePerson[], days: ReadonlyMap<PersonId, readonly DayResult[]>): readonly PersonDays[] {
    return people.flatMap(({ personId }) => {
      const person = this.#dependencies.store.people.get(personId)?.person;
      return person === undefined ? [] : [{ person, days: days.get(personId) ?? [] }];
    });
  }

  /** @param everything all that was worked out can be another */
  #grow(everything: boolean): void {
    if (everything) this.#reckoned = new Reckoned();
    this.revision.next(this.revision.value + 1);
  }

  /** Whether what was appended changes a day: an entry that says who looked does not, or looking would never end. */
  async #look(): Promise<void> {
    const { store } = this.#dependencies;
    const count = store.length - this.#length;
    this.#length = store.length;
    if (count <= 0) return;
    const entries = count > LOOK_AT_MOST ? null : await store.latest(count).catch(() => null);
    if (entries === null) this.#grow(true);
    else if (entries.some(({ header }) => CHANGING.has(header.type))) this.#grow(entries.some(({ header }) => CHANGING.has(header.type) && !OF_ONE_PERSON.has(header.type)));
  }

  #forget(): void {
    this.#facts.forget();
    this.#reckoned = new Reckoned();
  }

  #forgetOwnLater(): void {
    this.#forgetOwn();
    this.#forgetOwn = this.#dependencies.after(OWN_KEPT_MS, () => this.#facts.forgetOwn());
  }

  #again(): void {
    this.#dependencies.after(AGAIN_AFTER_MS, () => {
      this.#grow(false);
      this.#again();
    });
  }
}

interface AsIf {
  readonly personId: PersonId;
  readonly punches?: readonly EnginePunch[];
  readonly spells?: readonly ApprovedSpell[];
  readonly corrections?: readonly ApprovedCorrection[];
  readonly cancelled?: readonly CancelledRequest[];
}

function withAsIf(person: EnginePerson, { personId, punches = [], spells = [], corrections = [], cancelled = [] }: AsIf): EnginePerson {
  if (person.personId !== personId) return person;
  const gone = new Set(cancelled.map(({ requestId }) => requestId));
  return {
    ...person,
    punches: [...person.punches, ...punches],
    spells: [...person.spells.filter(({ requestId }) => !gone.has(requestId)), ...spells],
    corrections: [...person.corrections, ...corrections],
    ...(cancelled.length === 0 ? {} : { cancelled: [...(person.cancelled ?? []), ...cancelled] }),
  };
}
