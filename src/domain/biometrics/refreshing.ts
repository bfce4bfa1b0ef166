import type { StepUp } from "../attendance/types.ts";
import type { EpochMs } from "../clock.ts";
import { identificationThreshold } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { PadOutcome } from "./types.ts";

/**
 * How much rarer a stranger must be at the score than at the one that names a person. What takes the place of a reference
 * is compared with for weeks, so a wrong one does more harm than one wrong punch.
 */
export const STRICTER = 100;
/** How long a template stays as it is after it was made or refreshed, milliseconds. */
export const REFRESH_AT_MOST_EVERY_MS = 7 * 86_400_000;
/** The first candidate must lead the second by this many times the margin that names it. */
const MARGINS = 2;

/** What the kiosk knows of a punch by face. */
export interface RefreshFacts {
  /** Of the probe that is to become a reference. */
  readonly score: number;
  /** How far the first candidate leads the second; null when there is no second. */
  readonly lead: number | null;
  /** With how many people the probe was compared. */
  readonly people: number;
  /** Without any challenge. */
  readonly pad: PadOutcome;
  readonly stepUps: readonly StepUp[];
  /** Whether the frames would have done for an enrolment. */
  readonly enrolmentQuality: boolean;
}

/** Whether a probe is beyond doubt, so that it may refresh a reference of the person. */
export function mayRefresh(
  facts: RefreshFacts,
  template: { readonly createdAtMs: number; readonly refreshedAtMs?: number },
  hasLookAlike: boolean,
  now: EpochMs,
  point: OperatingPoint,
): boolean {
  if (hasLookAlike || facts.pad !== "bona-fide" || facts.stepUps.length > 0 || !facts.enrolmentQuality) return false;
  if (facts.lead !== null && facts.lead < MARGINS * point.margin) return false;
  if (facts.score < identificationThreshold({ ...point, fpirTarget: point.fpirTarget / STRICTER }, facts.people)) return false;
  // A clock that was set back gives a negative time, and then nothing is refreshed either.
  return now - Math.max(template.createdAtMs, template.refreshedAtMs ?? 0) >= REFRESH_AT_MOST_EVERY_MS;
}
