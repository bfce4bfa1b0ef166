import type { ScoreTrend } from "../../domain/biometrics/score-trend.ts";
import { renewalOffers } from "../../domain/biometrics/renewal.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import type { Clock } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { PersonRow } from "../api/administration.ts";
import type { RenewalOffer } from "../api/recognition.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";

/** Each punch changes a row; who should renew changes from week to week. */
const SETTLE_MS = 2000;

export interface RenewalsDependencies {
  readonly rows: Observable<readonly PersonRow[]>;
  readonly trend: (personId: PersonId) => ScoreTrend | undefined;
  readonly point: () => OperatingPoint;
  readonly clock: Pick<Clock, "wall">;
  readonly scheduler: Scheduler;
}

/** Who should renew their face data, kept up with what happens. */
export class Renewals {
  readonly offers: Subject<readonly RenewalOffer[]>;
  readonly #dependencies: RenewalsDependencies;
  #due = false;

  constructor(dependencies: RenewalsDependencies) {
    this.#dependencies = dependencies;
    this.offers = new Subject(this.#work());
    dependencies.rows.subscribe(() => this.#soon());
  }

  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    this.#dependencies.scheduler.after(SETTLE_MS, () => {
      this.#due = false;
      const offers = this.#work();
      if (!isSame(offers, this.offers.value)) this.offers.next(offers);
    });
  }

  #work(): readonly RenewalOffer[] {
    const { rows, trend, point, clock } = this.#dependencies;
    const subjects = rows.value.flatMap(({ person, face, enrolledAt }) => {
      if (enrolledAt === undefined || person.status !== "active") return [];
      return [{ personId: person.id, enrolledAt, otherModel: face === "other-model", trend: trend(person.id) }];
    });
    return renewalOffers(subjects, clock.wall(), point());
  }
}

function isSame(one: readonly RenewalOffer[], other: readonly RenewalOffer[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ personId, reason, since }, index) => {
      const against = other[index];
      return personId === against?.personId && reason === against.reason && since === against.since;
    })
  );
}
