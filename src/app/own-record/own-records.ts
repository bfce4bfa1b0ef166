import type { Entry } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { scheduleOf } from "../../domain/retention/schedule.ts";
import { OWN_LOG_DAYS } from "../api/own-record.ts";
import type { OwnFacts, OwnFailure, OwnLog, OwnRecord } from "../api/own-record.ts";
import type { RightsFailure } from "../api/rights.ts";
import type { OwnAttendance } from "../api/own-attendance.ts";
import type { OwnAttendances } from "../attendance/own.ts";
import { Subject } from "../observable.ts";
import type { Ledger, PinFailure } from "../ports/ledger.ts";
import type { Store } from "../ports/store.ts";
import type { Erasures } from "../rights/erasures.ts";
import type { Freezes } from "../rights/freezes.ts";
import type { Retention } from "../rights/retention.ts";
import { daysOf, looksOf } from "./own-log.ts";

const DAY_MS = 86_400_000;
/** What the log says of a freeze that the person asked for at the kiosk. */
const OWN_FREEZE_REASON = "reported at the kiosk";
/** Whoever stood here has gone: what a page still asks for is not done in their name. */
const CLOSED = failure("own/store-failed", "closed");

export interface OwnRecordsDependencies {
  readonly store: Store;
  readonly ledger: Pick<Ledger, "verifyPinAmong">;
  readonly erasures: Erasures;
  readonly freezes: Freezes;
  readonly retention: Pick<Retention, "endsOf">;
  readonly attendance: Pick<OwnAttendances, "open">;
}

/** Opens people's own records at the kiosk. */
export class OwnRecords {
  readonly #dependencies: OwnRecordsDependencies;

  constructor(dependencies: OwnRecordsDependencies) {
    this.#dependencies = dependencies;
  }

