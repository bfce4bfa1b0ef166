import type { Challenge } from "../../domain/biometrics/challenge.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { FaceOutline, KioskState } from "../api/kiosk.ts";
import type { PunchRecorded } from "../ports/ledger.ts";
import { shownName } from "./shown-name.ts";

/** The states that the face way shows and may leave by itself. */
export function isFaceState({ kind }: KioskState): boolean {
  return kind === "guiding" || kind === "deciding" || kind === "challenge";
}

export function punchedState({ punch, person, previous }: PunchRecorded, shown: SiteSettings["nameShown"], endsAt: EpochMs): KioskState {
  const name = shownName(person.name, shown);
  const locale = person.locale === undefined ? {} : { locale: person.locale };
  if (punch.status !== "suppressed") return { kind: "recorded", punch, name, ...locale, endsAt };
  return { kind: "already-recorded", punch, previous: previous ?? punch, name, ...locale, endsAt };
}

export function challengeState({ action, progress, attempt }: Challenge, endsAt: EpochMs, face: FaceOutline | undefined): KioskState {
  return { kind: "challenge", action, progress, attempt, endsAt, ...(face === undefined ? {} : { face }) };
}
