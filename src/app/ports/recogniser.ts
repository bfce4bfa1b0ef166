import type { CandidateList, RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Extraction, InferenceFailure, InferenceInfo } from "../../contracts/inference.ts";
import type { FaceSample, FrameReport, LandmarkFailure } from "../../contracts/landmark.ts";
import type { ClosePair, LeftOut, LoadReport, MatcherFailure, SealedTemplate, SearchScope, SiteTransform } from "../../contracts/matcher.ts";
import type { Observable } from "../observable.ts";

export type RecogniserStatus =
  | { readonly kind: "closed" }
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly profile: RecogniserProfile; readonly inference: InferenceInfo; readonly gallery: LoadReport }
  | { readonly kind: "failed"; readonly failure: Failure };

/** One following of one video track. */
export interface Tracking {
  /** The next frame with a face carries a sample. */
  requestSample(): void;
  stop(): Promise<void>;
}

/** What opens the gallery, and what is in it. */
export interface GalleryContents {
  readonly tenant: string;
  readonly epoch: number;
  readonly epochKey: CryptoKey;
  readonly transform?: SiteTransform;
  readonly earlierTransforms?: readonly SiteTransform[];
  readonly templates: readonly SealedTemplate[];
}

/** The three workers behind one face: landmarks, inference, matcher. */
export interface Recogniser {
  readonly status: Observable<RecogniserStatus>;
  open(options: GalleryContents & { readonly profile: RecogniserProfile }): Promise<Result<LoadReport, Failure>>;
  /** Another epoch's key is in force; recognition goes on meanwhile. */
  rekey(epoch: number, epochKey: CryptoKey): Promise<Result<void, MatcherFailure>>;
  track(video: MediaStreamTrack, onReport: (report: FrameReport) => void): Promise<Result<Tracking, LandmarkFailure>>;
  analyse(picture: ImageBitmap): Promise<Result<FrameReport & { readonly sample: FaceSample }, LandmarkFailure>>;
  extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>>;
  /** Who is on the site's roster; null for everybody. */
  setRoster(people: readonly PersonId[] | null): Promise<Result<void, MatcherFailure>>;
  /** Everybody when no scope is given. */
  search(probe: Float32Array, limit: number, scope?: SearchScope): Promise<Result<CandidateList, MatcherFailure>>;
  closePairs(minimum: number, limit: number, among: readonly PersonId[] | null): Promise<Result<readonly ClosePair[], MatcherFailure>>;
  leaveOneOut(): Promise<Result<readonly LeftOut[], MatcherFailure>>;
  sealRefreshed(row: SealedTemplate, probe: Float32Array, refreshedAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>>;
  seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>>;
  add(row: SealedTemplate): Promise<Result<void, MatcherFailure>>;
  remove(personId: PersonId): Promise<Result<void, MatcherFailure>>;
  close(): void;
}
