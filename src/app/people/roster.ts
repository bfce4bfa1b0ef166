import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { drawPin } from "../../domain/people/pin.ts";
import { checkRosterInput, saysTheSame } from "../../domain/people/roster.ts";
import type { CheckedInput } from "../../domain/people/roster.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { Consent, Locale, Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { People, PersonFailure, PersonInput, PersonRow, RosterFileFailure, RosterPreview } from "../api/administration.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { Observable } from "../observable.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { Change, Store, StoreFailure } from "../ports/store.ts";
import type { ReadSpreadsheet } from "../ports/spreadsheets.ts";
import { Pauses } from "../pauses.ts";
import type { Erasures } from "../rights/erasures.ts";
import { previewRoster, rosterHash } from "./roster-import.ts";
import type { RosterRows } from "./roster-rows.ts";
import { ownMark } from "../access/own-record.ts";

export interface RosterDependencies {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly rows: RosterRows;
  readonly erasures: Pick<Erasures, "withdraw" | "leave">;
  /** Id of the user who is signed in, for the log. */
  readonly by: () => string;
  readonly readSpreadsheet: ReadSpreadsheet;
}

export type TemplateFailure = Failure<"template/no-consent" | "template/no-such-person" | "template/storage-full" | "template/store-failed">;

/** The people of the site. Each step is one entry or more in the log, durable together with what it changes. */
export class Roster implements People {
  readonly rows: Observable<readonly PersonRow[]>;
  readonly #store: Store;
  readonly #secrets: Secrets;
  readonly #erasures: RosterDependencies["erasures"];
  readonly #by: () => string;
  readonly #readSpreadsheet: ReadSpreadsheet;

  constructor({ store, secrets, rows, erasures, by, readSpreadsheet }: RosterDependencies) {
    this.#readSpreadsheet = readSpreadsheet;
    this.#store = store;
    this.#secrets = secrets;
    this.#erasures = erasures;
    this.#by = by;
    this.rows = rows.rows;
  }

