import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";

import type { LookAlikePair, RenewalOffer } from "../../../app/api/recognition.ts";
import type { PersonRow } from "../../../app/api/administration.ts";
import type { PersonId } from "../../../domain/people/types.ts";

/** What recognition has to say of people: whom they look like, and whether their face data should be renewed. */
export interface Notes {
  readonly lookAlikes: ReadonlyMap<PersonId, readonly PersonId[]>;
  readonly renewals: ReadonlyMap<PersonId, RenewalOffer>;
}

export const NO_NOTES: Notes = { lookAlikes: new Map(), renewals: new Map() };

export function notesOf(pairs: readonly LookAlikePair[], offers: readonly RenewalOffer[]): Notes {
  const lookAlikes = new Map<PersonId, PersonId[]>();
  for (const { one, other } of pairs) {
    lookAlikes.set(one, [...(lookAlikes.get(one) ?? []), other]);
    lookAlikes.set(other, [...(lookAlikes.get(other) ?? []), one]);
  }
  return { lookAlikes, renewals: new Map(offers.map((offer) => [offer.personId, offer])) };
}

/** Remembers the notes of the last pairs and offers, so that a list of thousands is not gone through at every render. */
export class NotesMemory {
  #pairs: readonly LookAlikePair[] = [];
  #offers: readonly RenewalOffer[] = [];
  #notes = NO_NOTES;

  of(pairs: readonly LookAlikePair[], offers: readonly RenewalOffer[]): Notes {
    if (pairs !== this.#pairs || offers !== this.#offers) {
      this.#pairs = pairs;
      this.#offers = offers;
      this.#notes = notesOf(pairs, offers);
    }
    return this.#notes;
  }
}

export const NOTE_KINDS = ["renew", "look-alike", "pin-needed"] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** Whether a note is true of a person. `pin-needed`: looks like somebody and has no PIN, so the kiosk cannot let them in by face. */
export function hasNote(row: PersonRow, kind: NoteKind, notes: Notes): boolean {
  if (row.person.status === "left") return false;
  const { id } = row.person;
  switch (kind) {
    case "renew":
      return notes.renewals.has(id);
    case "look-alike":
      return notes.lookAlikes.has(id);
    case "pin-needed":
      return notes.lookAlikes.has(id) && !row.hasPin;
  }
}

export function noteWord(kind: NoteKind): string {
  switch (kind) {
    case "renew":
      return msg("Renew face data", { id: "admin.note.renew" });
    case "look-alike":
      return msg("Looks like somebody: PIN after the face", { id: "admin.note.look-alike" });
    case "pin-needed":
      return msg("Looks like somebody, and has no PIN", { id: "admin.note.pin-needed" });
  }
}

/** Why face data should be renewed. */
export function renewalWord(reason: RenewalOffer["reason"]): string {
  switch (reason) {
    case "sinking":
      return msg("Recognised less and less clearly for weeks. Faces change; new samples bring it back.", { id: "admin.renewal.sinking" });
    case "old":
      return msg("Enrolled long ago. Faces change; new samples keep recognition sure.", { id: "admin.renewal.old" });
    case "other-model":
      return msg("Made with other models, which this kiosk does not use.", { id: "admin.renewal.other-model" });
  }
}

/** Signs beside a name, each with its words for whoever does not see it or rests the pointer on it. */
export function noteMarks(row: PersonRow, notes: Notes): TemplateResult | typeof nothing {
  const kinds = (["renew", hasNote(row, "pin-needed", notes) ? "pin-needed" : "look-alike"] as const).filter((kind) => hasNote(row, kind, notes));
  if (kinds.length === 0) return nothing;
  const icons: Readonly<Record<NoteKind, string>> = { renew: "refresh", "look-alike": "look-alike", "pin-needed": "key" };
  return html`<span class="notes">${kinds.map((kind) => html`<wa-icon class=${kind} name=${icons[kind]} label=${noteWord(kind)} title=${noteWord(kind)}></wa-icon>`)}</span>`;
}
