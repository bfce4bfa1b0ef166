import type { CandidateList, ComparisonScore, RecogniserProfile } from "../domain/biometrics/types.ts";
import type { Failure } from "../domain/errors.ts";
import type { PersonId } from "../domain/people/types.ts";
import type { Result } from "../domain/result.ts";

/**
 * A person's references as they lie in the store. Only the matcher worker makes the face key, unwraps it and sees
 * references; nothing of a face is in clear outside it but the probe on its way there.
 */
export interface SealedTemplate {
  readonly personId: PersonId;
  readonly profile: RecogniserProfile;
  readonly modelSet: string;
  readonly epoch: number;
  readonly createdAtMs: number;
  /** How many references the envelope holds. */
  readonly references: number;
  /** Set when the last of the references was put there by {@link MatcherWorker.sealRefreshed}; the enrolled ones stay as they are. */
  readonly refreshedAtMs?: number;
  /** Id of the site transform that the references were rotated by; absent in rows from before there was one. */
  readonly transform?: string;
  /** Face key, AES-256-GCM, wrapped by the epoch key: nonce and ciphertext. */
  readonly wrappedKey: Uint8Array;
  /** Envelope of the references, float32 little-endian one after the other. */
  readonly envelope: Uint8Array;
}

export type MatcherFailure = Failure<"matcher/not-open" | "matcher/wrong-length" | "matcher/not-finite" | "template/decryption-failed" | "template/other-model" | "matcher/no-transform">;

/** Faces could not be sealed to the backup recipient, or not be opened by its identity. */
export type CarryFailure = Failure<"template/carry-failed">;

export interface LoadReport {
  readonly people: number;
  readonly references: number;
  readonly ms: number;
  /** Rows that could not be used; the rest is in the gallery. */
  readonly refused: readonly { readonly personId: PersonId; readonly failure: MatcherFailure }[];
  /** Rows that were rotated into the site transform on the way: to be stored in place of the ones that were given. */
  readonly resealed: readonly SealedTemplate[];
}

/**
 * The site's secret rotation: a 256-bit seed under the epoch key. Every reference and probe is rotated by the orthogonal
 * transform that it makes, which leaves all scores as they are; templates of two sites cannot be compared, and a new seed
 * makes new templates without anybody's face.
 */
export interface SiteTransform {
  readonly id: string;
  /** Envelope of the 32-byte seed: store `site-transform`, record id `id`, schema 1, under the epoch key. */
  readonly envelope: Uint8Array;
}

/** Whom a search looks at: everybody in the gallery, those on the site's roster, or one person (1:1). */
export type SearchScope = "everyone" | "roster" | { readonly personId: PersonId };

/** The score between the mean of the one's references and that of the other's. */
export interface ClosePair {
  readonly one: PersonId;
  readonly other: PersonId;
  readonly score: ComparisonScore;
}

/** What leaving out one reference at a time says of a person. */
export interface LeftOut {
  readonly personId: PersonId;
  /** For each reference: the score against the mean of the person's others (null with only one), and the best against anybody else's mean (null when there is nobody). */
  readonly references: readonly { readonly own: ComparisonScore | null; readonly other: ComparisonScore | null }[];
}

/** The decrypted gallery and the full search over it. */
export interface MatcherWorker {
  open(options: { readonly profile: RecogniserProfile; readonly modelSet: string; readonly tenant: string; readonly epoch: number; readonly epochKey: CryptoKey; readonly transform?: SiteTransform; readonly earlierTransforms?: readonly SiteTransform[] }): Promise<Result<void, MatcherFailure>>;
  /** Another epoch's key is in force: rows are opened and sealed with it from now on. The gallery stays as it is, and is searched meanwhile. */
  rekey(epoch: number, epochKey: CryptoKey): Promise<Result<void, MatcherFailure>>;
  /** Takes these people in, a few at a time; the report counts everybody who is there, and says what became of these. Only {@link MatcherWorker.open} empties the gallery. */
  load(rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>>;
  /** Makes a fresh face key and an envelope for these references. Nothing is added to the gallery: store the row first, then {@link MatcherWorker.add} it. */
  seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>>;
  /** Adds a person, or replaces the person's references at once. */
  add(row: SealedTemplate): Promise<Result<void, MatcherFailure>>;
  /** The person's references are overwritten in memory before this resolves. */
  remove(personId: PersonId): Promise<Result<void, MatcherFailure>>;
  /** Who is on the site's roster; null for everybody. Kept through {@link MatcherWorker.load}, forgotten by {@link MatcherWorker.open}. */
  setRoster(people: readonly PersonId[] | null): Promise<Result<void, MatcherFailure>>;
  /** Full search, against the mean of each person's references, best `limit` people. `people` of the list counts those in the scope. */
  search(probe: Float32Array, limit: number, scope?: SearchScope): Promise<Result<CandidateList, MatcherFailure>>;
  /**
   * Pairs of people with a score of at least `minimum`, closest first, at most `limit`. Works in slices: searches that come
   * meanwhile are answered in between, and a change of the gallery is taken into account.
   *
   * @param among only pairs that hold one of these people; null for all
   */
  closePairs(minimum: number, limit: number, among: readonly PersonId[] | null): Promise<Result<readonly ClosePair[], MatcherFailure>>;
  /** Everybody's references, each left out once. Works in slices like {@link MatcherWorker.closePairs}. */
  leaveOneOut(): Promise<Result<readonly LeftOut[], MatcherFailure>>;
  /**
   * A row with the same references and one more made of this probe, which takes the place of an earlier refreshed one.
   * Nothing is added to the gallery: store the row first, then {@link MatcherWorker.add} it.
   */
  sealRefreshed(row: SealedTemplate, probe: Float32Array, refreshedAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>>;
  /**
   * References of these rows, sealed to an age recipient before they leave: for a tablet that takes this one's place. Rows
   * that cannot be opened are left out.
   */
  packFor(rows: readonly SealedTemplate[], recipient: string): Promise<Result<{ readonly people: number; readonly sealed: Uint8Array }, MatcherFailure | CarryFailure>>;
  /** What {@link MatcherWorker.packFor} packed, sealed anew under this tablet's epoch key. `template/other-model` when it comes from another profile or model set. */
  unpackWith(sealed: Uint8Array, identity: string): Promise<Result<readonly SealedTemplate[], MatcherFailure | CarryFailure>>;
}
