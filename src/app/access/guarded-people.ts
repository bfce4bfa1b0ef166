import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Operation } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { AdministratorSession, People, PersonRow } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { Store } from "../ports/store.ts";
import type { History } from "../backup/ports.ts";
import type { SessionAccess } from "./session-access.ts";

export interface Gate {
  readonly access: SessionAccess;
  readonly store: Store;
  readonly session: Observable<AdministratorSession | null>;
  /** Logs of other devices that a backup brought. */
  readonly history?: Pick<History, "entries">;
  /** What other tablets of the site recorded. */
  readonly others?: Pick<OtherDevices, "entries" | "subscribe">;
}

/** {@link People} for whoever is signed in: each step asks for the right to it, and the list ends where the held roles do. */
export function guardedPeople(gate: Gate, raw: People): People {
  const { access } = gate;
  const allowed = (operations: readonly Operation[], id?: PersonId): Result<void, AccessFailure> => {
    for (const operation of operations) {
      const checked = access.check(operation, id);
      if (!checked.ok) return checked;
    }
    return ok();
  };
  const gated = async <T, E>(operations: readonly Operation[], id: PersonId | undefined, work: () => Promise<Result<T, E>>): Promise<Result<T, E | AccessFailure>> => {
    const may = allowed(operations, id);
    return may.ok ? work() : may;
  };
  return {
    rows: new ShownRows(gate, raw.rows),
    add: (input) => gated(["people.write"], undefined, () => raw.add(input)),
    update: (id, input) => gated(["people.write"], id, () => raw.update(id, input)),
    leave: (id) => gated(["people.write", "people.erase"], id, () => raw.leave(id)),
    preview: (file) => gated(["people.write"], undefined, () => raw.preview(file)),
    importRoster: (preview, onProgress, signal) => gated(["people.write"], undefined, () => raw.importRoster(preview, onProgress, signal)),
    issuePin: (id) => gated(["people.pin"], id, () => raw.issuePin(id)),
    giveConsent: (id, noticeVersion, locale) => gated(["people.consent"], id, () => raw.giveConsent(id, noticeVersion, locale)),
    withdrawConsent: (id) => gated(["people.consent", "people.erase"], id, () => raw.withdrawConsent(id)),
  };
}

/** The rows that the signed-in user's roles open. Empty until the entry that says who looked is written, and without it. */
export class ShownRows implements Observable<readonly PersonRow[]> {
  readonly #shown = new Subject<readonly PersonRow[]>([]);
  /** When the session began whose look was written down. */
  #loggedFor: AdministratorSession["since"] | null = null;
  #logging = false;

  constructor(
    private readonly gate: Gate,
    private readonly rows: Observable<readonly PersonRow[]>,
  ) {
    const follow = (): void => this.#follow();
    rows.subscribe(follow);
    gate.session.subscribe(follow);
    gate.store.subscribe(follow);
  }

  get value(): readonly PersonRow[] {
    this.#follow();
    return this.#shown.value;
  }

  subscribe(listener: (rows: readonly PersonRow[]) => void): () => void {
    const stop = this.#shown.subscribe(listener);
    this.#follow();
    return stop;
  }

  #follow(): void {
    const { access, session } = this.gate;
    const since = session.value?.since ?? null;
    if (since === null || !access.check("people.read").ok) {
      if (since === null) this.#loggedFor = null;
      this.#show([]);
      return;
    }
    if (this.#loggedFor === since) {
      this.#show(this.#reached());
      return;
    }
    if (!this.#logging && this.#reached().length > 0) void this.#look(since);
  }

  async #look(since: AdministratorSession["since"]): Promise<void> {
    const { access } = this.gate;
    const { actor } = access;
    if (!actor) return;
    this.#logging = true;
    const viewed = await access.viewed({ what: "people", department: access.departmentOf(actor, "people.read"), people: this.#reached().length });
    this.#logging = false;
    if (!viewed.ok || this.gate.session.value?.since !== since) return;
    this.#loggedFor = since;
    this.#follow();
  }

  #reached(): readonly PersonRow[] {
    const reach = this.gate.access.ring?.reach;
    return reach ? this.rows.value.filter(({ person }) => reach.has(person.id)) : [];
  }

  #show(rows: readonly PersonRow[]): void {
    const { value } = this.#shown;
    if (rows.length !== value.length || rows.some((row, index) => row !== value[index])) this.#shown.next(rows);
  }
}

