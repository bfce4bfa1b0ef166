import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/universal";
import type { SpreadsheetFailure } from "../../src/contracts/spreadsheet.ts";
import { failure } from "../../src/domain/errors.ts";
import { ROSTER_MAX_BYTES, ROSTER_MAX_ROWS } from "../../src/domain/people/roster-file.ts";
import { err, ok } from "../../src/domain/result.ts";
import type { Result } from "../../src/domain/result.ts";

/** Most bytes that the parts of a workbook may have once they are unpacked: XML says in 5 bytes what a cell says in one. */
const UNPACKED_MAX_BYTES = 5 * ROSTER_MAX_BYTES;
const PARTS_MAX = 2_000;
/** A roster has four columns; some systems export hundreds. */
const COLUMNS_MAX = 1_000;
const CELL_MAX_CHARACTERS = 32_767;

/** The parts that hold cells; pictures, macros and everything embedded are never unpacked. */
const PART = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/(?:sharedStrings|styles)\.xml|xl\/worksheets\/[^/]+\.xml)$/i;

/**
 * The first sheet's rows as text. The sizes that the archive states are held against the limit before anything is
 * unpacked, and no part is unpacked beyond its stated size, so that a small file cannot become a large one.
 */
export async function readWorkbook(file: Uint8Array): Promise<Result<readonly (readonly string[])[], SpreadsheetFailure>> {
  const parts = unpack(file);
  if (!parts.ok) return parts;
  // Stored without compression: the reader then unpacks on this thread, where the page's policy lets no further worker start.
  const stored = zipSync(parts.value, { level: 0 });
  try {
    const sheet = await readSheet(stored.buffer, { parseNumber: (text: string) => text, trim: false });
    if (sheet.length > ROSTER_MAX_ROWS * 2) return err(failure("roster/too-large", "rows"));
    const rows = sheet.map((row) => row.slice(0, COLUMNS_MAX).map(asText));
    return rows.some((row) => row.some((cell) => cell.trim() !== "")) ? ok(rows) : err(failure("roster/empty"));
  } catch (error) {
    return err(failure("roster/not-xlsx", error instanceof Error ? error.name : undefined));
  }
}

function unpack(file: Uint8Array): Result<Record<string, Uint8Array>, SpreadsheetFailure> {
  const seen = { parts: 0, bytes: 0 };
  const excessive = (): boolean => seen.parts > PARTS_MAX || seen.bytes > UNPACKED_MAX_BYTES;
  try {
    const unpacked = unzipSync(file, {
      filter: ({ name, originalSize }) => {
        seen.parts++;
        if (excessive() || !PART.test(name)) return false;
        seen.bytes += originalSize;
        return !excessive();
      },
    });
    if (excessive()) return err(failure("roster/too-large", "unpacked"));
    return Object.keys(unpacked).length === 0 ? err(failure("roster/not-xlsx", "no parts")) : ok(unpacked);
  } catch (error) {
    return err(failure("roster/not-xlsx", error instanceof Error ? error.name : undefined));
  }
}

function asText(cell: unknown): string {
  if (typeof cell === "string") return cell.slice(0, CELL_MAX_CHARACTERS);
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  return typeof cell === "number" || typeof cell === "boolean" ? String(cell) : "";
}
