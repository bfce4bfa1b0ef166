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
import type { ReadSpreadsheet } from "../ports/spreadsheets.ts";
import { readCsv } from "./read-csv.ts";
import type { CsvRow } from "./read-csv.ts";

/** First bytes of a ZIP archive, which a workbook is. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

type Rows = (onRow: (row: CsvRow) => boolean) => Promise<boolean>;

/**
 * Reads and checks a roster file against the people that are there: text with separators, or a workbook. What it is, its
 * first bytes say, not its name. Nothing is stored.
 */
export async function previewRoster(store: Pick<Store, "findByNumber">, file: Blob, readSpreadsheet: ReadSpreadsheet): Promise<Result<RosterPreview, RosterFileFailure>> {
  if (file.size > ROSTER_MAX_BYTES) return err(failure("roster/too-large"));
  const opened = await openFile(file, readSpreadsheet);
  if (!opened.ok) return opened;
  const { eachRow, encoding } = opened.value;

  const rows: CheckedInput[] = [];
  const errors: RosterRowError[] = [];
  const seen = new Set<string>();
  const counts = { added: 0, unchanged: 0, changed: 0 };
  let heading: RosterHeading | null = null;
  let stopped: RosterFileFailure["kind"] | null = null;

  const readable = await eachRow(({ line, cells }) => {
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

async function openFile(file: Blob, readSpreadsheet: ReadSpreadsheet): Promise<Result<{ readonly eachRow: Rows; readonly encoding: string }, RosterFileFailure>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (ZIP.every((byte, index) => bytes[index] === byte)) {
    const sheet = await readSpreadsheet(bytes.buffer);
    return sheet.ok ? ok({ eachRow: (onRow) => eachOf(sheet.value, onRow), encoding: "XLSX" }) : sheet;
  }
  const decoded = await decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  return text.trim() === "" ? err(failure("roster/empty")) : ok({ eachRow: (onRow) => readCsv(text, onRow), encoding });
}

/** A sheet's rows by their number in it; blank ones are passed over, as in text. */
async function eachOf(sheet: readonly (readonly string[])[], onRow: (row: CsvRow) => boolean): Promise<boolean> {
  const pauses = new Pauses();
  for (const [index, cells] of sheet.entries()) {
    if (cells.some((cell) => cell.trim() !== "") && !onRow({ line: index + 1, cells })) return true;
    await pauses.ifDue();
  }
  return true;
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
