import type { FrameReport } from "../../contracts/landmark.ts";
import type { Direction, Punch, PunchId } from "../../domain/attendance/types.ts";
import { guidanceFor, KIOSK_QUALITY } from "../../domain/biometrics/quality.ts";
import type { Clock } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { EmployeeNumber, Person, PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { badgeCode } from "../../domain/people/badge.ts";
import { Subject } from "../observable.ts";
import type { BadgeFailure, KioskBadges, ReadBadges } from "../ports/badges.ts";
import type { FaceEvent, Ledger, LedgerFailure, PinFailure, PunchRecorded, PunchRequest } from "../ports/ledger.ts";
import type { Recogniser } from "../ports/recogniser.ts";

const PRACTICE_ID = "practice" as PersonId;
/** Who the practice picture shows: an official portrait in the public domain. */
const PRACTICE_NAME = "Eileen Collins";
/** References that the practice gallery is made of. */
const PRACTICE_REFERENCES = 4;
/** After this long without a good view any view will do: nothing is at stake. */
const ANY_VIEW_AFTER_MS = 4000;

/** A ledger that forgets. Every punch is accepted, in and out by turns. */
export class PracticeLedger implements Ledger {
  readonly retired: boolean = false;
  readonly #clock: Clock;
  readonly #zone: string;
  #seq = 0;
  #last: Direction = "out";

  constructor(clock: Clock, zone: string) {
    this.#clock = clock;
    this.#zone = zone;
  }

  punch({ personId, method, stepUps, direction }: PunchRequest): Promise<Result<PunchRecorded, LedgerFailure>> {
    this.#last = direction ?? (this.#last === "in" ? "out" : "in");
    this.#seq += 1;
    const punch: Punch = {
      id: `practice:${String(this.#seq)}` as PunchId,
      personId,
      deviceId: "practice",
      siteId: "practice",
      seq: this.#seq,
      wallMs: this.#clock.wall(),
      timeState: "T3",
      zone: this.#zone,
      direction: this.#last,
      directionSource: direction === undefined ? "auto" : "person",
      method,
      ...(stepUps === undefined || stepUps.length === 0 ? {} : { stepUps }),
      status: "accepted",
      receipt: String(this.#seq).padStart(4, "0"),
    };
    return Promise.resolve(ok({ punch, person: this.#person() }));
  }

  changeDirection(punch: Punch): Promise<Result<PunchRecorded, LedgerFailure>> {
    this.#last = punch.direction === "in" ? "out" : "in";
    return Promise.resolve(ok({ punch: { ...punch, direction: this.#last, directionSource: "person", status: "accepted" }, person: this.#person() }));
  }

  undo(punch: Punch): Promise<Result<Punch, LedgerFailure>> {
    this.#last = punch.direction === "in" ? "out" : "in";
    return Promise.resolve(ok({ ...punch, status: "undone" }));
  }

  attempt(): Promise<Result<void, LedgerFailure>> {
    return Promise.resolve(ok());
  }

  outage(): Promise<Result<void, LedgerFailure>> {
    return Promise.resolve(ok());
  }

  /** Any number with any PIN of four digits or more will do. */
  verifyPin(employeeNumber: string, pin: string): Promise<Result<PersonId, PinFailure>> {
    return Promise.resolve(employeeNumber.trim() !== "" && /^\d{4,}$/u.test(pin) ? ok(PRACTICE_ID) : err(failure("pin/wrong")));
  }

  verifyPinAmong(_people: readonly PersonId[], pin: string): Promise<Result<PersonId, PinFailure>> {
    return this.verifyPin("1", pin);
  }

  anyPin(): boolean {
    return true;
  }

  findByNumber(): PersonId | null {
    return PRACTICE_ID;
  }

  faceEvents(): Promise<readonly FaceEvent[]> {
    return Promise.resolve([]);
  }

  openOutage(): Promise<string | null> {
    return Promise.resolve(null);
  }

  #person(): Person {
    return {
      id: PRACTICE_ID,
      employeeNumber: "1" as EmployeeNumber,
      name: PRACTICE_NAME,
      department: "",
      employmentType: "full-time",
      status: "active",
      addedAt: this.#clock.wall(),
    };
  }
}

/** Any badge of the right form will do, so that people can try their own. */
export class PracticeBadges implements KioskBadges {
  readonly issued = new Subject(true);
  readonly read: ReadBadges;

  constructor(read: ReadBadges) {
    this.read = read;
  }

  anyOf(): boolean {
    return true;
  }

  verify(text: string): Promise<Result<PersonId, BadgeFailure>> {
    return Promise.resolve(badgeCode(text) === null ? err(failure("badge/not-a-badge")) : ok(PRACTICE_ID));
  }
}

/** Takes the practice person's references from the practice picture. */
export class PracticeEnrolment {
  readonly #recogniser: Pick<Recogniser, "extract" | "seal" | "add">;
  readonly #references: Float32Array[] = [];
  #firstMs: number | null = null;
  #working = false;
  #done = false;

  constructor(recogniser: Pick<Recogniser, "extract" | "seal" | "add">) {
    this.#recogniser = recogniser;
  }

  get done(): boolean {
    return this.#done;
  }

  /** To be called with every frame until it is done. */
  async report(report: FrameReport, requestSample: () => void, createdAtMs: number): Promise<Result<void, Failure>> {
    if (this.#done || this.#working) return ok();
    this.#firstMs ??= report.capturedAtMs;
    const { sample } = report;
    const good = guidanceFor(report, KIOSK_QUALITY, null) === null || report.capturedAtMs - this.#firstMs > ANY_VIEW_AFTER_MS;
    if (sample === undefined || !good) {
      requestSample();
      return ok();
    }
    this.#working = true;
    try {
      const extraction = await this.#recogniser.extract(sample);
      if (!extraction.ok) return extraction;
      this.#references.push(extraction.value.probe);
      if (this.#references.length < PRACTICE_REFERENCES) {
        requestSample();
        return ok();
      }
      const sealed = await this.#recogniser.seal(PRACTICE_ID, this.#references, createdAtMs);
      if (!sealed.ok) return sealed;
      const added = await this.#recogniser.add(sealed.value);
      this.#done = added.ok;
      return added;
    } finally {
      this.#working = false;
    }
  }
}
