import type { EpochMs, TimeState } from "../clock.ts";
import type { PackageCounts, PackageFacts } from "./package.ts";
import type { Fault } from "./structure.ts";

/**
 * Something that does not fit. `seq` and `to` are sequence numbers, both included.
 * - `rewritten`: a checkpoint that the device signed is of another history; one of these entries was changed.
 * - `rewritten-after-witness`: the same of what a witness signed. Only who holds the device's key can make it look whole
 *   otherwise.
 * - `cut-off`: entries that a checkpoint or a witness has seen are not there any more.
 * - `body`: a body is not the one that its entry commits to.
 * - `fork`: the device signed two histories of one length.
 * - `after-end`: attendance, recorded after the entry that retired the device.
 * - `seal`: the file was changed after the device had made it. `counts`: parts of it are missing or were added.
 */
export type Finding =
  | Fault
  | { readonly kind: "body" | "foreign" | "after-end"; readonly seq: number; readonly type: string }
  | { readonly kind: "rewritten"; readonly seq: number; readonly to: number }
  | { readonly kind: "rewritten-after-witness"; readonly seq: number; readonly to: number; readonly witness: string; readonly by: "hub" | "phone"; readonly wallMs: EpochMs }
  | { readonly kind: "cut-off"; readonly seq: number; readonly to: number; readonly told: "checkpoint" | "hub" | "phone" | "facts" }
  | { readonly kind: "checkpoint-forged" | "fork"; readonly seq: number }
  | { readonly kind: "co-signature-forged"; readonly seq: number; readonly witness: string }
  | { readonly kind: "device-key" | "seal" | "seal-missing" | "counts" | "statement-malformed" };

/** A run of entries whose time nobody vouches for. T2 and T3, see `TimeState`. */
export interface DoubtfulTime {
  readonly state: Extract<TimeState, "T2" | "T3">;
  readonly seq: number;
  readonly to: number;
}

/** How far a witness vouches for the log. */
export interface WitnessReach {
  readonly kind: "hub" | "phone";
  readonly witness: string;
  /** Whether the co-signature lay in the package, or was put beside it by whoever verifies. */
  readonly from: "package" | "beside";
  /** Entries 1 to this number are as the witness signed them. */
  readonly upTo: number;
  readonly wallMs: EpochMs;
  readonly coSignatures: number;
}

/** Somebody looked at somebody's data, or took it along. */
export interface Look {
  readonly seq: number;
  readonly wallMs: EpochMs;
  readonly type: "viewed" | "viewed-list" | "exported";
  /** User id, or `self`. */
  readonly by: string;
  readonly role: string;
  readonly what: string;
  readonly personId: string | null;
  readonly department: string | null;
  readonly people: number;
}

export interface VerifyReport {
  readonly facts: PackageFacts;
  readonly counts: PackageCounts;
  /** By where they are; empty when everything fits. */
  readonly findings: readonly Finding[];
  /** More than are listed. */
  readonly findingsLeftOut: number;
  readonly entries: number;
  readonly firstAt: EpochMs | null;
  readonly lastAt: EpochMs | null;
  /** Entries with a body that was opened and fits; without one: destroyed, or not for the exporter's eyes; with a header that the device itself could not read any more. */
  readonly bodiesFit: number;
  readonly bodiesAbsent: number;
  readonly headersAbsent: number;
  readonly types: ReadonlyMap<string, number>;
  readonly doubtfulTimes: readonly DoubtfulTime[];
  /** Checkpoints that fit, and how far the last of them reaches. */
  readonly checkpoints: number;
  readonly sealedUpTo: number;
  /** Checkpoints and co-signatures that cannot be compared, because every trace of an entry before them is gone. */
  readonly notCompared: number;
  readonly witnesses: readonly WitnessReach[];
  readonly witnessedUpTo: number;
  /** What the log says was co-signed and whose co-signature is not there. */
  readonly missingCoSignatures: readonly { readonly seq: number; readonly size: number; readonly witness: string }[];
  /** Sequence number of the entry that retired the device. */
  readonly endedAt: number | null;
  readonly looks: readonly Look[];
  /** Names by person and by user, as far as entries tell them. */
  readonly names: ReadonlyMap<string, string>;
}

export const isWhole = (report: VerifyReport): boolean => report.findings.length === 0;
