import type { Direction, PunchMethod } from "../../../src/domain/attendance/types.ts";
import type { RuleBook, PersonPlan } from "../../../src/domain/attendance/rules/types.ts";
import type { EmploymentType } from "../../../src/domain/people/types.ts";

export interface SeedPerson {
  readonly number: string;
  readonly name: string;
  readonly department: string;
  readonly employmentType: EmploymentType;
  /** What this person works, by the ids of the rules; what their group says when absent. */
  readonly plan?: Omit<PersonPlan, "personId">;
}

export interface SeedPunch {
  readonly number: string;
  /** Local time of the site, `2026-10-08T08:57`. */
  readonly at: string;
  /** As the tablet works it out when absent. */
  readonly direction?: Direction;
  readonly method?: PunchMethod;
}

/** A stretch without recognition. */
export interface SeedOutage {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Somebody who signs in to administration. */
export interface SeedUser {
  readonly name: string;
  readonly role: "hr" | "supervisor";
  readonly department?: string;
}

/** What a tablet lived through before the test begins. */
export interface SeedMonth {
  readonly zone: string;
  /** Local time of the set-up. */
  readonly begins: string;
  readonly people: readonly SeedPerson[];
  readonly users: readonly SeedUser[];
  readonly rules: RuleBook["versions"][number]["rules"];
  readonly rulesFrom: string;
  readonly punches: readonly SeedPunch[];
  readonly outages: readonly SeedOutage[];
}

/** What the people know by heart afterwards. */
export interface Seeded {
  /** By employee number. */
  readonly pins: Readonly<Record<string, string>>;
  readonly ids: Readonly<Record<string, string>>;
  readonly users: readonly { readonly name: string; readonly passphrase: string; readonly secret: string }[];
  readonly punches: number;
}

/** What the page that lives through a month gives to the test. */
export interface SeedPage {
  readonly seed: (month: SeedMonth) => Promise<Seeded>;
  /** @param people ids */
  readonly confirmMonths: (what: { readonly month: string; readonly people: readonly string[] }) => Promise<void>;
}