  /** The log says that it was opened before anything is shown. */
  async open(personId: PersonId, proof: "pin" | "face"): Promise<Result<OpenedOwnRecord, OwnFailure>> {
    const { store } = this.#dependencies;
    try {
      const opened = await store.exclusively(async () => {
        if (store.people.get(personId)?.person.status !== "active") return err(failure("own/no-such-person"));
        const written = await store.commit({ entries: [{ type: "viewed", subject: personId, body: { personId, by: "self", role: "employee", what: "own-record" } }] });
        return written.ok ? ok() : err(failure("own/not-logged", written.error.kind));
      });
      return opened.ok ? ok(new OpenedOwnRecord(this.#dependencies, personId, proof)) : opened;
    } catch (error) {
      return err(failure("own/not-logged", error instanceof Error ? error.name : undefined));
    }
  }
}

/** {@link OwnRecord} until it is closed; afterwards it holds nothing. */
export class OpenedOwnRecord implements OwnRecord {
  readonly facts: Subject<OwnFacts>;
  readonly log = new Subject<OwnLog>({ days: [], looks: [], reading: true });
  readonly pinNeeded: Subject<boolean>;
  readonly attendance: OwnAttendance;
  readonly #dependencies: OwnRecordsDependencies;
  readonly #personId: PersonId;
  readonly #stop: () => void;
  #closed = false;

  constructor(dependencies: OwnRecordsDependencies, personId: PersonId, proof: "pin" | "face") {
    this.#dependencies = dependencies;
    this.#personId = personId;
    this.facts = new Subject(this.#readFacts());
    this.pinNeeded = new Subject(proof === "face" && this.facts.value.hasPin);
    this.#stop = dependencies.store.subscribe(({ all, people }) => {
      if (all || people.includes(personId)) this.facts.next(this.#readFacts());
    });
    this.attendance = dependencies.attendance.open(personId);
    void this.#readLog();
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.attendance.close();
    this.log.next({ days: [], looks: [], reading: false });
  }

  async prove(pin: string): Promise<Result<void, PinFailure>> {
    if (this.#closed) return err(failure("pin/store-failed", "closed"));
    const proved = await this.#dependencies.ledger.verifyPinAmong([this.#personId], pin);
    if (!proved.ok) return proved;
    this.pinNeeded.next(false);
    return ok();
  }

  async withdraw(): Promise<Result<{ readonly certificate: string | null }, OwnFailure>> {
    if (this.#closed) return err(CLOSED);
    if (this.pinNeeded.value) return err(failure("own/pin-needed"));
    const { erasures, store } = this.#dependencies;
    const before = new Set(store.erasures.done.map(({ certificate }) => certificate));
    const withdrawn = await erasures.withdraw(this.#personId, "self");
    if (!withdrawn.ok) return err(ownFailure(withdrawn.error));
    const done = store.erasures.done.find(({ certificate, personId, what }) => !before.has(certificate) && personId === this.#personId && what === "face");
    return ok({ certificate: done?.certificate ?? null });
  }

  async freeze(): Promise<Result<void, OwnFailure>> {
    if (this.#closed) return err(CLOSED);
    if (this.pinNeeded.value) return err(failure("own/pin-needed"));
    const frozen = await this.#dependencies.freezes.freeze(this.#personId, "self", OWN_FREEZE_REASON);
    return frozen.ok ? ok() : err(ownFailure(frozen.error));
  }

  #readFacts(): OwnFacts {
    const { store, retention } = this.#dependencies;
    const stored = store.people.get(this.#personId);
    if (!stored) return this.facts.value;
    const { person, consents, pin, frozen } = stored;
    const template = store.templates.get(person.id);
    return {
      personId: person.id,
      name: person.name,
      employeeNumber: person.employeeNumber,
      department: person.department,
      ...(person.locale === undefined ? {} : { locale: person.locale }),
      consent: consents.at(-1) ?? null,
      enrolledAt: template ? (template.createdAtMs as EpochMs) : null,
      faceEndsAt: retention.endsOf(person.id).find(({ what }) => what === "face")?.dueAt ?? null,
      hasPin: pin !== null,
      frozen: frozen !== undefined,
      erasing: store.erasures.pending.some(({ personId, what }) => personId === person.id && (what === "face" || what === "record")),
      schedule: scheduleOf(store.settings),
    };
  }

  /** Backwards, a day at a time, so that the latest is there at once. A day's corrections may lie in the day after. */
  async #readLog(): Promise<void> {
    const { store } = this.#dependencies;
    const stored = store.people.get(this.#personId);
    if (!stored) return;
    const today = Math.floor(store.now().wallMs / DAY_MS);
    let mine: readonly Entry[] = [];
    let looks: OwnLog["looks"] = [];
    try {
      // A day ahead: the clock may have been put back.
      for (let day = today + 1; day > today - OWN_LOG_DAYS && !this.#isClosed(); day--) {
        const entries = await store.entries(day, day);
        if (this.#isClosed()) return;
        mine = [...entries.filter(({ subject }) => subject === this.#personId), ...mine];
        looks = [...looks, ...looksOf(entries, stored, (user) => store.users.get(user as UserId)?.name ?? user)];
        this.log.next({ days: this.#days(mine, stored), looks, reading: true });
      }
    } catch {
      // What was read so far stays.
    }
    if (!this.#isClosed()) this.log.next({ ...this.log.value, reading: false });
  }

  #days(mine: readonly Entry[], stored: StoredPerson): OwnLog["days"] {
    return daysOf(mine, stored, this.#dependencies.store.settings?.zone ?? "UTC");
  }

  /** Asked anew after each wait. */
  #isClosed(): boolean {
    return this.#closed;
  }
}

function ownFailure({ kind }: RightsFailure): OwnFailure {
  if (kind === "rights/no-such-person") return failure("own/no-such-person");
  return kind === "rights/matcher-silent" ? failure("own/restart-needed") : failure("own/store-failed", kind);
}
