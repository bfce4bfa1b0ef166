import * as v from "valibot";
import { DEPARTMENT_MAX_LENGTH, departmentName } from "../people/roster.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { ChallengePolicy, RecogniserProfile } from "./types.ts";

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

/**
 * Where a site with this profile starts. `clear` misses so many people at one in a thousand that it starts at one in a
 * hundred; what that means is said where it can be changed.
 */
export function firstRecognitionPolicy(profile: RecogniserProfile): RecognitionPolicy {
  return profile === "clear" ? { ...DEFAULT_RECOGNITION_POLICY, fpirTarget: 1e-2 } : DEFAULT_RECOGNITION_POLICY;
}

/** What the site has decided; the defaults before set-up. */
export function policyOf(settings: { readonly recognition: RecognitionPolicy } | null): RecognitionPolicy {
  return settings?.recognition ?? DEFAULT_RECOGNITION_POLICY;
}

/** Reads a policy from the store. */
export const recognitionPolicySchema = v.strictObject({
  challenge: v.picklist(["off", "in-doubt", "always"]),
  fpirTarget: v.picklist(FPIR_CHOICES),
  comparison: v.picklist(["everyone", "roster", "typed-number"]),
  rosterDepartments: v.array(v.string()),
  refreshReferences: v.boolean(),
});

/** Departments that a roster may name at most. */
const ROSTER_MAX_DEPARTMENTS = 1000;

/**
 * Reads what a form says: departments are written as people's are, none is empty or twice. A roster of no department is
 * refused, for it would let nobody be recognised.
 */
export const recognitionChoiceSchema = v.pipe(
  v.strictObject({
    ...recognitionPolicySchema.entries,
    rosterDepartments: v.pipe(
      v.array(v.pipe(v.string(), v.maxLength(10 * DEPARTMENT_MAX_LENGTH), v.transform(departmentName))),
      v.maxLength(ROSTER_MAX_DEPARTMENTS),
      v.transform((names) => [...new Set(names)].filter((name) => name !== "")),
    ),
  }),
  v.check(({ comparison, rosterDepartments }) => comparison !== "roster" || rosterDepartments.length > 0),
);

/** True when both say the same. The order of departments says nothing. */
export function samePolicy(one: RecognitionPolicy, other: RecognitionPolicy): boolean {
  const key = (policy: RecognitionPolicy): string =>
    JSON.stringify([policy.challenge, policy.fpirTarget, policy.comparison, policy.rosterDepartments.toSorted(), policy.refreshReferences]);
  return key(one) === key(other);
}

/** The operating point with what the site has chosen. */
export function chosenPoint(point: OperatingPoint, { fpirTarget }: Pick<RecognitionPolicy, "fpirTarget">): OperatingPoint {
  return { ...point, fpirTarget };
}
