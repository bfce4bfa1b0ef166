import type { Proportion } from "../../domain/biometrics/proportion.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";

/** Two people whom the recogniser can take for each other: both are asked for a second factor after their face. */
export interface LookAlikePair {
  readonly one: PersonId;
  readonly other: PersonId;
  /** False match rate at which a comparison of strangers comes this close, as the decimal logarithm: -6 is one in a million. */
  readonly log10Fmr: number;
}

/** Why a person is asked to renew their face data. */
export interface RenewalOffer {
  readonly personId: PersonId;
  /** `sinking`: recognised less and less clearly over weeks. `old`: enrolled long ago. `other-model`: made with other models. */
  readonly reason: "sinking" | "old" | "other-model";
  readonly since: EpochMs;
}

export type { Proportion };

/** What a person, or everybody of a group, met at the door since a date. */
export interface DoorFigures {
  /** Punches by face. */
  readonly recognised: number;
  /** Of those, after a challenge, and after a second factor. */
  readonly challenged: number;
  readonly secondFactor: number;
  /**
   * Punches by PIN within two minutes of a face that was not recognised on this tablet: the nearest that can be known
   * without keeping who was refused.
   */
  readonly afterRefusal: number;
  /** afterRefusal over recognised and afterRefusal together. */
  readonly rejectRate: Proportion;
}

/** How one person's references fare against each other and against everybody else's. */
export interface PersonFigures extends DoorFigures {
  readonly personId: PersonId;
  readonly references: number;
  /** Each reference searched against the others of the same person and everybody: how many of them were found. */
  readonly found: Proportion;
}

export interface GroupFigures extends DoorFigures {
  /** `department` or `employment-type`: the groups that a site knows; none of sex, age or origin is kept. */
  readonly by: "department" | "employment-type";
  readonly name: string;
  readonly people: number;
  readonly found: Proportion;
}

/** How well recognition works with the site's own people. */
export interface RecognitionReport {
  readonly profile: RecogniserProfile;
  readonly people: number;
  readonly references: number;
  /** Calendar day in the site's zone from which the door's figures are counted. */
  readonly since: string;
  readonly operating: { readonly fpirTarget: number; readonly threshold: number; readonly margin: number; readonly source: string; readonly date: string };
  /** Leave one out: a reference is searched against the rest. FNIR at the kiosk's operating point, margin included. */
  readonly fnir: Proportion;
  /** Non-mated: a reference is searched with its own person taken out. FPIR at the kiosk's threshold; the margin is left out. */
  readonly fpir: Proportion;
  readonly closest: readonly LookAlikePair[];
  readonly persons: readonly PersonFigures[];
  readonly groups: readonly GroupFigures[];
  /** Highest over lowest reject rate of the groups with enough punches; null when there are not two. */
  readonly worstToBest: number | null;
  readonly attempts: { readonly notRecognised: number; readonly ambiguous: number; readonly attackSuspected: number; readonly livenessUndecided: number };
}

export interface Recognition {
  /** Follows every change of the gallery. */
  readonly lookAlikes: Observable<readonly LookAlikePair[]>;
  readonly renewals: Observable<readonly RenewalOffer[]>;
  /**
   * @param since calendar day in the site's zone, `YYYY-MM-DD`
   * @returns `recognition/bad-date`; `recognition/not-ready` before set-up; or why the recogniser could not be opened
   */
  report(since: string): Promise<Result<RecognitionReport, Failure>>;
}