  async add(input: PersonInput): Promise<Result<Person, PersonFailure>> {
    const checked = checkRosterInput(input);
    if (!checked.ok) return checked;
    return this.#step(() => {
      if (this.#store.findByNumber(checked.value.employeeNumber)) return err({ kind: "person/number-taken", field: "employeeNumber" });
      const stored = this.#newPerson(checked.value);
      return ok({ change: { people: [stored], entries: [factsEntry("person-added", stored.person, this.#by())] }, outcome: stored.person });
    });
  }

  async update(id: PersonId, input: PersonInput): Promise<Result<Person, PersonFailure>> {
    const checked = checkRosterInput(input);
    if (!checked.ok) return checked;
    return this.#step(() => {
      const before = this.#store.people.get(id);
      if (!before) return err(failure("person/no-such"));
      const holder = this.#store.findByNumber(checked.value.employeeNumber);
      if (holder && holder.person.id !== id) return err({ kind: "person/number-taken", field: "employeeNumber" });
      const person: Person = { ...before.person, ...checked.value };
      if (saysTheSame(before.person, checked.value)) return ok({ change: null, outcome: before.person });
      return ok({ change: { people: [{ ...before, person }], entries: [factsEntry("person-changed", person, this.#by())] }, outcome: person });
    });
  }

  async leave(id: PersonId): Promise<Result<void, PersonFailure>> {
    return asPerson(await this.#erasures.leave(id, this.#by()));
  }

  preview(file: Blob): Promise<Result<RosterPreview, RosterFileFailure>> {
    return previewRoster(this.#store, file, this.#readSpreadsheet);
  }

  async importRoster(preview: RosterPreview, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<Result<{ readonly added: number; readonly changed: number }, PersonFailure>> {
    const contentHash = await rosterHash(preview.rows);
    try {
      return await this.#store.exclusively(async () => {
        const planned = await this.#plan(preview.rows);
        if (!planned.ok) return planned;
        const { people, added, changed } = planned.value;
        if (people.length === 0) return ok({ added, changed });
        const total = people.length;
        onProgress(0, total);
        const entry: EntryDraft = { type: "import", subject: null, body: { by: this.#by(), added, changed, unchanged: preview.rows.length - total, contentHash } };
        const written = await this.#store.commit({ people, entries: [entry] }, (done) => onProgress(done, total), signal);
        return written.ok ? ok({ added, changed }) : err(personFailure(written.error));
      });
    } catch (error) {
      return err(failure("person/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async issuePin(id: PersonId): Promise<Result<string, PersonFailure>> {
    const pin = drawPin(() => this.#secrets.random());
    const hash = await this.#secrets.hashPin(pin);
    if (!hash.ok) return err(failure("person/store-failed", hash.error.kind));
    return this.#step(() => {
      const before = this.#store.people.get(id);
      if (before?.person.status !== "active") return err(failure("person/no-such"));
      return ok({ change: { people: [{ ...before, pin: hash.value }], entries: [{ type: "pin-issued", subject: id, body: { by: this.#by(), personId: id, ...ownMark(this.#store, this.#by(), id) } }] }, outcome: pin });
    });
  }

  giveConsent(id: PersonId, noticeVersion: string, locale: Locale): Promise<Result<Consent, PersonFailure>> {
    return this.#step(() => {
      const before = this.#store.people.get(id);
      if (before?.person.status !== "active") return err(failure("person/no-such"));
      const givenAt = this.#store.now().wallMs;
      const consent: Consent = { personId: id, noticeVersion, locale, givenAt };
      const consents = [...withdrawn(before.consents, givenAt), consent];
      return ok({
        change: { people: [{ ...before, consents }], entries: [{ type: "consent-given", subject: id, body: { by: this.#by(), personId: id, noticeVersion, locale } }] },
        outcome: consent,
      });
    });
  }

  async withdrawConsent(id: PersonId): Promise<Result<void, PersonFailure>> {
    return asPerson(await this.#erasures.withdraw(id, this.#by()));
  }

  /**
   * Keeps a person's template, in place of any earlier one, together with its entry in the log. The consent is checked
   * at that moment; the matcher is told by the caller, afterwards.
   */
  async storeTemplate(row: SealedTemplate): Promise<Result<void, TemplateFailure>> {
    const { personId, profile, modelSet, references } = row;
    try {
      return await this.#store.exclusively(async () => {
        const stored = this.#store.people.get(personId);
        if (stored?.person.status !== "active") return err(failure("template/no-such-person"));
        if (!consentInForce(stored)) return err(failure("template/no-consent"));
        const entry: EntryDraft = { type: "enrolled", subject: personId, body: { by: this.#by(), personId, profile, modelSet, references } };
        const written = await this.#store.commit({ storeTemplate: row, entries: [entry] });
        if (written.ok) return ok();
        return err(written.error.kind === "store/full" ? failure("template/storage-full") : failure("template/store-failed", written.error.detail));
      });
    } catch (error) {
      return err(failure("template/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async #step<T>(decide: () => Result<{ readonly change: Change | null; readonly outcome: T }, PersonFailure>): Promise<Result<T, PersonFailure>> {
    try {
      return await this.#store.exclusively(async () => {
        const decided = decide();
        if (!decided.ok) return decided;
        const { change, outcome } = decided.value;
        if (!change) return ok(outcome);
        const written = await this.#store.commit(change);
        return written.ok ? ok(outcome) : err(personFailure(written.error));
      });
    } catch (error) {
      return err(failure("person/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** What an import writes: people that are new or whose line says something new. */
  async #plan(rows: readonly PersonInput[]): Promise<Result<{ readonly people: readonly StoredPerson[]; readonly added: number; readonly changed: number }, PersonFailure>> {
    const pauses = new Pauses();
    const people = new Map<string, StoredPerson>();
    let added = 0;
    for (const row of rows) {
      await pauses.ifDue();
      const checked = checkRosterInput(row);
      if (!checked.ok) return checked;
      const before = this.#store.findByNumber(checked.value.employeeNumber);
      if (before && saysTheSame(before.person, checked.value)) continue;
      const after = before ? { ...before, person: back(before.person, checked.value) } : this.#newPerson(checked.value);
      if (!before) added++;
      people.set(after.person.id, after);
    }
    return ok({ people: [...people.values()], added, changed: people.size - added });
  }

  #newPerson(input: CheckedInput): StoredPerson {
    const person: Person = { id: this.#secrets.randomId() as PersonId, ...input, status: "active", addedAt: this.#store.now().wallMs };
    return { person, consents: [], pin: null };
  }
}

/** Somebody on a roster is with the site, also when they had left before. */
function back(person: Person, input: CheckedInput): Person {
  const { leftAt, ...rest } = person;
  return person.status === "left" || leftAt === undefined ? { ...rest, ...input, status: "active" } : { ...person, ...input };
}

function withdrawn(consents: readonly Consent[], at: Consent["givenAt"]): readonly Consent[] {
  return consents.map((consent) => (consent.withdrawnAt === undefined ? { ...consent, withdrawnAt: at } : consent));
}

function factsEntry(type: "person-added" | "person-changed", person: Person, by: string): EntryDraft {
  const { id, employeeNumber, name, department, employmentType } = person;
  return { type, subject: id, body: { by, personId: id, employeeNumber, name, department, employmentType } };
}

function personFailure(error: StoreFailure): PersonFailure {
  if (error.kind === "store/retired") return failure("person/retired");
  return error.kind === "store/full" ? failure("person/storage-full") : failure("person/store-failed", error.detail);
}

function asPerson(outcome: Result<void, RightsFailure>): Result<void, PersonFailure> {
  if (outcome.ok) return outcome;
  const { kind } = outcome.error;
  if (kind === "rights/no-such-person") return err(failure("person/no-such"));
  return err(kind === "rights/storage-full" ? failure("person/storage-full") : failure("person/store-failed", kind));
}
