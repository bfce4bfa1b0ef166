import type { RefreshFacts } from "../../domain/biometrics/refreshing.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import type { Clock } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { SiteSettings, SyncStatus } from "../api/administration.ts";
import type { Observable } from "../observable.ts";
import type { OwnRecords } from "../own-record/own-records.ts";
import type { KioskBadges } from "../ports/badges.ts";
import type { Camera } from "../ports/camera.ts";
import type { Ledger, PinFailure } from "../ports/ledger.ts";
import type { Recogniser } from "../ports/recogniser.ts";

/** Runs something later. Passed in, so that tests decide when later is. */
export interface Scheduler {
  /** Returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void;
}

export interface KioskDependencies {
  readonly camera: Camera;
  readonly recogniser: Recogniser;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Evenly spread over 0 (included) to 1 (excluded), not predictable: it chooses what a person is asked to do. */
  readonly random: () => number;
  /** Null before set-up. */
  readonly settings: Observable<SiteSettings | null>;
  readonly sync: Observable<Pick<SyncStatus, "hub" | "online" | "waiting">>;
  /** Opens the recogniser with the stored templates, or leaves it open when it is. Called at every start in mode `live`. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
  /** Why the site does not use faces; absent where that is not asked. The other ways stay. */
  readonly faceClosed?: Observable<FaceClosed | null>;
  /** People who can be recognised, now: the recogniser only tells how many there were when it was opened. */
  readonly enrolled: () => number;
  /** An AES-256-GCM key for practice, thrown away with the page: may wrap, unwrap, encrypt and decrypt. */
  readonly practiceKey: () => Promise<CryptoKey>;
  readonly practiceProfile: RecogniserProfile;
  /** Badges; absent where there are none to show. */
  readonly badges?: KioskBadges;
  /** Opens somebody's own record; absent where there are none to open. */
  readonly ownRecords?: Pick<OwnRecords, "open">;
  readonly verifyKioskPin: (kioskPin: string) => Promise<Result<void, PinFailure>>;
  readonly operatingPoints: Readonly<Record<RecogniserProfile, OperatingPoint>>;
  /** Whom the recogniser can take this person for: after their face they are asked for a second factor. */
  readonly lookAlikesOf: (personId: PersonId) => readonly PersonId[];
  /** Hears of every punch by face once it is recorded, with the fused probe: where the site allows it and the facts leave no doubt, the probe becomes a reference. */
  readonly refreshReference?: (personId: PersonId, probe: Float32Array, facts: RefreshFacts) => void;
}
