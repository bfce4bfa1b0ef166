import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { isDay } from "../../domain/attendance/rules/days.ts";
import type { Day } from "../../domain/attendance/rules/types.ts";
import { failure } from "../../domain/errors.ts";
import type { ViolationNote } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, Notes } from "../api/attendance.ts";
import type { Access } from "../ports/access.ts";
import type { Paper, Store } from "../ports/store.ts";
import { ownMark } from "../access/own-record.ts";

/** Longest text of a note or of the reason for taking it back, characters. */
export const NOTE_MAX_LENGTH = 1000;

export interface NotesDependencies {
  readonly store: Store;
  readonly access: Access;
  readonly newId: () => string;
}

/**
 * What people wrote about what happened. Nothing is worked out and nothing follows by itself; the person reads every note,
 * and whoever wrote it, or HR, takes it back with a reason. A note is never changed.
 */
export class SiteNotes implements Notes {
  constructor(private readonly dependencies: NotesDependencies) {}

  async of(personId: PersonId): ReturnType<Notes["of"]> {
    const { store, access } = this.dependencies;
    const checked = access.check("notes.read", personId);
    if (!checked.ok) return checked;
    if (access.ring === null) return err(failure("access/not-signed-in"));
    const papers = await store.papers({ kinds: ["note"], subject: personId }, access.ring);
    const viewed = await access.viewed({ what: "person", personId });
    if (!viewed.ok) return viewed;
    return ok(notesIn(papers));
  }

  async write(personId: PersonId, day: Day, kind: ViolationNote["kind"], entered: string): ReturnType<Notes["write"]> {
    const checked = this.dependencies.access.check("notes.write", personId);
    if (!checked.ok) return checked;
    const text = asText(entered);
    if (text === "" || !isDay(day)) return err(failure("note/empty"));
    if (text.length > NOTE_MAX_LENGTH) return err(failure("note/too-long"));
    const { store, newId } = this.dependencies;
    const by = checked.value.userId;
    const id = newId();
    return this.#writing(() => {
      const note: ViolationNote = { id, personId, day, kind, text, by, at: store.now().wallMs };
      return store.commit({ entries: [{ type: "violation-note", subject: personId, body: { personId, note: id, phase: "written", kind, day, text, by, ...ownMark(store, by, personId) } }], papers: [notePaper(note)] });
    });
  }

  async withdraw(id: string, entered: string): ReturnType<Notes["withdraw"]> {
    const { store, access } = this.dependencies;
    if (access.ring === null) return err(failure("access/not-signed-in"));
    const reason = asText(entered).slice(0, NOTE_MAX_LENGTH);
    const [note] = notesIn([await store.paper(notePaperId(id), access.ring)]);
    if (note === undefined) return err(failure("note/no-such"));
    const checked = access.check("notes.write", note.personId);
    if (!checked.ok) return checked;
    // What HR wrote is not for a supervisor to take away, least of all one whom it is about.
    if (note.by !== checked.value.userId && !checked.value.grants.some(({ role }) => role === "hr")) return err(failure("access/not-allowed"));
    if (reason === "") return err(failure("note/empty"));
    if (note.withdrawn !== undefined) return ok();
    const by = checked.value.userId;
    return this.#writing(() => {
      const { entry, paper } = takenBack(note, { by, at: store.now().wallMs, reason });
      return store.commit({ entries: [entry], papers: [paper] });
    });
  }

  async #writing(work: () => ReturnType<Store["commit"]>): Promise<Result<void, AttendanceFailure>> {
    try {
      const written = await this.dependencies.store.exclusively(work);
      if (written.ok) return ok();
      return err(written.error.kind === "store/full" ? failure("attendance/storage-full") : failure("attendance/store-failed", written.error.kind));
    } catch (error) {
      return err(failure("attendance/store-failed", error instanceof Error ? error.name : undefined));
    }
  }
}

const asText = (entered: string): string => entered.replace(/[^\P{Cc}\n]+/gu, " ").trim();
export const notePaperId = (id: string): string => `note:${id}`;

/** What taking a note back adds to the log, and the note with it. */
export function takenBack(note: ViolationNote, withdrawn: NonNullable<ViolationNote["withdrawn"]>): { readonly entry: EntryDraft; readonly paper: Paper } {
  const { id, personId, day, kind } = note;
  const { by, reason } = withdrawn;
  return { entry: { type: "violation-note", subject: personId, body: { personId, note: id, phase: "withdrawn", kind, day, text: reason, by } }, paper: notePaper({ ...note, withdrawn }) };
}

function notePaper(note: ViolationNote): Paper {
  return { id: notePaperId(note.id), kind: "note", subject: note.personId, untilUtcDay: null, value: note };
}

/** The notes among those papers, the latest first. */
export function notesIn(papers: readonly (Paper | null)[]): readonly ViolationNote[] {
  return papers.flatMap((paper) => (isNote(paper?.value) ? [paper.value] : [])).sort((one, other) => other.at - one.at);
}

function isNote(value: unknown): value is ViolationNote {
  return typeof value === "object" && value !== null && "id" in value && "personId" in value && "text" in value && "day" in value;
}
