import type { FaceOutline, KioskState } from "../../app/api/kiosk.ts";
import type { Sound } from "./sounds.ts";

/** What the screen means at a glance: as it is, recorded, or something to heed. */
type Tone = "calm" | "good" | "care";

export function toneOf(state: KioskState): Tone {
  switch (state.kind) {
    case "recorded":
      return "good";
    case "not-recognised":
    case "not-recorded":
      return "care";
    case "starting":
    case "idle":
    case "guiding":
    case "deciding":
    case "challenge":
    case "already-recorded":
    case "undone":
    case "pin":
    case "second-factor":
    case "number":
    case "badge":
    case "own-entry":
    case "own":
      return "calm";
  }
}

export function soundOf(state: KioskState): Sound | undefined {
  switch (state.kind) {
    case "recorded":
      return "recorded";
    case "already-recorded":
    case "undone":
    case "challenge":
    case "second-factor":
      return "noted";
    case "not-recognised":
    case "not-recorded":
      return "refused";
    case "starting":
    case "idle":
    case "guiding":
    case "deciding":
    case "pin":
    case "number":
    case "badge":
    case "own-entry":
    case "own":
      return undefined;
  }
}

/** Everything of a state but where the face is and how far the ring has closed: while it stays the same, nothing is rendered anew. */
export function pictureOf(state: KioskState): string {
  switch (state.kind) {
    case "guiding":
      return `guiding ${state.reason}`;
    case "challenge":
      // Its end is worked out anew for every frame and wavers by a millisecond: the first one stands.
      return `challenge ${state.action} ${state.attempt}`;
    case "recorded":
    case "already-recorded":
      return `${state.kind} ${state.punch.id} ${state.punch.direction} ${state.endsAt}`;
    case "undone":
    case "not-recognised":
    case "pin":
    case "number":
    case "own-entry":
    case "own":
      return `${state.kind} ${state.endsAt}`;
    case "badge":
    case "second-factor":
      return `${state.kind} ${state.endsAt} ${state.told?.kind ?? ""}`;
    case "not-recorded":
      return `not-recorded ${state.failure.kind}`;
    case "starting":
    case "idle":
    case "deciding":
      return state.kind;
  }
}

/** What is new enough to be heard: a longer stay in the same state is not. */
export function occasionOf(state: KioskState): string {
  switch (state.kind) {
    case "challenge":
      return `challenge ${state.action} ${state.attempt}`;
    case "recorded":
    case "already-recorded":
      return `${state.kind} ${state.punch.id} ${state.punch.direction}`;
    case "starting":
    case "idle":
    case "guiding":
    case "deciding":
    case "undone":
    case "not-recognised":
    case "pin":
    case "second-factor":
    case "number":
    case "own-entry":
    case "own":
    case "not-recorded":
      return state.kind;
    case "badge":
      return `badge ${state.told?.kind ?? ""}`;
  }
}

export function faceOf(state: KioskState): FaceOutline | undefined {
  return state.kind === "guiding" || state.kind === "deciding" || state.kind === "challenge" ? state.face : undefined;
}

export function progressOf(state: KioskState): number | undefined {
  return state.kind === "deciding" || state.kind === "challenge" ? state.progress : undefined;
}
