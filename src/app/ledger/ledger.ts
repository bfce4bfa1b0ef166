import type { Attempt, Punch } from "../../domain/attendance/types.ts";
import type { Entry, EntryDraft } from "../../domain/attendance/entries.ts";
import { punchOf } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import { changeable, decidePunch, turned, withPunch, withRecognition, withTurned, withUndone } from "../../domain/attendance/standing.ts";
import type { Standing, StandingPunch } from "../../domain/attendance/standing.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import { consentInForce } from "../../domain/people/stored.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttestedPunches, AttestingLedger, FaceEvent, Ledger, LedgerFailure, PinFailure, PunchRecorded, PunchRequest } from "../ports/ledger.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { LockScope, Store, StoreFailure } from "../ports/store.ts";
import { tryPinAmong } from "./pin-among.ts";
import { openOutageOf, recentFaceEvents } from "./recent.ts";
import { tryFailure } from "./try-failure.ts";

/** Longest reason that an outage is logged with. */
const REASON_MAX_LENGTH = 200;

interface DecidedPunch {
  readonly draft: EntryDraft;
  /** As it was before. */
  readonly standing: Standing;
  readonly person: Person;
  readonly repeats: Punch | null;
}

/** The kiosk's punches, appended one after the other to the encrypted log. */
export class StoredLedger implements Ledger, AttestingLedger {
  constructor(
    private readonly store: Store,
    private readonly secrets: Secrets,
  ) {}

  get retired(): boolean {
    return this.store.endedAt !== null;
  }

  punch(request: PunchRequest): Promise<Result<PunchRecorded, LedgerFailure>> {
    return this.#serially(async () => {
      const decided = this.#decide(request);
      if (!decided.ok) return decided;
      const { draft, standing, person, repeats } = decided.value;
      const written = await this.store.commit({
        entries: [draft],
        standings: (appended, at) => [{ personId: request.personId, standing: this.#recognised(request, withPunch(standing, { punch: punchAt(appended, 0), at }), at) }],
      });
      if (!written.ok) return err(ledgerFailure(written.error));
      return ok({ punch: punchAt(written.value, 0), person, ...(repeats ? { previous: repeats } : {}) });
    });
  }

