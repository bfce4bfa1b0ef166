import * as v from "valibot";
import { failure } from "../../domain/errors.ts";
import type { Operation } from "../../domain/people/access.ts";
import type { ErasureCertificate } from "../../domain/people/erasure-certificate.ts";
import type { DoneErasure, PendingErasure } from "../../domain/people/erasure.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { UserId } from "../../domain/people/access.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { shownUntil } from "../../domain/retention/due.ts";
import type { DueErasure } from "../../domain/retention/due.ts";
import { retentionScheduleSchema, scheduleOf } from "../../domain/retention/schedule.ts";
import type { RetentionSchedule } from "../../domain/retention/schedule.ts";
import type { ErasureRow, FrozenFace, PersonRights, RetentionOverview, RightsFailure, RightsOf, Whom } from "../api/rights.ts";
import { Subject } from "../observable.ts";
import type { Access, Actor } from "../ports/access.ts";
import type { Store } from "../ports/store.ts";
import { makeCertificate } from "./certificates.ts";
import type { DeviceSigner } from "./certificates.ts";
import type { Erasures } from "./erasures.ts";
import { rightsFailure } from "./erasures.ts";
import type { Freezes } from "./freezes.ts";
import type { Retention } from "./retention.ts";

export interface PersonRightsDependencies {
  readonly store: Store;
  readonly access: Access;
  readonly erasures: Erasures;
  readonly freezes: Freezes;
  readonly retention: Retention;
  readonly signer: DeviceSigner;
}

/** {@link PersonRights} for whoever is signed in. */
export class SitePersonRights implements PersonRights {
  readonly revision = new Subject(0);
  readonly #dependencies: PersonRightsDependencies;
  /** What came with requests, as it was when it was last gone through: requests have to be opened for it. */
  #enclosures: readonly DueErasure[] = [];
  #stale = true;

  constructor(dependencies: PersonRightsDependencies) {
    this.#dependencies = dependencies;
    dependencies.store.subscribe(({ all, papers }) => {
      if (all || papers?.includes("request") === true) this.#stale = true;
      this.revision.next(this.revision.value + 1);
    });
  }

