import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { unpacked } from "./unpack.ts";

/** Long enough never to be met by chance, bytes. */
const RUN_BYTES = 16;

/** Something that is looked for, in every form it might be written in. */
export interface Wanted {
  /** Told where it is found: never the thing itself. */
  readonly what: string;
  readonly needles: readonly Buffer[];
  /** Digits alone are met by chance inside longer numbers. */
  readonly digits?: boolean;
}

export function wantedText(what: string, text: string): Wanted {
  const forms = [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")];
  return { what, needles: [...forms, ...forms.flatMap(base64Forms)], digits: /^\d+$/.test(text) };
}

/** Runs from the beginning, the middle and the end, as bytes, hexadecimal and base64. */
export function wantedBytes(what: string, bytes: Buffer): Wanted {
  const places = bytes.length <= 2 * RUN_BYTES ? [0] : [0, Math.floor((bytes.length - RUN_BYTES) / 2), bytes.length - RUN_BYTES];
  const runs = places.map((at) => bytes.subarray(at, at + RUN_BYTES));
  return { what, needles: runs.flatMap((run) => [run, Buffer.from(run.toString("hex")), ...base64Forms(run)]) };
}

/** Whatever stands before it, one of the three is what its middle becomes. */
function base64Forms(bytes: Buffer): readonly Buffer[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const middle = text.slice(before === 0 ? 0 : 4, bytes.length % 3 === 0 && before === 0 ? undefined : -4);
    return middle.length < 8 ? [] : [Buffer.from(middle), Buffer.from(middle.replaceAll("+", "-").replaceAll("/", "_"))];
  });
}

export interface Found {
  readonly what: string;
  readonly file: string;
}

/** Which of these are anywhere in a folder's files. */
export async function scan(folder: string, wanted: readonly Wanted[]): Promise<{ readonly found: readonly Found[]; readonly files: number; readonly bytes: number }> {
  const found: Found[] = [];
  let [files, bytes] = [0, 0];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    files++;
    bytes += content.length;
    const forms = [content, ...unpacked(entry.name, content)];
    for (const { what, needles, digits = false } of wanted) {
      if (forms.some((form) => needles.some((needle) => holds(form, needle, digits)))) found.push({ what, file: relative(folder, path) });
    }
  }
  return { found, files, bytes };
}

function holds(form: Buffer, needle: Buffer, digits: boolean): boolean {
  for (let at = form.indexOf(needle); at >= 0; at = form.indexOf(needle, at + 1)) {
    if (!digits || !(isDigit(form[at - 1]) || isDigit(form[at + needle.length]))) return true;
  }
  return false;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
