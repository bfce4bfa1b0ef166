import { msg, str } from "@lit/localize";

import type { KioskState, KioskSurroundings } from "../../app/api/kiosk.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import type { ChallengeAction } from "../../domain/biometrics/types.ts";
import { directionText } from "../i18n/direction.ts";
import { failureText } from "../i18n/failures.ts";
import { hourOfDay, timeToTheSecond } from "../i18n/format.ts";
import { sentences } from "../i18n/sentences.ts";

export type GuidanceWord = Extract<KioskState, { kind: "guiding" }>["reason"];

/** One short instruction for each reason. */
export function guidanceText(reason: GuidanceWord): string {
  switch (reason) {
    case "look-here":
      return msg("Look here", { id: "kiosk.guide.look-here" });
    case "no-face":
      return msg("Come near", { id: "kiosk.guide.no-face" });
    case "several-people":
      return msg("One person, please", { id: "kiosk.guide.several-people" });
    case "too-far":
      return msg("Come a little closer", { id: "kiosk.guide.too-far" });
    case "too-near":
      return msg("Step back a little", { id: "kiosk.guide.too-near" });
    case "off-centre":
      return msg("Move to the middle", { id: "kiosk.guide.off-centre" });
    case "turned-away":
      return msg("Face the screen", { id: "kiosk.guide.turned-away" });
    case "too-dark":
      return msg("Too dark: turn towards the light", { id: "kiosk.guide.too-dark" });
    case "too-bright":
      return msg("Too bright: step out of the light", { id: "kiosk.guide.too-bright" });
    case "uneven-light":
      return msg("Light from one side: turn a little", { id: "kiosk.guide.uneven-light" });
    case "covered":
      return msg("Please uncover your face", { id: "kiosk.guide.covered" });
    case "poor-picture":
      return msg("The picture is poor: please use your PIN", { id: "kiosk.guide.poor-picture" });
    case "blurred":
      return msg("Hold still for a moment", { id: "kiosk.guide.blurred" });
  }
}

export function decidingText(): string {
  return msg("Good, hold still", { id: "kiosk.deciding" });
}

export function challengeText(action: ChallengeAction): string {
  switch (action) {
    case "turn-left":
      return msg("Turn your head slowly to the left", { id: "kiosk.challenge.turn-left" });
    case "turn-right":
      return msg("Turn your head slowly to the right", { id: "kiosk.challenge.turn-right" });
    case "nod":
      return msg("Nod slowly", { id: "kiosk.challenge.nod" });
    case "blink-twice":
      return msg("Blink twice", { id: "kiosk.challenge.blink-twice" });
  }
}

/** Said aloud when a punch was recorded. */
export function greetingText(direction: Direction, at: number, zone: string): string {
  if (direction === "out") return msg("Recorded. Goodbye", { id: "kiosk.say.out" });
  const hour = hourOfDay(at, zone);
  if (hour >= 4 && hour < 12) return msg("Good morning. Recorded", { id: "kiosk.say.morning" });
  if (hour >= 12 && hour < 18) return msg("Good afternoon. Recorded", { id: "kiosk.say.afternoon" });
  return msg("Good evening. Recorded", { id: "kiosk.say.evening" });
}

export function otherDirection(direction: Direction): Direction {
  return direction === "in" ? "out" : "in";
}

/** What a screen reader says of a state; empty where there is nothing to say. */
export function announcement(state: KioskState, { zone, badges }: Pick<KioskSurroundings, "zone" | "badges">): string {
  switch (state.kind) {
    case "starting":
    case "idle":
      return "";
    case "guiding":
      return guidanceText(state.reason);
    case "deciding":
      return decidingText();
    case "challenge":
      return challengeText(state.action);
    case "recorded": {
      const { name, punch } = state;
      return msg(str`Recorded: ${name}, ${directionText(punch.direction)}, ${timeToTheSecond(punch.wallMs, zone)}`, { id: "kiosk.announce.recorded" });
    }
    case "already-recorded": {
      const { name, previous } = state;
      return msg(str`Already recorded: ${name}, ${directionText(previous.direction)}, ${timeToTheSecond(previous.wallMs, zone)}`, { id: "kiosk.announce.already-recorded" });
    }
    case "undone":
      return undoneText();
    case "not-recognised":
      return notRecognisedText();
    case "pin":
      return msg("Enter your employee number and PIN", { id: "kiosk.announce.pin" });
    case "second-factor":
      return secondFactorText(badges);
    case "number":
      return numberText();
    case "own-entry":
      return msg("Enter your employee number and PIN", { id: "kiosk.announce.pin" });
    case "badge":
      return showBadgeText();
    case "own":
      return myRecordsText();
    case "not-recorded": {
      const { happened, todo } = failureText(state.failure);
      return sentences(notRecordedText(), sentences(happened, todo));
    }
  }
}

export function recordedText(): string {
  return msg("Recorded", { id: "kiosk.recorded" });
}

export function alreadyRecordedText(): string {
  return msg("Already recorded", { id: "kiosk.already-recorded" });
}

export function undoneText(): string {
  return msg("Record undone", { id: "kiosk.undone" });
}

export function notRecognisedText(): string {
  return msg("I don't know you yet", { id: "kiosk.not-recognised" });
}

export function notRecordedText(): string {
  return msg("Not recorded", { id: "kiosk.not-recorded" });
}

export function pinInsteadText(): string {
  return msg("Use PIN instead", { id: "kiosk.pin-instead" });
}

export function tryAgainText(): string {
  return msg("Try again", { id: "kiosk.try-again" });
}

/** Asked of everybody whom the face alone does not settle; says neither why nor who. `badges`: one will do as well. */
export function secondFactorText(badges: boolean): string {
  if (badges) return msg("To be sure it is you: your PIN or your badge", { id: "kiosk.second-factor.either" });
  return msg("To be sure it is you, please enter your PIN", { id: "kiosk.second-factor" });
}

/** Said aloud to the one who stands there: the others need not hear that something was to be made sure. */
export function secondFactorSpokenText(badges: boolean): string {
  if (badges) return msg("Please enter your PIN, or show your badge", { id: "kiosk.say.second-factor.either" });
  return msg("Please enter your PIN", { id: "kiosk.say.second-factor" });
}

export function numberText(): string {
  return msg("Enter your number, then look here", { id: "kiosk.number" });
}

export function showBadgeText(): string {
  return msg("Show your badge to the camera", { id: "kiosk.badge" });
}

export function usePinText(): string {
  return msg("Use PIN", { id: "kiosk.use-pin" });
}

export function myRecordsText(): string {
  return msg("My records", { id: "kiosk.own" });
}
