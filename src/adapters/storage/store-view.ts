import type { SiteSettings } from "../../app/api/administration.ts";
import type { AdministratorRecord } from "../../app/ports/store.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { NO_STANDING } from "../../domain/attendance/standing.ts";
import type { Standing } from "../../domain/attendance/standing.ts";
import type { RoleKeyId, UserId } from "../../domain/people/access.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import { Held } from "./held.ts";

/** What the store shows of what it holds in memory. */
export class StoreView {
  protected readonly held = new Held();

  get settings(): SiteSettings | null {
    return this.held.settings;
  }

  get administrator(): AdministratorRecord | null {
    return this.held.administrator;
  }

  get erasures(): ErasureBook {
    return this.held.erasures;
  }

  get users(): ReadonlyMap<UserId, UserRecord> {
    return this.held.users;
  }

  get roles(): ReadonlyMap<RoleKeyId, RoleRecord> {
    return this.held.roles;
  }

  get people(): ReadonlyMap<PersonId, StoredPerson> {
    return this.held.people;
  }

  get templates(): ReadonlyMap<PersonId, SealedTemplate> {
    return this.held.templates;
  }

  get unreadableTemplates(): ReadonlySet<PersonId> {
    return this.held.unreadableTemplates;
  }

  findByNumber(employeeNumber: string): StoredPerson | undefined {
    return this.held.findByNumber(employeeNumber);
  }

  standing(personId: PersonId): Standing {
    return this.held.standings.get(personId) ?? NO_STANDING;
  }
}
