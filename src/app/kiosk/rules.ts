import type { SearchScope } from "../../contracts/matcher.ts";
import { chosenPoint, policyOf } from "../../domain/biometrics/recognition-policy.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { KioskDependencies } from "./dependencies.ts";
import type { EncounterRules } from "./encounter.ts";

/** Whom a face is compared with when the typed number is nobody's: the search finds nobody and takes as long. */
const NOBODY = "nobody" as PersonId;

type RulesDependencies = Pick<KioskDependencies, "recogniser" | "operatingPoints" | "random" | "settings" | "lookAlikesOf">;

export function scopeOfNumber(personId: PersonId | null): SearchScope {
  return { personId: personId ?? NOBODY };
}

/**
 * How the next encounter is judged by the site's policy as it is now; null while faces cannot be judged.
 *
 * @param asked whom the face is to be compared with after a typed number; null when none was typed
 */
export function siteRules(deps: RulesDependencies, asked: SearchScope | null): EncounterRules | null {
  const status = deps.recogniser.status.value;
  const policy = policyOf(deps.settings.value);
  const scope = policy.comparison === "typed-number" ? asked : policy.comparison;
  if (status.kind !== "ready" || scope === null) return null;
  const { profile } = status;
  const point = chosenPoint(deps.operatingPoints[profile], policy);
  return { profile, point, challenge: policy.challenge, random: deps.random, surfaceIsBelieved: false, scope, lookAlikesOf: deps.lookAlikesOf };
}

/** Practice shows recognition and a challenge by turns, whatever the site has decided. */
export function practiceRules(deps: RulesDependencies, round: number): EncounterRules | null {
  const status = deps.recogniser.status.value;
  if (status.kind !== "ready") return null;
  const { profile } = status;
  return {
    profile,
    point: deps.operatingPoints[profile],
    challenge: round % 2 === 1 ? "always" : "in-doubt",
    random: deps.random,
    surfaceIsBelieved: true,
    scope: "everyone",
    lookAlikesOf: () => [],
  };
}
