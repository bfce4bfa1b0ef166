import { numberOrder } from "../../domain/people/roster.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { PersonRow } from "../api/administration.ts";
import { Pauses } from "../pauses.ts";
import { Subject } from "../observable.ts";
import type { Store, StoreChange } from "../ports/store.ts";

/** More people than this are worked in together, and in steps. */
const FEW = 50;

interface Placed {
  readonly order: string;
  readonly row: PersonRow;
}

/** The roster as administration sees it, kept in order while the store changes. */
export class RosterRows {
  readonly rows = new Subject<readonly PersonRow[]>([]);
  #placed: Placed[] = [];
  #version = 0;
  #building = false;
  #otherModel: ReadonlySet<PersonId> = new Set();

  constructor(private readonly store: Store) {
    this.#rebuild();
    store.subscribe((change) => this.#follow(change));
  }

  /** People whose template was made with other models than the ones in use. */
  setOtherModel(people: ReadonlySet<PersonId>): void {
    if (people.size === 0 && this.#otherModel.size === 0) return;
    this.#otherModel = people;
    this.#rebuild();
  }

  #follow(change: StoreChange): void {
    if (change.all || change.people.length > FEW || (this.#building && change.people.length > 0)) {
      this.#rebuild();
      return;
    }
    if (change.people.length === 0) return;
    for (const id of change.people) this.#replace(id);
    this.#publish();
  }

  #replace(id: PersonId): void {
    const at = this.#placed.findIndex(({ row }) => row.person.id === id);
    if (at >= 0) this.#placed.splice(at, 1);
    const placed = this.#place(id);
    if (!placed) return;
    let low = 0;
    let high = this.#placed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#placed[middle]?.order ?? "") < placed.order) low = middle + 1;
      else high = middle;
    }
    this.#placed.splice(low, 0, placed);
  }

  #rebuild(): void {
    if (this.store.people.size > FEW) {
      this.#building = true;
      void this.#rebuildInSteps();
      return;
    }
    this.#version++;
    this.#sort([...this.store.people.keys()].flatMap((id) => this.#place(id) ?? []));
  }

  /** The same for more than a few, without holding the page up. A later change begins it anew. */
  async #rebuildInSteps(): Promise<void> {
    const version = ++this.#version;
    const pauses = new Pauses();
    const placed: Placed[] = [];
    for (const id of [...this.store.people.keys()]) {
      const one = this.#place(id);
      if (one) placed.push(one);
      await pauses.ifDue();
      if (version !== this.#version) return;
    }
    this.#sort(placed);
  }

  #sort(placed: Placed[]): void {
    this.#building = false;
    this.#placed = placed.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    this.#publish();
  }

  #place(id: PersonId): Placed | null {
    const stored = this.store.people.get(id);
    if (!stored) return null;
    const { person, pin } = stored;
    const template = this.store.templates.get(id);
    const consent = consentInForce(stored) ?? stored.consents.at(-1);
    const last = this.store.standing(id).accepted[0]?.punch;
    return {
      order: numberOrder(person.employeeNumber),
      row: {
        person,
        face: template ? (this.#otherModel.has(id) ? "other-model" : "enrolled") : this.store.unreadableTemplates.has(id) ? "unreadable" : "none",
        ...(template ? { enrolledAt: template.createdAtMs as EpochMs } : {}),
        ...(consent ? { consent } : {}),
        hasPin: pin !== null,
        ...(last ? { lastPunch: last } : {}),
      },
    };
  }

  #publish(): void {
    this.rows.next(this.#placed.map(({ row }) => row));
  }
}