  attest({ people, by, reason }: AttestedPunches): Promise<Result<readonly Punch[], LedgerFailure>> {
    return this.#serially(async () => {
      const punches: DecidedPunch[] = [];
      for (const { personId, direction } of new Map(people.map((one) => [one.personId, one])).values()) {
        const decided = this.#decide({ personId, method: "attested", direction });
        if (!decided.ok) return decided;
        punches.push(decided.value);
      }
      if (punches.length === 0) return ok([]);
      const firstSeq = this.store.length + 1;
      const written = await this.store.commit({
        entries: [...punches.map(({ draft }) => draft), { type: "attested", subject: null, body: { by, reason, people: punches.length, firstSeq, lastSeq: firstSeq + punches.length - 1 } }],
        standings: (appended, at) => punches.map(({ person, standing }, index) => ({ personId: person.id, standing: withPunch(standing, { punch: punchAt(appended, index), at }) })),
      });
      return written.ok ? ok(punches.map((_, index) => punchAt(written.value, index))) : err(ledgerFailure(written.error));
    });
  }

  changeDirection(punch: Punch): Promise<Result<PunchRecorded, LedgerFailure>> {
    return this.#citing(punch, (found, stored) => {
      const changed = turned(found.punch);
      return {
        draft: { type: "punch-direction", subject: punch.personId, body: { cites: punch.seq, personId: punch.personId, direction: changed.direction } },
        standing: (standing) => withTurned(standing, { ...found, punch: changed }),
        outcome: { punch: changed, person: stored.person },
      };
    });
  }

  undo(punch: Punch): Promise<Result<Punch, LedgerFailure>> {
    return this.#citing(punch, (found) => {
      const undone: Punch = { ...found.punch, status: "undone" };
      return {
        draft: { type: "punch-undone", subject: punch.personId, body: { cites: punch.seq, personId: punch.personId } },
        standing: (standing) => withUndone(standing, { ...found, punch: undone }),
        outcome: undone,
      };
    });
  }

  attempt(kind: Attempt["kind"]): Promise<Result<void, LedgerFailure>> {
    return this.#note((siteId) => ({ type: "attempt", subject: null, body: { siteId, kind } }));
  }

  outage(phase: "start" | "end", reason: string): Promise<Result<void, LedgerFailure>> {
    return this.#note((siteId) => ({ type: "outage", subject: null, body: { siteId, phase, reason: reason.slice(0, REASON_MAX_LENGTH) } }));
  }

  /** A number that nobody has, one without a PIN and a wrong PIN take the same time and give the same answer. */
  async verifyPin(employeeNumber: string, pin: string): Promise<Result<PersonId, PinFailure>> {
    let stored: StoredPerson | undefined;
    try {
      // With what other tabs have written: a PIN that was issued there a moment ago, a person who has left.
      stored = await this.store.exclusively(() => Promise.resolve(this.store.findByNumber(employeeNumber)));
    } catch (error) {
      return err(failure("pin/store-failed", error instanceof Error ? error.name : undefined));
    }
    const usable = stored?.person.status === "active" ? stored : undefined;
    const checked = await tryPin(this.store, this.secrets, ["device", { employeeNumber }], pin, usable?.pin ?? null);
    return checked.ok ? (usable ? ok(usable.person.id) : err(failure("pin/wrong"))) : checked;
  }

  /** Whoever has left meanwhile, in another tab too, is not among them. */
  async verifyPinAmong(people: readonly PersonId[], pin: string): Promise<Result<PersonId, PinFailure>> {
    let among: readonly StoredPerson[];
    try {
      among = await this.store.exclusively(() => Promise.resolve(this.#active(people)));
    } catch (error) {
      return err(failure("pin/store-failed", error instanceof Error ? error.name : undefined));
    }
    return tryPinAmong(this.store, this.secrets, among, pin);
  }

  anyPin(people: readonly PersonId[]): boolean {
    return this.#active(people).some(({ pin }) => pin !== null);
  }

  findByNumber(employeeNumber: string): PersonId | null {
    const stored = this.store.findByNumber(employeeNumber);
    return stored?.person.status === "active" ? stored.person.id : null;
  }

  async faceEvents(since: EpochMs): Promise<readonly FaceEvent[]> {
    try {
      return await recentFaceEvents(this.store, since);
    } catch {
      return [];
    }
  }

  async openOutage(): Promise<string | null> {
    try {
      return await openOutageOf(this.store);
    } catch {
      return null;
    }
  }

  /** What a punch is to be; nothing is written yet. */
  #decide(request: PunchRequest): Result<DecidedPunch, LedgerFailure> {
    const { settings } = this.store;
    const stored = this.store.people.get(request.personId);
    if (!settings || stored?.person.status !== "active") return err(failure("ledger/not-ready"));
    // Seen before the consent was withdrawn or the face frozen, perhaps in another tab: the matcher of this one may not have heard yet.
    if (request.method === "face" && ((stored.consents.length > 0 && !consentInForce(stored)) || stored.frozen)) return err(failure("ledger/not-ready"));
    const standing = this.store.standing(request.personId);
    const decision = decidePunch(standing, this.store.now(), settings.zone, request.direction ?? null, settings.fixedDirection);
    const draft: EntryDraft = {
      type: "punch",
      subject: request.personId,
      body: {
        personId: request.personId,
        employeeNumber: stored.person.employeeNumber,
        siteId: settings.siteId,
        zone: settings.zone,
        direction: decision.direction,
        directionSource: decision.directionSource,
        method: request.method,
        ...(request.stepUps === undefined || request.stepUps.length === 0 ? {} : { stepUps: [...request.stepUps] }),
        status: decision.status,
        ...(decision.repeats ? { repeats: decision.repeats.seq } : {}),
      },
    };
    return ok({ draft, standing, person: stored.person, repeats: decision.repeats ?? null });
  }

  /** With how clearly the face was recognised, where one was. */
  #recognised({ personId, method, scoreOverThreshold }: PunchRequest, standing: Standing, at: Moment): Standing {
    const template = this.store.templates.get(personId);
    if (method !== "face" || scoreOverThreshold === undefined || template === undefined) return standing;
    return withRecognition(standing, template.createdAtMs as EpochMs, at, scoreOverThreshold);
  }

  #active(people: readonly PersonId[]): readonly StoredPerson[] {
    return [...new Set(people)].flatMap((id) => {
      const stored = this.store.people.get(id);
      return stored?.person.status === "active" ? [stored] : [];
    });
  }

  /** An entry that cites a punch which the person can still change. */
  #citing<T>(
    punch: Punch,
    work: (found: StandingPunch, stored: StoredPerson) => { readonly draft: EntryDraft; readonly standing: (before: Standing) => Standing; readonly outcome: T },
  ): Promise<Result<T, LedgerFailure>> {
    return this.#serially(async () => {
      const stored = this.store.people.get(punch.personId);
      if (!stored) return err(failure("ledger/no-such-punch"));
      const standing = this.store.standing(punch.personId);
      const allowed = changeable(standing, punch, this.store.now());
      if ("refused" in allowed) return err(failure(`ledger/${allowed.refused}`));
      const { draft, standing: next, outcome } = work(allowed.found, stored);
      const written = await this.store.commit({ entries: [draft], standings: () => [{ personId: punch.personId, standing: next(standing) }] });
      return written.ok ? ok(outcome) : err(ledgerFailure(written.error));
    });
  }

  #note(draft: (siteId: string) => EntryDraft): Promise<Result<void, LedgerFailure>> {
    return this.#serially(async () => {
      const { settings } = this.store;
      if (!settings) return err(failure("ledger/not-ready"));
      const written = await this.store.commit({ entries: [draft(settings.siteId)] });
      return written.ok ? ok() : err(ledgerFailure(written.error));
    });
  }

  async #serially<T>(work: () => Promise<Result<T, LedgerFailure>>): Promise<Result<T, LedgerFailure>> {
    try {
      return await this.store.exclusively(work);
    } catch (error) {
      return err(failure("ledger/write-failed", error instanceof Error ? error.name : undefined));
    }
  }
}

