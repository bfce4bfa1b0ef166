import type { LoadReport, SealedTemplate } from "../../contracts/matcher.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Failure } from "../../domain/errors.ts";
import { sameBytes } from "../../domain/people/secret-hash.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import type { Store } from "../ports/store.ts";

export interface LiveGalleryDependencies {
  readonly recogniser: Pick<Recogniser, "status" | "open" | "rekey" | "add" | "remove">;
  readonly store: Pick<Store, "subscribe">;
  readonly profile: () => RecogniserProfile;
  /** Who may be recognised at this moment, and what opens their templates. */
  readonly contents: () => Omit<Parameters<Recogniser["open"]>[0], "profile" | "transform" | "earlierTransforms">;
  /** The site's rotation of templates; null while faces wait for an administrator. */
  readonly transforms?: () => Promise<Pick<Parameters<Recogniser["open"]>[0], "transform" | "earlierTransforms"> | null>;
  /** Hears of every load: rows that could not be used are put aside. */
  readonly loaded: (report: LoadReport) => Promise<void>;
  /** What has to be done with the matcher after a load, before anybody searches. */
  readonly prepare?: () => Promise<unknown>;
  /** The matcher holds other references of these people than before, or none; null for everyone. */
  readonly changed?: (people: readonly PersonId[] | null) => void;
}

/**
 * Keeps the matcher at what the store says: loads the stored templates, also after practice has put its own gallery
 * there, and follows every change of the store, by this page or another. Somebody who withdraws in one tab is out of
 * matching in all of them at once, also when it happens while a gallery is being loaded.
 */
export class LiveGallery {
  readonly #dependencies: LiveGalleryDependencies;
  /** What the recogniser said of the gallery that is ours: while its status says the same, nobody has put another there. */
  #live: LoadReport | null = null;
  /** The rows the matcher was given. One that it could not open is not given to it again. */
  #held = new Map<PersonId, SealedTemplate>();
  /** Epoch of the key that the matcher was given last. */
  #epoch = 0;
  /** Openings and changes one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(dependencies: LiveGalleryDependencies) {
    this.#dependencies = dependencies;
    dependencies.store.subscribe(({ all, people }) => void this.#inTurn(() => this.#follow(all ? null : people)));
  }

  /** Opens the recogniser with the stored templates, or leaves it open when it is. */
  open(): Promise<Result<unknown, Failure>> {
    return this.#inTurn(() => this.#open());
  }

  async #open(): Promise<Result<unknown, Failure>> {
    const { recogniser, profile: profileNow, contents, loaded } = this.#dependencies;
    const profile = profileNow();
    const status = recogniser.status.value;
    if (this.#isLive() && status.kind === "ready" && status.profile === profile) return ok();
    const transforms = await this.#dependencies.transforms?.();
    if (transforms === null) return err(failure("recognition/locked"));
    const given = contents();
    const opened = await recogniser.open({ profile, ...given, ...transforms });
    if (!opened.ok) return opened;
    this.#live = opened.value;
    this.#held = new Map(given.templates.map((row) => [row.personId, row]));
    this.#epoch = given.epoch;
    await this.#dependencies.prepare?.();
    await this.#follow(null);
    await loaded(opened.value);
    this.#dependencies.changed?.(null);
    return opened;
  }

  /** @param only these people; null for everyone */
  async #follow(only: readonly PersonId[] | null): Promise<void> {
    if (!this.#isLive()) return;
    const { recogniser, contents } = this.#dependencies;
    const { epoch, epochKey, templates } = contents();
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      await recogniser.rekey(epoch, epochKey);
    }
    if (only?.length === 0) return;
    const wanted = new Map(templates.map((row) => [row.personId, row]));
    const people = only ?? new Set([...this.#held.keys(), ...wanted.keys()]);
    const changed: PersonId[] = [];
    // First those who are to be forgotten: nobody waits for that behind a long list.
    for (const personId of people) {
      if (wanted.has(personId) || !this.#held.delete(personId)) continue;
      changed.push(personId);
      await recogniser.remove(personId);
    }
    for (const personId of people) {
      const row = wanted.get(personId);
      if (row === undefined || isSame(row, this.#held.get(personId))) continue;
      this.#held.set(personId, row);
      changed.push(personId);
      await recogniser.add(row);
    }
    if (changed.length > 0) this.#dependencies.changed?.(changed);
  }

  #isLive(): boolean {
    const status = this.#dependencies.recogniser.status.value;
    return status.kind === "ready" && status.gallery === this.#live;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** A row that was read again from the disk is another object with the same bytes; a new envelope has a new nonce. */
function isSame(row: SealedTemplate, held: SealedTemplate | undefined): boolean {
  return row === held || (held !== undefined && sameBytes(row.envelope, held.envelope));
}
