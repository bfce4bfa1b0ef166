import { failure } from "../../domain/errors.ts";
import { ROSTER_MAX_BYTES, ROSTER_MAX_ROWS, readHeading, readRow } from "../../domain/people/roster-file.ts";
import type { RosterHeading } from "../../domain/people/roster-file.ts";
import { numberKey, saysTheSame } from "../../domain/people/roster.ts";
import type { CheckedInput } from "../../domain/people/roster.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PersonInput, RosterFileFailure, RosterPreview, RosterRowError } from "../api/administration.ts";
import type { Store } from "../ports/store.ts";
import { Pauses } from "../pauses.ts";
import { decodeText } from "./decode-text.ts";
import { readCsv } from "./read-csv.ts";

/** Reads and checks a roster file against the people that are there. Nothing is stored. */
export async function previewRoster(store: Pick<Store, "findByNumber">, file: Blob): Promise<Result<RosterPreview, RosterFileFailure>> {
  if (file.size > ROSTER_MAX_BYTES) return err(failure("roster/too-large"));
  const decoded = await decodeText(new Uint8Array(await file.arrayBuffer()));
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  if (text.trim() === "") return err(failure("roster/empty"));

  const rows: CheckedInput[] = [];
  const errors: RosterRowError[] = [];
  const seen = new Set<string>();
  const counts = { added: 0, unchanged: 0, changed: 0 };
  let heading: RosterHeading | null = null;
  let stopped: RosterFileFailure["kind"] | null = null;

  const readable = await readCsv(text, ({ line, cells }) => {
    if (!heading) {
      heading = readHeading(cells);
      if (!heading) stopped = "roster/no-heading";
      return heading !== null;
    }
    if (rows.length + errors.length >= ROSTER_MAX_ROWS && seen.size >= ROSTER_MAX_ROWS) {
      stopped = "roster/too-many-rows";
      return false;
    }
    const read = readRow(heading, cells);
    if (!read.ok) {
      for (const error of read.errors) errors.push({ line, ...error });
      return true;
    }
    const key = numberKey(read.input.employeeNumber);
    if (seen.has(key)) {
      errors.push({ line, column: heading.titles.employeeNumber, kind: "roster/duplicate-in-file", value: read.input.employeeNumber });
      return true;
    }
    seen.add(key);
    rows.push(read.input);
    const known = store.findByNumber(read.input.employeeNumber);
    counts[known ? (saysTheSame(known.person, read.input) ? "unchanged" : "changed") : "added"]++;
    return true;
  });
  // Assigned in the callback, which the compiler does not follow.
  const outcome = stopped as RosterFileFailure["kind"] | null;
  if (outcome) return err(failure(outcome));
  if (!readable) return err(failure("roster/not-text", "a quote that never ends"));
  if (rows.length + errors.length === 0) return err(failure("roster/empty"));
  return ok({ rows, newPeople: counts.added, unchanged: counts.unchanged, changed: counts.changed, errors, encoding });
}

/** Names what was imported: SHA-256 of its rows, one JSON array a line, hexadecimal. */
export async function rosterHash(rows: readonly PersonInput[]): Promise<string> {
  const pauses = new Pauses();
  const lines: string[] = [];
  for (const { employeeNumber, name, department, employmentType } of rows) {
    lines.push(`${JSON.stringify([employeeNumber, name, department, employmentType])}\n`);
    await pauses.ifDue();
  }
  const digest = await crypto.subtle.digest("SHA-256", await new Blob(lines).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
