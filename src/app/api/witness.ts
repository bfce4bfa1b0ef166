import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";

/**
 * `unreadable`: no code of ours. `unsigned`: not the tablet's own. `base`: the proof begins elsewhere than at what this
 * phone had signed. `smaller`, `fork`, `inconsistent`: the tablet shows another history than the one that was signed.
 */
export type PhoneWitnessFailure = Failure<"witness/unreadable" | "witness/unsigned" | "witness/base" | "witness/smaller" | "witness/fork" | "witness/inconsistent" | "witness/not-kept">;

/** A tablet whose log this phone has signed. */
export interface WitnessedTablet {
  readonly device: string;
  readonly size: number;
  readonly at: EpochMs;
}

/** What was signed, and what the tablet is shown in return. */
export interface PhoneAnswer extends WitnessedTablet {
  /** Entries signed before; 0 for the first time. */
  readonly previousSize: number;
  readonly text: string;
}

/** This phone as a witness of tablets' logs. Works without network. */
export interface PhoneWitness {
  /** First 20 hexadecimal digits of the SHA-256 of its key. */
  id(): Promise<string>;
  tablets(): Promise<readonly WitnessedTablet[]>;
  /** Takes in what a tablet shows; keeps what it signs before it answers. */
  sign(text: string): Promise<Result<PhoneAnswer, PhoneWitnessFailure>>;
  /** Null where there is no camera, or it may not be used. */
  openCamera(): Promise<MediaStream | null>;
}
