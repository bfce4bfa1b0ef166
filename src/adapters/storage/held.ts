import type { SiteSettings } from "../../app/api/administration.ts";
import type { AdministratorRecord, Change } from "../../app/ports/store.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Standing } from "../../domain/attendance/standing.ts";
import type { RoleKeyId, UserId } from "../../domain/people/access.ts";
import { NO_ERASURES } from "../../domain/people/erasure.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import { numberKey } from "../../domain/people/roster.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";

/** What the store holds in memory: everything but the log. */
export class Held {
  readonly people = new Map<PersonId, StoredPerson>();
  readonly standings = new Map<PersonId, Standing>();
  readonly templates = new Map<PersonId, SealedTemplate>();
  /** Id of the row that each template lies in. */
  readonly templateIds = new Map<PersonId, string>();
  readonly unreadableTemplates = new Set<PersonId>();
  readonly users: Map<UserId, UserRecord> = new Map<UserId, UserRecord>();
  readonly roles: Map<RoleKeyId, RoleRecord> = new Map<RoleKeyId, RoleRecord>();
  settings: SiteSettings | null = null;
  administrator: AdministratorRecord | null = null;
  erasures: ErasureBook = NO_ERASURES;
  readonly #numbers = new Map<string, PersonId>();

  findByNumber(employeeNumber: string): StoredPerson | undefined {
    const id = this.#numbers.get(numberKey(employeeNumber));
    return id === undefined ? undefined : this.people.get(id);
  }

  keepPerson(stored: StoredPerson): void {
    const { id, employeeNumber } = stored.person;
    this.#forgetNumber(id);
    this.people.set(id, stored);
    this.#numbers.set(numberKey(employeeNumber), id);
  }

  keepTemplate(template: SealedTemplate, rowId: string): void {
    this.templates.set(template.personId, template);
    this.templateIds.set(template.personId, rowId);
    this.unreadableTemplates.delete(template.personId);
  }

  dropTemplate(id: PersonId): void {
    this.templates.delete(id);
    this.templateIds.delete(id);
    this.unreadableTemplates.delete(id);
  }

  dropPerson(id: PersonId): void {
    this.#forgetNumber(id);
    this.people.delete(id);
    this.standings.delete(id);
    this.templates.delete(id);
    this.templateIds.delete(id);
  }

  clearPeople(): void {
    this.people.clear();
    this.standings.clear();
    this.templates.clear();
    this.templateIds.clear();
    this.#numbers.clear();
  }

  /** What a commit has made durable, but people and templates. */
  keepRest(change: Pick<Change, "settings" | "administrator" | "erasures" | "users" | "roles">): void {
    if (change.settings) this.settings = change.settings;
    if (change.administrator) this.administrator = change.administrator;
    if (change.erasures) this.erasures = change.erasures;
    for (const user of change.users ?? []) this.users.set(user.id, user);
    for (const role of change.roles ?? []) this.roles.set(role.id, role);
  }

  #forgetNumber(id: PersonId): void {
    const before = this.people.get(id);
    if (!before) return;
    const key = numberKey(before.person.employeeNumber);
    // Another person may have been given the number meanwhile.
    if (this.#numbers.get(key) === id) this.#numbers.delete(key);
  }
}