  of(personId: PersonId): RightsOf | null {
    const { store, access, retention } = this.#dependencies;
    const stored = store.people.get(personId);
    if (!stored || !access.check("people.read", personId).ok) return null;
    const { pending, done } = store.erasures;
    return {
      frozen: this.#frozen(personId),
      hold: stored.hold === true,
      erasures: [...pending, ...done].filter((one) => one.personId === personId).reverse(),
      ends: [...retention.endsOf(personId), ...this.#enclosureEnds().filter((one) => one.personId === personId)],
    };
  }

  eraseFace(personId: PersonId): Promise<Result<void, RightsFailure>> {
    return this.#allowed("people.erase", personId, ({ userId }) => this.#dependencies.erasures.eraseFace(personId, userId));
  }

  eraseRecord(personId: PersonId): Promise<Result<ErasureCertificate | null, RightsFailure>> {
    const { erasures, store, signer } = this.#dependencies;
    return this.#allowed("people.erase", personId, async ({ userId }) => {
      const done = await erasures.eraseRecord(personId, userId);
      if (!done.ok) return done;
      return done.value === null ? ok(null) : makeCertificate(store, signer, done.value, erasures.knownAs(done.value));
    });
  }

  freeze(whom: Whom, reason: string): Promise<Result<void, RightsFailure>> {
    return this.#whomever("face.freeze", whom, (id, { userId }) => this.#dependencies.freezes.freeze(id, userId, reason));
  }

  askRelease(whom: Whom): Promise<Result<void, RightsFailure>> {
    return this.#whomever("face.release", whom, (id, { userId }) => this.#dependencies.freezes.askRelease(id, userId));
  }

  release(whom: Whom): Promise<Result<void, RightsFailure>> {
    return this.#whomever("face.release", whom, (id, { userId }) => this.#dependencies.freezes.release(id, userId));
  }

  setHold(personId: PersonId, on: boolean): Promise<Result<void, RightsFailure>> {
    return this.#allowed("people.hold", personId, ({ userId }) => this.#dependencies.freezes.setHold(personId, on, userId));
  }

  certificate(number: string): Promise<Result<ErasureCertificate, RightsFailure>> {
    const { store, access, erasures, signer } = this.#dependencies;
    return this.#allowed("certificates.read", undefined, async () => {
      const done = store.erasures.done.find(({ certificate }) => certificate === number);
      if (!done) return err(failure("rights/no-certificate"));
      if (store.people.has(done.personId)) {
        const seen = await access.viewed({ what: "certificate", personId: done.personId });
        if (!seen.ok) return seen;
      }
      return makeCertificate(store, signer, done, erasures.knownAs(done));
    });
  }

  overview(): RetentionOverview | null {
    const { store, access, retention } = this.#dependencies;
    if (!access.check("people.read").ok || !access.check("certificates.read").ok) return null;
    const until = shownUntil(store.now().wallMs);
    const coming = [...[...store.people.keys()].flatMap((id) => retention.endsOf(id)), ...this.#enclosureEnds()].filter(({ dueAt }) => dueAt <= until);
    return {
      schedule: scheduleOf(store.settings),
      coming: coming.sort((a, b) => a.dueAt - b.dueAt).map((erasure) => this.#row(erasure)),
      pending: store.erasures.pending.map((erasure) => this.#row(erasure)),
      done: store.erasures.done.map((erasure) => this.#row(erasure)).reverse(),
      lastRunAt: store.erasures.scheduledRunAt,
      doubt: retention.doubt,
    };
  }

  changeSchedule(schedule: RetentionSchedule): Promise<Result<void, RightsFailure>> {
    const { store } = this.#dependencies;
    const checked = v.safeParse(retentionScheduleSchema, schedule);
    if (!checked.success) return Promise.resolve(err(failure("rights/bad-input")));
    // How long people's data are kept is decided by who answers for the data, not by who keeps the tablet.
    return this.#allowed("people.erase", undefined, async ({ userId }) => {
      try {
        return await store.exclusively(async () => {
          if (!store.settings) return err(failure("rights/store-failed", "not set up"));
          const written = await store.commit({ settings: { ...store.settings, retention: checked.output }, entries: [{ type: "settings", subject: null, body: { by: userId, changed: ["retention"] } }] });
          this.#stale = true;
          return written.ok ? ok() : err(rightsFailure(written.error));
        });
      } catch (error) {
        return err(failure("rights/store-failed", error instanceof Error ? error.name : undefined));
      }
    });
  }

  async runSchedule(clockConfirmed: boolean): Promise<Result<{ readonly erased: number }, RightsFailure>> {
    const ran = await this.#allowed("people.erase", undefined, () => this.#dependencies.retention.run(clockConfirmed));
    this.revision.next(this.revision.value + 1);
    return ran;
  }

  /** What is known of it now; whoever looks is told when there is more. Whose record is gone, or held since, is known at once. */
  #enclosureEnds(): readonly DueErasure[] {
    const { store } = this.#dependencies;
    if (this.#stale) void this.#goThrough();
    return this.#enclosures.flatMap((one) => {
      const stored = store.people.get(one.personId);
      return stored === undefined ? [] : [{ ...one, held: stored.hold === true }];
    });
  }

  async #goThrough(): Promise<void> {
    this.#stale = false;
    try {
      this.#enclosures = await this.#dependencies.retention.enclosures();
      this.revision.next(this.revision.value + 1);
    } catch {
      // The store was closed, or another epoch began meanwhile: the next look tries again.
      this.#stale = true;
    }
  }

  #frozen(personId: PersonId): FrozenFace | null {
    const { store, access } = this.#dependencies;
    const frozen = store.people.get(personId)?.frozen;
    if (!frozen) return null;
    const nameOf = (id: string): string | null => (id === "self" ? null : (store.users.get(id as UserId)?.name ?? id));
    return {
      at: frozen.at,
      by: nameOf(frozen.by),
      reason: frozen.reason,
      releaseAskedBy: frozen.releaseAskedBy === undefined ? null : nameOf(frozen.releaseAskedBy),
      askedByYou: frozen.releaseAskedBy !== undefined && frozen.releaseAskedBy === access.actor?.userId,
    };
  }

  #row<T extends DueErasure | PendingErasure | DoneErasure>(erasure: T): ErasureRow<T> {
    const { store, erasures } = this.#dependencies;
    const as = "certificate" in erasure ? erasures.knownAs(erasure) : null;
    const person = store.people.get(erasure.personId)?.person;
    return { erasure, employeeNumber: as?.employeeNumber ?? person?.employeeNumber ?? null, name: as?.name ?? person?.name ?? null };
  }

  /** By the number, whoever has none learns no more than that. */
  #whomever(operation: Operation, whom: Whom, work: (id: PersonId, actor: Actor) => Promise<Result<void, RightsFailure>>): Promise<Result<void, RightsFailure>> {
    const { store } = this.#dependencies;
    const id = typeof whom === "string" ? whom : store.findByNumber(whom.employeeNumber)?.person.id;
    return this.#allowed(operation, id, (actor) => (id === undefined ? Promise.resolve(err(failure("rights/no-such-person"))) : work(id, actor)));
  }

  async #allowed<T>(operation: Operation, personId: PersonId | undefined, work: (actor: Actor) => Promise<Result<T, RightsFailure>>): Promise<Result<T, RightsFailure>> {
    const { access } = this.#dependencies;
    const allowed = access.check(operation, personId);
    return allowed.ok ? work(allowed.value) : allowed;
  }
}
