import Papa from "papaparse";
import { Pauses } from "../pauses.ts";

const CHUNK_CHARACTERS = 32 * 1024;
/** A line longer than this is no line of a roster, characters. */
const LINE_MAX_CHARACTERS = 256 * 1024;
const DELIMITERS = [",", "\t", ";", "|"];

export interface CsvRow {
  /** Line in the file on which the row begins, the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads comma, tab, semicolon or bar separated text row by row, a piece at a time, so that the page goes on. Blank
 * lines are passed over.
 *
 * @param onRow returns false to stop
 * @returns false when the text is not made of lines: a quote that never ends
 */
export async function readCsv(text: string, onRow: (row: CsvRow) => boolean): Promise<boolean> {
  const { delimiter, linebreak } = Papa.parse<string[]>(text.slice(0, CHUNK_CHARACTERS), { preview: 10, delimitersToGuess: DELIMITERS }).meta;
  const parser = new Papa.Parser({ delimiter, newline: linebreak as "\n" | "\r\n" | "\r" });
  const pauses = new Pauses();
  let offset = 0;
  let length = CHUNK_CHARACTERS;
  let line = 1;
  while (offset < text.length) {
    const last = offset + length >= text.length;
    const { data, meta } = parser.parse(text.slice(offset, offset + length), 0, !last) as Papa.ParseResult<string[]>;
    for (const cells of data) {
      if (cells.some((cell) => cell.trim() !== "") && !onRow({ line, cells })) return true;
      line += 1 + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
    }
    if (last) return data.every((cells) => cells.every((cell) => cell.length < LINE_MAX_CHARACTERS));
    if (meta.cursor === 0) {
      if (length >= LINE_MAX_CHARACTERS) return false;
      length *= 2;
      continue;
    }
    offset += meta.cursor;
    length = CHUNK_CHARACTERS;
    await pauses.ifDue();
  }
  return true;
}

function lineBreaks(cell: string): number {
  return cell.includes("\n") || cell.includes("\r") ? cell.split(/\r\n|\n|\r/).length - 1 : 0;
}
