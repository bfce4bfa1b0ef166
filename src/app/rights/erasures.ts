import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { calendarDay } from "../../domain/attendance/day.ts";
import { withoutRecognition } from "../../domain/attendance/standing.ts";
import { failure } from "../../domain/errors.ts";
import { decidedAt, ENCLOSURE_KINDS, enclosurePapers, withoutEnclosure } from "../../domain/exceptions/enclosures.ts";
import type { EnclosureKind } from "../../domain/exceptions/enclosures.ts";
import { parseRequest } from "../../domain/exceptions/stored-requests.ts";
import type { RequestId } from "../../domain/exceptions/types.ts";
import { certificateNumber, withDone, withPending } from "../../domain/people/erasure.ts";
import type { DoneErasure, ErasedKind, ErasureReason, PendingErasure } from "../../domain/people/erasure.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { ErasedAs, StoredPerson } from "../../domain/people/stored.ts";
import type { Consent, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { DueErasure } from "../../domain/retention/due.ts";
import type { Result } from "../../domain/result.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { Change, Store, StoreFailure } from "../ports/store.ts";
import { alone } from "./alone.ts";

export interface ErasuresDependencies {
  readonly store: Store;
  /** 32 random bits, for the numbers of certificates. */
  readonly random: () => number;
  /** Takes a person out of the matcher's memory; resolves when the references are overwritten. */
  readonly forgetFace: (personId: PersonId) => Promise<void>;
}

/** A person as they are after the step, and what the log says of it. `erase` null: there was nothing to erase. */
interface Step {
  readonly after: StoredPerson;
  readonly entries: readonly EntryDraft[];
  readonly erase: { readonly what: ErasedKind; readonly reason: ErasureReason } | null;
}

/** What an erasure in this page life was of, for its certificate. Of a record nothing else knows it afterwards. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Erasing in two steps that each survive an interruption. First the data go out of use: out of the matcher's memory, the
 * pointer to the template with the entry `erasing` in one transaction. Then the bytes: the next epoch begins without them,
 * and only when the old keys are gone does the log say `erased`. What was begun and not finished is in the store's own
 * list, and is taken up at the next start.
 */
export class Erasures {
  readonly #dependencies: ErasuresDependencies;
  readonly #remembered = new Map<string, { readonly as: ErasedAs; readonly at: number }>();

  constructor(dependencies: ErasuresDependencies) {
    this.#dependencies = dependencies;
  }

  /** The person takes the consent back; the face goes with it. Nothing happens where there is neither. */
  withdraw(id: PersonId, by: string): Promise<Result<void, RightsFailure>> {
    return this.#faceStep(id, by, (before) => {
      const consent = consentInForce(before);
      const entries: EntryDraft[] = [];
      if (consent) entries.push({ type: "consent-withdrawn", subject: id, body: { personId: id, noticeVersion: consent.noticeVersion, locale: consent.locale } });
      const after: StoredPerson = { ...before, consents: withdrawn(before.consents, this.#now) };
      return ok({ after, entries, erase: { what: "face", reason: "consent-withdrawn" } });
    });
  }

  /** The person leaves: the face is erased, the PIN is void, the record is kept. */
  leave(id: PersonId, by: string): Promise<Result<void, RightsFailure>> {
    return this.#faceStep(id, by, (before) => {
      const face = { what: "face", reason: "person-left" } as const;
      if (before.person.status === "left") return ok({ after: before, entries: [], erase: face });
      const after: StoredPerson = { ...before, person: { ...before.person, status: "left", leftAt: this.#now }, consents: withdrawn(before.consents, this.#now), pin: null };
      return ok({ after, entries: [{ type: "person-left", subject: id, body: { personId: id } }], erase: face });
    });
  }

  /** The face alone, because somebody asked for it; the consent stays as it is. */
  async eraseFace(id: PersonId, by: string): Promise<Result<void, RightsFailure>> {
    return this.#faceStep(id, by, (before) => (this.#hasFace(id) ? ok({ after: before, entries: [], erase: { what: "face", reason: "asked" } }) : err(failure("rights/no-face"))));
  }

  /** Everything that is kept of somebody who left. Their entries stay in the chain and can never be read again. */
  async eraseRecord(id: PersonId, by: string): Promise<Result<DoneErasure | null, RightsFailure>> {
    const begun = await this.#begin(id, by, (before) => {
      if (before.hold === true) return err(failure("rights/held"));
      if (before.person.status !== "left") return err(failure("rights/not-left"));
      return ok({ after: before, entries: [], erase: { what: "record", reason: "asked" } });
    });
    if (!begun.ok) return begun;
    const done = await this.carryOut();
    return ok(done.ok ? (done.value.find(({ personId, what }) => personId === id && what === "record") ?? null) : null);
  }

  /** What the schedule found due, all in one turn of the epoch. Returns how many were carried out. */
  async eraseDue(due: readonly Pick<DueErasure, "personId" | "what" | "reason" | "request">[]): Promise<Result<number, RightsFailure>> {
    for (const { personId, what, reason, requests } of together(due)) {
      if (what === "face") await this.#forget(personId);
      const begun = isEnclosure(what) ? await this.#beginEnclosures(personId, what, requests) : await this.#begin(personId, "schedule", (before) => (what === "record" && before.hold === true ? err(failure("rights/held")) : ok({ after: before, entries: [], erase: { what, reason } })));
      // Gone, or held since it was found due: the others are not kept for that.
      if (!begun.ok && begun.error.kind !== "rights/held" && begun.error.kind !== "rights/no-such-person") return begun;
    }
    const done = await this.carryOut();
    return done.ok ? ok(done.value.length) : err(rightsFailure(done.error));
  }

  /**
   * Destroys what is out of use already: one new epoch for all of it, then the entries `erased`. What does not come to pass
   * stays in the list.
   */
  carryOut(): Promise<Result<readonly DoneErasure[], StoreFailure>> {
    const { store } = this.#dependencies;
    return alone("clockface-erasures", async () => {
      try {
        // Read inside, after what other tabs have written.
        const due = await store.exclusively(() => Promise.resolve(store.erasures.pending.filter((one) => !this.#isHeld(one))));
        if (due.length === 0) return ok([]);
        const of = (what: ErasedKind): readonly PersonId[] => due.filter((one) => one.what === what).map(({ personId }) => personId);
        const turned = await store.turnEpoch({
          reason: "erasure",
          // Whoever was enrolled again meanwhile has another template: the one that was to go is in nobody's use and not taken along.
          withoutFaces: [...of("face").filter((id) => !store.templates.has(id)), ...of("record")],
          withoutRecords: of("record"),
          withoutPapers: due.flatMap(({ papers = [] }) => papers),
        });
        if (!turned.ok) return turned;
        const { from, to, bytes } = turned.value;
        return await store.exclusively(async () => {
          const still = due.filter(({ certificate }) => store.erasures.pending.some((one) => one.certificate === certificate));
          const finished = still.map((one, index): DoneErasure => ({ ...one, doneAt: this.#now, epochs: [from, to], bytes: one.underRecord === true ? "pending" : bytes, seq: store.length + index + 1 }));
          const written = await store.commit({ entries: finished.map((one) => erasedEntry(one, store.people.has(one.personId))), erasures: withDone(store.erasures, finished) });
          return written.ok ? ok(finished) : written;
        });
      } catch (error) {
        return err(failure("store/write-failed", error instanceof Error ? error.name : undefined));
      }
    });
  }

  /** As whom the person was known; null when nothing knows it any more. */
  knownAs({ certificate, personId }: PendingErasure): ErasedAs | null {
    const kept = this.#dependencies.store.people.get(personId)?.erasures?.find((one) => one.certificate === certificate);
    if (kept) return kept;
    const remembered = this.#remembered.get(certificate);
    if (remembered === undefined) return null;
    if (this.#dependencies.store.now().monoMs - remembered.at < REMEMBERED_MS) return remembered.as;
    this.#remembered.delete(certificate);
    return null;
  }

  get #now(): Consent["givenAt"] {
    return this.#dependencies.store.now().wallMs;
  }

  #hasFace(id: PersonId): boolean {
    const { store } = this.#dependencies;
    return store.templates.has(id) || store.unreadableTemplates.has(id);
  }

  #isHeld({ what, personId }: PendingErasure): boolean {
    return what === "record" && this.#dependencies.store.people.get(personId)?.hold === true;
  }

  /**
   * Out of the matcher's memory first: if the store then fails, the person is told, and is not recognised meanwhile. A
   * matcher that does not answer does not stop the erasure, but is told of as a failure.
   */
  async #faceStep(id: PersonId, by: string, decide: (before: StoredPerson) => Result<Step, RightsFailure>): Promise<Result<void, RightsFailure>> {
    const forgotten = await this.#forget(id);
    const begun = await this.#begin(id, by, decide);
    if (!begun.ok) return begun;
    // Out of use and durable. If the bytes cannot be destroyed now, they are later.
    if (begun.value) await this.carryOut();
    return forgotten ? ok() : err(failure("rights/matcher-silent"));
  }

  #forget(id: PersonId): Promise<boolean> {
    return this.#dependencies.forgetFace(id).then(
      () => true,
      () => false,
    );
  }

  /** Writes the step. True when something is to be destroyed now. */
  async #begin(id: PersonId, by: string, decide: (before: StoredPerson) => Result<Step, RightsFailure>): Promise<Result<boolean, RightsFailure>> {
    const { store } = this.#dependencies;
    try {
      return await store.exclusively(async () => {
        const before = store.people.get(id);
        if (!before) return err(failure("rights/no-such-person"));
        const decided = decide(before);
        if (!decided.ok) return decided;
        const { after, entries, erase } = decided.value;
        const destroys = erase !== null && (erase.what === "record" || this.#hasFace(id));
        if (!destroys && entries.length === 0) return ok(false);
        const written = await store.commit({ ...this.#change(after, entries), ...(destroys ? this.#erasing(after, entries, erase, by) : {}) });
        return written.ok ? ok(destroys) : err(rightsFailure(written.error));
      });
    } catch (error) {
      return err(failure("rights/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  /**
   * Out of use: the requests say so, and what came with them is taken away in the same step. The others of the same person go
   * with one entry and one certificate.
   */
  async #beginEnclosures(id: PersonId, what: EnclosureKind, ids: readonly RequestId[]): Promise<Result<boolean, RightsFailure>> {
    const { store } = this.#dependencies;
    try {
      return await store.exclusively(async () => {
        const before = store.people.get(id);
        if (!before) return err(failure("rights/no-such-person"));
        if (before.hold === true) return err(failure("rights/held"));
        const kept = await Promise.all(ids.map((request) => store.paper(request)));
        const requests = kept.flatMap((paper) => {
          const request = paper?.kind === "request" ? parseRequest(paper.value) : null;
          return paper === null || request === null || decidedAt(request) === null || enclosurePapers(request, what).length === 0 ? [] : [{ paper, request }];
        });
        if (requests.length === 0) return ok(false);
        const papers = requests.flatMap(({ request }) => enclosurePapers(request, what));
        const underRecord = requests.some(({ request }) => request.apart !== true) ? { underRecord: true as const } : {};
        const pending = this.#pending(before, { what, reason: "retention", by: "schedule", requests: requests.map(({ request }) => request.id), papers, ...underRecord });
        const written = await store.commit({
          people: [remembering(before, pending)],
          entries: [{ type: "erasing", subject: id, body: { personId: id, what, reason: "retention", by: "schedule", requests: requests.map(({ request }) => request.id) } }],
          erasures: withPending(store.erasures, [pending]),
          papers: requests.map(({ paper, request }) => ({ ...paper, value: withoutEnclosure(request, what, this.#now) })),
          removePapers: papers,
        });
        return written.ok ? ok(true) : err(rightsFailure(written.error));
      });
    } catch (error) {
      return err(failure("rights/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  #pending({ person }: StoredPerson, asked: Pick<PendingErasure, "what" | "reason" | "by" | "requests" | "papers" | "underRecord">): PendingErasure {
    const { store, random } = this.#dependencies;
    const { id, employeeNumber, name } = person;
    const certificate = certificateNumber(calendarDay(this.#now, store.settings?.zone ?? "UTC"), random());
    this.#remembered.set(certificate, { as: { certificate, employeeNumber, name }, at: store.now().monoMs });
    return { certificate, personId: id, askedAt: this.#now, ...asked };
  }

  #change(after: StoredPerson, entries: readonly EntryDraft[]): Change {
    return { people: [after], entries };
  }

  #erasing(after: StoredPerson, entries: readonly EntryDraft[], { what, reason }: { readonly what: ErasedKind; readonly reason: ErasureReason }, by: string): Change {
    const { store } = this.#dependencies;
    const { id } = after.person;
    const known = store.erasures.pending.find((one) => one.personId === id && one.what === what);
    const pending = known ?? this.#pending(after, { what, reason, by });
    const standing = store.standing(id);
    return {
      people: [known ? after : remembering(after, pending)],
      // What is said of a record's end must be readable after it: under the device's own key, with no name.
      entries: [...entries, { type: "erasing", subject: what === "record" ? null : id, body: { personId: id, what, reason, by } }],
      erasures: withPending(store.erasures, [pending]),
      ...(what === "face" ? { removeTemplate: id } : {}),
      // How clearly somebody was recognised comes of their face and goes with it.
      ...(standing.trend === undefined ? {} : { standings: () => [{ personId: id, standing: withoutRecognition(standing) }] }),
    };
  }
}

const isEnclosure = (what: ErasedKind): what is EnclosureKind => ENCLOSURE_KINDS.some((kind) => kind === what);

/** One erasure for each person and kind, with all the requests. */
function together(due: readonly Pick<DueErasure, "personId" | "what" | "reason" | "request">[]): readonly (Pick<DueErasure, "personId" | "what" | "reason"> & { readonly requests: readonly RequestId[] })[] {
  const groups = new Map<string, Pick<DueErasure, "personId" | "what" | "reason"> & { readonly requests: RequestId[] }>();
  for (const { request, ...one } of due) {
    const group = groups.get(`${one.what} ${one.personId}`);
    if (group === undefined) groups.set(`${one.what} ${one.personId}`, { ...one, requests: request === undefined ? [] : [request] });
    else if (request !== undefined) group.requests.push(request);
  }
  return [...groups.values()];
}

/** As whom they are known goes with the person: the certificate can bear it for as long as there is a record. */
function remembering(stored: StoredPerson, { certificate }: PendingErasure): StoredPerson {
  const { employeeNumber, name } = stored.person;
  return { ...stored, erasures: [...(stored.erasures ?? []), { certificate, employeeNumber, name }] };
}

/** @param isKept the person's record was not erased in the same turn: there is a key to write it under */
function erasedEntry({ personId, reason, what, certificate, epochs, bytes, requests }: DoneErasure, isKept: boolean): EntryDraft {
  return { type: "erased", subject: isKept ? personId : null, body: { personId, reason, what, certificate, epochs: [...epochs], bytes, ...(requests === undefined ? {} : { requests: [...requests] }) } };
}

function withdrawn(consents: readonly Consent[], at: Consent["givenAt"]): readonly Consent[] {
  return consents.map((consent) => (consent.withdrawnAt === undefined ? { ...consent, withdrawnAt: at } : consent));
}

export function rightsFailure(error: StoreFailure): RightsFailure {
  return error.kind === "store/full" ? failure("rights/storage-full") : failure("rights/store-failed", error.detail);
}
