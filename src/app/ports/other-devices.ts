import type { Entry } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { AccessFailure } from "./access.ts";
import type { RecordRing } from "./store.ts";

/** What is wrong with what was brought of another tablet; its entries up to there stay in force. */
export type ForeignRecordFailure = Failure<
  | "segment/malformed"
  | "segment/other-content"
  | "segment/bad-signature"
  | "segment/sealed-for-another"
  | "segment/broken-chain"
  /** Entries are missing before it: it waits for them. */
  | "segment/gap"
  /** It says otherwise than what is here of the same entries: the device was copied, or somebody writes in its name. */
  | "segment/forked"
  /** It is this tablet's own, or of an installation that this one does not belong to. */
  | "segment/foreign"
>;

/** Another tablet of the site, as far as its records have come here. */
export interface OtherDevice {
  readonly device: string;
  /** The last entry that is here with all before it; 0 for none. */
  readonly upToSeq: number;
  /** Everything that it recorded until then, by its own clock, is here; null while nothing is. */
  readonly untilMs: EpochMs | null;
  /** When something of it last came here. */
  readonly heardAt: EpochMs;
  /** The entry that retired it; null while it is in use. */
  readonly endedAt: number | null;
  /** Why the last thing that came of it was not taken; null when all was. */
  readonly refused: ForeignRecordFailure | null;
}

/**
 * What other tablets of the site recorded, read-only: it never comes into the own log. An entry can be in the history of a
 * backup too: it is the same one where device and sequence number are.
 */
export interface OtherDevices {
  /**
   * Entries of these days, one list for each tablet, in their order; days count from 1970-01-01 UTC, both included. Outages
   * are among them, under the device that had them.
   *
   * @param ring the device's own when absent; what a role's cannot unwrap has no content
   */
  entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing): Promise<readonly (readonly Entry[])[]>;
  devices(): Promise<readonly OtherDevice[]>;
  /** Those of {@link OtherDevices.devices} of which something is here: until when each was heard of. */
  watermarks(): Promise<readonly { readonly device: string; readonly untilMs: EpochMs }[]>;
  /** Tells when something came. */
  subscribe(listener: () => void): () => void;
}

/**
 * `not-signed-in`: nobody who holds HR's role is. `not-a-reader`: the hub's pairing does not allow this tablet to read.
 * `not-a-file`: it is no file of sealed records. `own-file`: it is this tablet's.
 */
export type BringFailure = AccessFailure | Failure<"other-devices/not-signed-in" | "other-devices/no-hub" | "other-devices/unreachable" | "other-devices/not-a-reader" | "other-devices/not-a-file" | "other-devices/own-file" | "other-devices/store-failed">;

/** What came, tablet by tablet. */
export interface Brought {
  /** Entries that were not here. */
  readonly entries: number;
  readonly refused: readonly { readonly device: string; readonly failure: ForeignRecordFailure }[];
}

/** Brings the records of other tablets here. HR is signed in: they are sealed to HR's role. */
export interface BringOtherDevices {
  fromHub(signal?: AbortSignal): Promise<Result<Brought, BringFailure>>;
  /** From a file that another tablet wrote with {@link BringOtherDevices.toFile}. */
  fromFile(file: Blob, signal?: AbortSignal): Promise<Result<Brought, BringFailure>>;
  /** This tablet's sealed records, for another to bring in: nobody but HR can read them. */
  toFile(): Promise<Result<Blob, BringFailure>>;
}
