import type { CandidateList, RecogniserProfile } from "../domain/biometrics/types.ts";
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
  /** Face key, AES-256-GCM, wrapped by the epoch key: nonce and ciphertext. */
  readonly wrappedKey: Uint8Array;
  /** Envelope of the references, float32 little-endian one after the other. */
  readonly envelope: Uint8Array;
}

export type MatcherFailure = Failure<"matcher/not-open" | "matcher/wrong-length" | "matcher/not-finite" | "template/decryption-failed" | "template/other-model">;

export interface LoadReport {
  readonly people: number;
  readonly references: number;
  readonly ms: number;
  /** Rows that could not be used; the rest is in the gallery. */
  readonly refused: readonly { readonly personId: PersonId; readonly failure: MatcherFailure }[];
}

/** The decrypted gallery and the full search over it. */
export interface MatcherWorker {
  open(options: { readonly profile: RecogniserProfile; readonly modelSet: string; readonly tenant: string; readonly epoch: number; readonly epochKey: CryptoKey }): Promise<Result<void, MatcherFailure>>;
  /** Replaces the gallery. */
  load(rows: readonly SealedTemplate[]): Promise<Result<LoadReport, MatcherFailure>>;
  /** Makes a fresh face key and an envelope for these references. Nothing is added to the gallery: store the row first, then {@link MatcherWorker.add} it. */
  seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>>;
  /** Adds a person, or replaces the person's references at once. */
  add(row: SealedTemplate): Promise<Result<void, MatcherFailure>>;
  /** The person's references are overwritten in memory before this resolves. */
  remove(personId: PersonId): Promise<Result<void, MatcherFailure>>;
  /** Full search, best score per person, best `limit` people. */
  search(probe: Float32Array, limit: number): Promise<Result<CandidateList, MatcherFailure>>;
}
