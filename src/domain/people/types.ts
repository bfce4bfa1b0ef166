import type { Brand } from "../brand.ts";
import type { EpochMs } from "../clock.ts";

/** A random UUID: says nothing about the person. */
export type PersonId = Brand<string, "PersonId">;

/** As printed on the badge: 1 to 32 characters, letters, digits and `-_./`; compared without regard to case. */
export type EmployeeNumber = Brand<string, "EmployeeNumber">;

export type EmploymentType = "full-time" | "part-time" | "intern" | "dispatched";

export const EMPLOYMENT_TYPES: readonly EmploymentType[] = ["full-time", "part-time", "intern", "dispatched"];

export interface Person {
  readonly id: PersonId;
  readonly employeeNumber: EmployeeNumber;
  readonly name: string;
  readonly department: string;
  readonly employmentType: EmploymentType;
  readonly status: "active" | "left";
  readonly addedAt: EpochMs;
  readonly leftAt?: EpochMs;
  /** The language to greet in after recognition; the kiosk's own when absent. */
  readonly locale?: Locale;
}

export type Locale = "zh-Hans" | "en";

/** Separate, explicit consent to one version of the face notice. Never deleted; withdrawing adds a time. */
export interface Consent {
  readonly personId: PersonId;
  readonly noticeVersion: string;
  readonly locale: Locale;
  readonly givenAt: EpochMs;
  readonly withdrawnAt?: EpochMs;
}
