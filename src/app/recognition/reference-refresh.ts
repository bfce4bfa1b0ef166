import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import { mayRefresh } from "../../domain/biometrics/refreshing.ts";
import type { RefreshFacts } from "../../domain/biometrics/refreshing.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";

/** A person who was taken for another says so on the screen that names them; nobody can any more after this. */
const TAKEN_BACK_WITHIN_MS = 15_000;

export interface ReferenceRefreshDependencies {
  readonly recogniser: Pick<Recogniser, "sealRefreshed">;
  readonly store: Pick<Store, "settings" | "people" | "templates" | "standing" | "now" | "exclusively" | "commit">;
  readonly scheduler: Scheduler;
  readonly point: () => OperatingPoint;
  /** Null while it is not known yet who looks like whom. */
  readonly lookAlikesOf: (personId: PersonId) => readonly PersonId[] | null;
  /** In the gallery: more people than a probe was compared with where the person had typed their number first. */
  readonly people: () => number;
}

/**
 * Puts a probe from the door beside a person's enrolled references, where the site allows it and the probe is beyond
 * doubt. It takes the place of the last one that came so; the enrolled references stay as they are. The matcher hears of
 * it from the store.
 */
export class ReferenceRefresh {
  readonly #dependencies: ReferenceRefreshDependencies;

  constructor(dependencies: ReferenceRefreshDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * After a punch by face. It waits for the time in which the person can take the punch back.
   *
   * @returns whether the reference was refreshed; nothing is wrong when it was not
   */
  async offer(personId: PersonId, probe: Float32Array, facts: RefreshFacts): Promise<Result<boolean, Failure>> {
    if (this.#beyondDoubt(personId, facts) === null) return ok(false);
    const own = probe.slice();
    try {
      await new Promise<void>((resolve) => this.#dependencies.scheduler.after(TAKEN_BACK_WITHIN_MS, resolve));
      const row = this.#beyondDoubt(personId, facts);
      if (row === null || this.#dependencies.store.standing(personId).latest?.punch.status === "undone") return ok(false);
      return await this.#refresh(row, own);
    } finally {
      own.fill(0);
    }
  }

  async #refresh(row: SealedTemplate, probe: Float32Array): Promise<Result<boolean, Failure>> {
    const { recogniser, store } = this.#dependencies;
    const sealed = await recogniser.sealRefreshed(row, probe, store.now().wallMs);
    if (!sealed.ok) return sealed;
    try {
      return await store.exclusively(() => this.#keep(row, sealed.value));
    } catch (error) {
      return err(failure("template/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /** The template that may be refreshed; null when there is any doubt. */
  #beyondDoubt(personId: PersonId, facts: RefreshFacts): SealedTemplate | null {
    const { store, point, lookAlikesOf, people } = this.#dependencies;
    const row = this.#allowed(personId);
    const lookAlikes = lookAlikesOf(personId);
    if (row === null || lookAlikes === null) return null;
    const compared = { ...facts, people: Math.max(facts.people, people()) };
    return mayRefresh(compared, row, lookAlikes.length > 0, store.now().wallMs, point()) ? row : null;
  }

  /** Only in place of the row that it was made of: meanwhile the person may have enrolled anew, or withdrawn. */
  async #keep(row: SealedTemplate, refreshed: SealedTemplate): Promise<Result<boolean, Failure>> {
    const { personId } = row;
    const present = this.#allowed(personId);
    if (present === null || !sameBytes(present.envelope, row.envelope)) return ok(false);
    const entry: EntryDraft = { type: "refreshed", subject: personId, body: { personId, references: refreshed.references } };
    const written = await this.#dependencies.store.commit({ storeTemplate: refreshed, entries: [entry] });
    return written.ok ? ok(true) : err(failure("template/store-failed", written.error.kind));
  }

  /** The person's template, if the site refreshes references and the person is there and consents. */
  #allowed(personId: PersonId): SealedTemplate | null {
    const { settings, people, templates } = this.#dependencies.store;
    const stored = people.get(personId);
    if (settings?.recognition.refreshReferences !== true || stored?.person.status !== "active" || consentInForce(stored) === undefined) return null;
    return templates.get(personId) ?? null;
  }
}
