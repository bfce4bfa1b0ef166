import type { Attempt, Direction, Punch } from "../../domain/attendance/types.ts";
import type { RecognitionPolicy } from "../../domain/biometrics/recognition-policy.ts";
import type { GuidanceReason, RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { AssessmentMark, FaceOff } from "../../domain/compliance/face-use.ts";
import type { CameraDifference, PinnedCamera } from "../../domain/device/camera-identity.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Consent, EmploymentType, Locale, Person, PersonId } from "../../domain/people/types.ts";
import type { RetentionSchedule } from "../../domain/retention/schedule.ts";
import type { Result } from "../../domain/result.ts";
import type { StorageState } from "../device/storage-health.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";
import type { CameraFailure, CameraStatus } from "../ports/camera.ts";
import type { BringOtherDevices, OtherDevices } from "../ports/other-devices.ts";
import type { RecogniserStatus } from "../ports/recogniser.ts";
import type { Backups } from "./backup.ts";
import type { Rights, Sessions, TotpOffer, Traces, Users } from "./access.ts";
import type { Attendance } from "./attendance.ts";
import type { Reports } from "./reports.ts";
import type { Audit } from "./audit.ts";
import type { Boot } from "./boot.ts";
import type { Compliance } from "./compliance.ts";
import type { FaceOutline } from "./kiosk.ts";
import type { Recognition } from "./recognition.ts";
import type { PersonRights } from "./rights.ts";

// ---- set-up

export type LawRegion = "cn" | "eu" | "us" | "other";

export interface SetupInput {
  readonly organisation: string;
  readonly siteName: string;
  /** IANA name. */
  readonly zone: string;
  readonly locale: Locale;
  readonly lawRegion: LawRegion;
  readonly administratorName: string;
  /** 15 characters or more. */
  readonly passphrase: string;
  /** 6 to 12 digits; opens the way out of the kiosk. */
  readonly kioskPin: string;
  readonly profile: RecogniserProfile;
  readonly helpContact: string;
  /** The administrator's second factor: what {@link Setup.offerTotp} gave, and a code that proves it was taken in. Absent: it is owed at the first sign-in. */
  readonly totp?: { readonly secret: string; readonly code: string };
}

export type SetupFailure = Failure<"setup/done-already" | "setup/bad-input" | "setup/code-wrong" | "setup/storage-failed" | "setup/insecure-context">;

/** What may be changed later. */
export interface SiteSettings {
  readonly organisation: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly zone: string;
  readonly locale: Locale;
  readonly lawRegion: LawRegion;
  readonly profile: RecogniserProfile;
  readonly helpContact: string;
  readonly fixedDirection: Direction | null;
  /** How much of the name the kiosk shows. */
  readonly nameShown: "full" | "short";
  readonly speech: boolean;
  /** 0..1 */
  readonly volume: number;
  readonly recognition: RecognitionPolicy;
  /** Absent while no camera was confirmed. */
  readonly camera?: PinnedCamera;
  /** Public half of the backup key, and when the pair was made. Absent until it was. */
  readonly backup?: { readonly recipient: string; readonly madeAt: EpochMs };
  /** How long data is kept; absent while the proposal for the law region stands. */
  readonly retention?: RetentionSchedule;
  /** The impact assessment in force; absent while none is recorded. */
  readonly assessment?: AssessmentMark;
  /** Absent while faces are used. */
  readonly faceOff?: FaceOff;
  /** People whose faces other systems of the company hold, as the operator says; absent while nobody said. */
  readonly facesElsewhere?: number;
}

export interface Setup {
  /** Null until set-up was done. */
  readonly settings: Observable<SiteSettings | null>;
  /** A fresh secret for an authenticator app; nothing is kept of it before {@link Setup.run}. */
  offerTotp(organisation: string, name: string): TotpOffer;
  /** The recovery key is shown once. The administrator is signed in afterwards. */
  run(input: SetupInput): Promise<Result<{ readonly recoveryKey: string }, SetupFailure>>;
  change(settings: Partial<Pick<SiteSettings, "siteName" | "helpContact" | "fixedDirection" | "nameShown" | "speech" | "volume" | "locale" | "recognition">>): Promise<Result<void, Failure>>;
}

// ---- session

export type { AdministratorSession, Sessions, Users, Rights } from "./access.ts";

// ---- people

export interface PersonInput {
  readonly employeeNumber: string;
  readonly name: string;
  readonly department: string;
  readonly employmentType: EmploymentType;
}

export type PersonFailure = Failure<
  "person/number-empty" | "person/number-bad" | "person/number-taken" | "person/name-empty" | "person/name-too-long" | "person/department-too-long" | "person/type-unknown" | "person/no-such" | "person/store-failed" | "person/storage-full" | "person/retired" | AccessFailure["kind"]
> & { readonly field?: keyof PersonInput };

export interface PersonRow {
  readonly person: Person;
  readonly face: "none" | "enrolled" | "other-model" | "unreadable";
  readonly enrolledAt?: EpochMs;
  readonly consent?: Consent;
  readonly hasPin: boolean;
  readonly lastPunch?: Punch;
}

export interface RosterRowError {
  /** Line in the file, the heading is 1. */
  readonly line: number;
  readonly column: string;
  readonly kind: PersonFailure["kind"] | "roster/duplicate-in-file" | "roster/formula" | "roster/missing-column" | "roster/too-many-columns";
  readonly value: string;
}

export type RosterFileFailure = Failure<"roster/not-utf8" | "roster/empty" | "roster/no-heading" | "roster/too-many-rows" | "roster/too-large" | "roster/not-text" | "roster/not-xlsx" | AccessFailure["kind"]>;

/** A file read and checked; nothing is stored yet. */
export interface RosterPreview {
  readonly rows: readonly PersonInput[];
  readonly newPeople: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly errors: readonly RosterRowError[];
  /** As recognised: UTF-8 or GB18030. */
  readonly encoding: string;
}

export interface People {
  /** By employee number. Follows every change. */
  readonly rows: Observable<readonly PersonRow[]>;
  add(input: PersonInput): Promise<Result<Person, PersonFailure>>;
  update(id: PersonId, input: PersonInput): Promise<Result<Person, PersonFailure>>;
  /** The person leaves: face erased, PIN void, record kept. */
  leave(id: PersonId): Promise<Result<void, PersonFailure>>;
  preview(file: Blob): Promise<Result<RosterPreview, RosterFileFailure>>;
  /** Whole or not at all. */
  importRoster(preview: RosterPreview, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<Result<{ readonly added: number; readonly changed: number }, PersonFailure>>;
  /** A new random PIN; shown once. */
  issuePin(id: PersonId): Promise<Result<string, PersonFailure>>;
  giveConsent(id: PersonId, noticeVersion: string, locale: Locale): Promise<Result<Consent, PersonFailure>>;
  /** Erases the template in the same step. */
  withdrawConsent(id: PersonId): Promise<Result<void, PersonFailure>>;
}

// ---- enrolment

export type EnrolmentVariation = "straight" | "slightly-left" | "slightly-right" | "slightly-up" | "nearer";

export type EnrolmentState =
  | { readonly kind: "closed" }
  | { readonly kind: "opening" }
  | { readonly kind: "capturing"; readonly variation: EnrolmentVariation; readonly taken: number; readonly wanted: number; readonly reason: GuidanceReason | "hold-still" | "turn-a-little" | null; readonly face?: FaceOutline }
  | { readonly kind: "checking" }
  | { readonly kind: "captured"; readonly samples: number }
  | { readonly kind: "same-face-enrolled"; readonly personId: PersonId }
  /** `lookAlikes`: people whom the recogniser can take for this one; both are asked for a second factor after their face. */
  | { readonly kind: "stored"; readonly lookAlikes?: readonly PersonId[] }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Guided capture of one person's references. Needs a consent in force. */
export interface Enrolment {
  readonly state: Observable<EnrolmentState>;
  readonly preview: Observable<MediaStream | null>;
  start(personId: PersonId): Promise<Result<void, Failure<"enrolment/no-consent" | "enrolment/no-such-person" | "enrolment/not-assessed" | "enrolment/switched-off" | "enrolment/no-camera" | "enrolment/not-ready" | AccessFailure["kind"]>>>;
  /** Stores what was captured in place of any earlier template, atomically. */
  store(): Promise<Result<void, Failure>>;
  again(): void;
  cancel(): void;
}

// ---- records and device

export interface PunchQuery {
  readonly personId?: PersonId;
  readonly siteId?: string;
  /** Calendar days in the site's zone, `YYYY-MM-DD`, both included. */
  readonly from?: string;
  readonly to?: string;
}

export interface Records {
  /** Newest first. */
  punches(query: PunchQuery): Promise<readonly Punch[]>;
  attempts(query: Pick<PunchQuery, "from" | "to">): Promise<readonly Attempt[]>;
  /** Grows with each new entry and whenever something of another tablet came, so that lists know when to read again. */
  readonly revision: Observable<number>;
}

export interface DeviceReport {
  readonly deviceId: string;
  readonly version: string;
  readonly profile: RecogniserProfile;
  readonly storage: { readonly usedBytes: number; readonly quotaBytes: number; readonly persistent: boolean; readonly bucket: boolean };
  readonly quarantined: readonly { readonly store: string; readonly id: string; readonly kind: string; readonly at: EpochMs }[];
  readonly entries: number;
  readonly crossOriginIsolated: boolean;
  readonly cores: number;
}

/** A look through the camera outside enrolment, for set-up and the device page. Nothing is kept of it. */
export interface CameraCheck {
  /** Set between {@link CameraCheck.open} and {@link CameraCheck.close} while the camera is live. */
  readonly preview: Observable<MediaStream | null>;
  /** Null until the first frame was looked at; `reason` is null when the picture is good enough to recognise somebody. */
  readonly view: Observable<{ readonly reason: GuidanceReason | null; readonly face?: FaceOutline } | null>;
  /** The picture is shown even when the recogniser is not ready; then `view` stays null. */
  open(): Promise<Result<void, CameraFailure>>;
  close(): void;
}

/**
 * What an administrator is to know of the camera.
 * `not-confirmed`: the tablet was set up without confirming one; recognition goes on with whichever is there.
 * `changed`: another one was found in place of the confirmed one. Recognition rests while it is there; PINs go on.
 */
export type CameraAlarm =
  | { readonly kind: "not-confirmed" }
  | {
      readonly kind: "changed";
      /** Of the camera that was found. */
      readonly label: string;
      readonly confirmedLabel: string;
      readonly differences: readonly CameraDifference[];
      /** The label is one that programs use for cameras made of software: a hint, no more. */
      readonly looksVirtual: boolean;
      readonly since: EpochMs;
      /** False when the confirmed camera has been seen again since. */
      readonly stillThere: boolean;
    };

export interface Device {
  readonly check: CameraCheck;
  readonly camera: Observable<CameraStatus>;
  /** Stays until {@link Device.confirmCamera}; null when there is nothing to know. */
  readonly cameraAlarm: Observable<CameraAlarm | null>;
  readonly recogniser: Observable<RecogniserStatus>;
  /** Space and copies of the store, and what of it was lost. */
  readonly storage: Observable<StorageState>;
  /** Takes note of what was lost: it is not told again. */
  acknowledgeLosses(): Promise<void>;
  /** Null for whoever may not see it. */
  report(): Promise<DeviceReport | null>;
  persist(): Promise<boolean>;
  cameras(): Promise<readonly { readonly deviceId: string; readonly label: string }[]>;
  /** Uses that camera from now on, and confirms it. */
  chooseCamera(deviceId: string): Promise<void>;
  /**
   * The camera that is there now is the right one: it is the one expected from now on. Opens it for a moment when it is
   * not open. {@link CameraCheck.open} shows the picture beforehand, also of a camera that is not expected.
   */
  confirmCamera(): Promise<Result<void, CameraFailure | Failure<"camera/not-stored" | AccessFailure["kind"]>>>;
}

// ---- sync and updates

export interface SyncStatus {
  /** Null when the tablet stands alone. */
  readonly hub: { readonly url: string; readonly site: string; readonly expiresAt: EpochMs } | null;
  readonly online: boolean;
  readonly waiting: number;
  readonly quarantined: number;
  readonly lastSuccessAt: EpochMs | null;
  readonly state: "alone" | "idle" | "pushing" | "waiting" | "needs-token" | "refused";
  readonly nextAttemptAt: EpochMs | null;
}

export type PairingFailure = Failure<"pairing/unreadable" | "pairing/expired" | "pairing/other-origin" | "pairing/unreachable" | "pairing/refused" | "pairing/other-device" | AccessFailure["kind"]>;

export interface Sync {
  readonly status: Observable<SyncStatus>;
  /** The text under the QR code. The hub is asked before anything is kept. */
  pair(token: string): Promise<Result<void, PairingFailure>>;
  unpair(): Promise<void>;
  pushNow(): Promise<void>;
}

export type UpdateStatus = { readonly kind: "current" } | { readonly kind: "waiting"; readonly since: EpochMs } | { readonly kind: "offline-ready" } | { readonly kind: "unsupported" };

export interface Updates {
  readonly status: Observable<UpdateStatus>;
  /** Without being asked, an update is taken when the kiosk has been idle for a while. */
  apply(): Promise<void>;
}

/** Everything that administration works with. */
export interface Administration {
  readonly setup: Setup;
  readonly sessions: Sessions;
  readonly users: Users;
  readonly rights: Rights;
  readonly traces: Traces;
  readonly personRights: PersonRights;
  readonly people: People;
  readonly enrolment: Enrolment;
  readonly records: Records;
  readonly attendance: Attendance;
  readonly reports: Reports;
  readonly recognition: Recognition;
  readonly device: Device;
  readonly sync: Sync;
  /** The site's other tablets, and how their records come here; absent where nothing of them is kept. */
  readonly otherDevices?: { readonly known: Pick<OtherDevices, "devices" | "subscribe">; readonly bring: BringOtherDevices };
  readonly updates: Updates;
  readonly audit: Audit;
  readonly compliance: Compliance;
  readonly backups: Backups;
  /** Absent where there is no choice. */
  readonly boot: Boot;
}