/**
 * Checks a PIN behind the back-off: the try is counted, durably, before the PIN is looked at, and its
 * owner's count begins anew when it was right.
 *
 * @param hash null when there is none to match; takes as long
 */
export async function tryPin(store: Store, secrets: Secrets, scopes: readonly LockScope[], pin: string, hash: StoredPerson["pin"]): Promise<Result<void, PinFailure>> {
  const begun = await store.beginTry(scopes);
  if (!begun.ok) return err(tryFailure(begun.error));
  const matches = await secrets.pinMatches(pin, hash);
  if (!matches.ok) return err(failure("pin/store-failed", matches.error.kind));
  if (!matches.value) return err(failure("pin/wrong"));
  const ended = await store.endTry(begun.value);
  return ended.ok ? ok() : err(tryFailure(ended.error));
}

function punchAt(appended: readonly Entry[], index: number): Punch {
  const entry = appended[index];
  const punch = entry === undefined ? null : punchOf(entry);
  if (punch === null) throw new Error("a punch entry gives a punch");
  return punch;
}

function ledgerFailure(error: StoreFailure | Failure): LedgerFailure {
  if (error.kind === "store/retired") return failure("ledger/retired");
  return error.kind === "store/full" ? failure("ledger/storage-full") : failure("ledger/write-failed", error.detail);
}
