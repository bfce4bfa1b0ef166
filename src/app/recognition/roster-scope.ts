import type { PersonId } from "../../domain/people/types.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { Observable } from "../observable.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";

export interface RosterScopeDependencies {
  readonly recogniser: Pick<Recogniser, "setRoster">;
  readonly store: Pick<Store, "people" | "subscribe">;
  /** Null before set-up. */
  readonly settings: Observable<Pick<SiteSettings, "recognition"> | null>;
  /** Others are on the roster than before. */
  readonly changed: () => void;
}

/** Tells the matcher who is on the site's roster: the active people of the departments that the site has named. */
export class RosterScope {
  readonly #dependencies: RosterScopeDependencies;
  #people: ReadonlySet<PersonId> | null;

  constructor(dependencies: RosterScopeDependencies) {
    this.#dependencies = dependencies;
    this.#people = this.#wanted();
    dependencies.store.subscribe(() => void this.#follow());
    dependencies.settings.subscribe(() => void this.#follow());
  }

  /** Null when everybody is compared with. */
  get people(): ReadonlySet<PersonId> | null {
    return this.#people;
  }

  /** After the matcher was started or loaded anew. */
  async tell(): Promise<void> {
    await this.#dependencies.recogniser.setRoster(this.#people === null ? null : [...this.#people]);
  }

  async #follow(): Promise<void> {
    const wanted = this.#wanted();
    if (isSame(wanted, this.#people)) return;
    this.#people = wanted;
    await this.tell();
    this.#dependencies.changed();
  }

  #wanted(): ReadonlySet<PersonId> | null {
    const policy = this.#dependencies.settings.value?.recognition;
    if (policy?.comparison !== "roster") return null;
    const departments = new Set(policy.rosterDepartments);
    const people = new Set<PersonId>();
    for (const { person } of this.#dependencies.store.people.values()) {
      if (person.status === "active" && departments.has(person.department)) people.add(person.id);
    }
    return people;
  }
}

function isSame(one: ReadonlySet<PersonId> | null, other: ReadonlySet<PersonId> | null): boolean {
  if (one === null || other === null) return one === other;
  return one.size === other.size && [...one].every((personId) => other.has(personId));
}
