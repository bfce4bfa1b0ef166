import type { ComparisonScope } from "../../domain/biometrics/recognition-policy.ts";
import type { ChallengeAction, GuidanceReason } from "../../domain/biometrics/types.ts";
import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import type { Direction, Punch } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Locale } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { OwnFailure, OwnRecord } from "./own-record.ts";
import type { BadgeFailure } from "../ports/badges.ts";
import type { LedgerFailure, PinFailure } from "../ports/ledger.ts";

/** Where the face is in the preview, parts of the frame's width and height, 0..1, not mirrored. */
export interface FaceOutline {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the person in front of the kiosk meets. */
export type KioskState =
  | { readonly kind: "starting" }
  | { readonly kind: "idle" }
  | { readonly kind: "guiding"; readonly reason: GuidanceReason | "look-here"; readonly face?: FaceOutline }
  | { readonly kind: "deciding"; readonly progress: number; readonly face: FaceOutline }
  | { readonly kind: "challenge"; readonly action: ChallengeAction; readonly progress: number; readonly attempt: 1 | 2; readonly endsAt: EpochMs; readonly face?: FaceOutline }
  | { readonly kind: "recorded"; readonly punch: Punch; readonly name: string; readonly locale?: Locale; readonly endsAt: EpochMs }
  | { readonly kind: "already-recorded"; readonly punch: Punch; readonly previous: Punch; readonly name: string; readonly locale?: Locale; readonly endsAt: EpochMs }
  | { readonly kind: "undone"; readonly endsAt: EpochMs }
  /** Also shown when an attack is suspected: the two are never told apart here. */
  | { readonly kind: "not-recognised"; readonly endsAt: EpochMs }
  | { readonly kind: "pin"; readonly endsAt: EpochMs }
  /**
   * The face alone cannot tell this person from somebody who looks alike: their PIN is asked for, or their badge, and no
   * name is shown. `told`: the badge that was shown last was none that counts.
   */
  | { readonly kind: "second-factor"; readonly endsAt: EpochMs; readonly told?: BadgeFailure }
  /** Under `typed-number`: the number is typed first, then the face is compared with that person alone. */
  | { readonly kind: "number"; readonly endsAt: EpochMs }
  /** A badge is looked for in the camera's picture. `told`: what was shown last was none that counts. */
  | { readonly kind: "badge"; readonly endsAt: EpochMs; readonly told: BadgeFailure | null }
  | { readonly kind: "not-recorded"; readonly failure: LedgerFailure }
  /** Number and PIN are asked for, to show one's own record. */
  | { readonly kind: "own-entry"; readonly endsAt: EpochMs }
  | { readonly kind: "own"; readonly record: OwnRecord; readonly endsAt: EpochMs };

/** What stands beside the state all the time. */
export interface KioskSurroundings {
  readonly site: string;
  readonly organisation: string;
  readonly zone: string;
  /** Name or number of whom to call; empty when none was entered. */
  readonly helpContact: string;
  readonly practice: boolean;
  readonly network: { readonly online: boolean; readonly paired: boolean; readonly waiting: number };
  /** Why the face way is closed at the moment; the PIN way stays open. */
  readonly faceFault: Failure | null;
  /** Why the site does not use faces; null while it does. The camera is opened for badges alone then. */
  readonly faceClosed: FaceClosed | null;
  /** The face way rests until then, after repeated suspicion; null when it is open. Never says why. */
  readonly faceRestsUntil: EpochMs | null;
  readonly comparison: ComparisonScope;
  /** People who can be recognised. */
  readonly enrolled: number;
  readonly preview: MediaStream | null;
  /** Whether anybody has a badge to show. */
  readonly badges: boolean;
  /** Whether people can look at their own record here. */
  readonly ownRecord: boolean;
}

/** The kiosk as its screen sees it. */
export interface Kiosk {
  readonly state: Observable<KioskState>;
  readonly surroundings: Observable<KioskSurroundings>;
  /** `practice` records nothing and needs no set-up. */
  start(mode: "live" | "practice"): Promise<void>;
  stop(): Promise<void>;
  openPin(): void;
  /** Opens the way to show a badge. */
  openBadge(): void;
  /** What a code reader typed, or the camera saw. */
  submitBadge(text: string): Promise<Result<void, BadgeFailure | LedgerFailure>>;
  submitPin(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | LedgerFailure>>;
  /** The PIN of whoever the face may be. */
  submitSecondFactor(pin: string): Promise<Result<void, PinFailure | LedgerFailure>>;
  /** Opens the way to type one's number; under `typed-number` alone. */
  openNumber(): void;
  /** Whose face is to be compared. A number that nobody has ends as any other face that is not recognised. */
  submitNumber(employeeNumber: string): void;
  /** From the first screen: number and PIN are asked for. From an outcome that shows who it is: that person's own record. */
  openOwn(): Promise<void>;
  submitOwn(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | OwnFailure>>;
  /** Keeps the PIN, second factor, number or own screen open a little longer; called on every key. */
  touched(): void;
  changeDirection(): Promise<void>;
  notMe(): Promise<void>;
  /** Back to idle from any state that waits for the person. */
  dismiss(): void;
  /** The administrator's PIN opens the way out of the kiosk. */
  leave(kioskPin: string): Promise<Result<void, PinFailure>>;
  /** Direction that an automatic punch would take is not known before recognition; this is the fixed one, if the device has one. */
  readonly fixedDirection: Direction | null;
}
