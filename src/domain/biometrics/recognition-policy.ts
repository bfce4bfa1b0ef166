import * as v from "valibot";
import type { ChallengePolicy } from "./types.ts";

/**
 * With whom a face is compared. `everyone`: all who are enrolled on the tablet. `roster`: those of the departments that
 * the site has named. `typed-number`: the one person whose number was typed first, the least intrusive way.
 */
export type ComparisonScope = "everyone" | "roster" | "typed-number";

/** What a site may choose as {@link RecognitionPolicy.fpirTarget}, strictest last. */
export const FPIR_CHOICES = [1e-2, 1e-3, 1e-4] as const;

/** What a site decides about recognition. */
export interface RecognitionPolicy {
  readonly challenge: ChallengePolicy;
  /** Part of the searches by strangers that may name somebody. */
  readonly fpirTarget: (typeof FPIR_CHOICES)[number];
  readonly comparison: ComparisonScope;
  /** Departments of the roster; looked at under `roster` alone. */
  readonly rosterDepartments: readonly string[];
  /** Whether a well-matched good sample may refresh a reference. */
  readonly refreshReferences: boolean;
}

export const DEFAULT_RECOGNITION_POLICY: RecognitionPolicy = {
  challenge: "in-doubt",
  fpirTarget: 1e-3,
  comparison: "everyone",
  rosterDepartments: [],
  refreshReferences: false,
};

/** Reads a policy from the store or a form. */
export const recognitionPolicySchema = v.strictObject({
  challenge: v.picklist(["off", "in-doubt", "always"]),
  fpirTarget: v.picklist(FPIR_CHOICES),
  comparison: v.picklist(["everyone", "roster", "typed-number"]),
  rosterDepartments: v.array(v.string()),
  refreshReferences: v.boolean(),
});
