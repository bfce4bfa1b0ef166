import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";

import type { PersonRow } from "../../../app/api/administration.ts";

/** The state of a person's face, in a word and a sign. */
export function faceMark(face: PersonRow["face"]): TemplateResult {
  switch (face) {
    case "enrolled":
      return html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${faceWord(face)}</span>`;
    case "none":
      return html`<span class="mark quiet"><wa-icon name="user"></wa-icon>${faceWord(face)}</span>`;
    case "other-model":
    case "unreadable":
      return html`<span class="mark care"><wa-icon name="warning"></wa-icon>${faceWord(face)}</span>`;
  }
}

export function faceWord(face: PersonRow["face"]): string {
  switch (face) {
    case "enrolled":
      return msg("Enrolled", { id: "admin.face.enrolled" });
    case "none":
      return msg("No face", { id: "admin.face.none" });
    case "other-model":
      return msg("Enrol again", { id: "admin.face.other-model" });
    case "unreadable":
      return msg("Unreadable", { id: "admin.face.unreadable" });
  }
}
