import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { frameTimes, presentationKind } from "./presentation-decode.ts";
import type { PresentationKind } from "./presentation-decode.ts";

/** A long clip is cut into presentations of up to this length: nobody stands longer before a kiosk. */
export const PRESENTATION_MS = 8_000;
/** What is left of a clip counts as a presentation of its own from this length on. */
const LEAST_MS = 3_000;
/** Files directly in the folder of attacks are of this species. */
const UNNAMED_SPECIES = "attack";

/** Something that is held or stands before the camera once. */
export interface Presentation {
  /** File below its folder, and the part of it. */
  readonly name: string;
  readonly path: string;
  /** SHA-256 of the file's content, hexadecimal. */
  readonly digest: string;
  readonly kind: PresentationKind;
  readonly fromMs: number;
  readonly mostMs: number;
}

/** A folder of attacks as its species: each subfolder one. */
export function speciesFolders(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const species = new Map(entries.filter((entry) => entry.isDirectory()).sort((one, other) => one.name.localeCompare(other.name)).map(({ name }) => [name, join(folder, name)]));
  if (entries.some((entry) => entry.isFile() && presentationKind(entry.name) !== null)) species.set(UNNAMED_SPECIES, folder);
  return species;
}

/** Pictures and clips of a folder in name order; `deep` looks into its subfolders too. Rejects when a clip cannot be read. */
export async function presentationsIn(folder: string, deep: boolean, timesOf: (path: string) => Promise<readonly number[]> = frameTimes): Promise<readonly Presentation[]> {
  const presentations: Presentation[] = [];
  const files = readdirSync(folder, { recursive: deep, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    const kind = presentationKind(path);
    if (kind === null) continue;
    const file = { path, digest: createHash("sha256").update(readFileSync(path)).digest("hex"), kind };
    const name = path.slice(folder.length + 1);
    if (kind === "still") presentations.push({ ...file, name, fromMs: 0, mostMs: PRESENTATION_MS });
    else for (const part of cut(await timesOf(path))) presentations.push({ ...file, ...part, name: `${name}@${String(Math.round(part.fromMs / 100) / 10)}s` });
  }
  return presentations;
}

/** Parts of equal length, none longer than {@link PRESENTATION_MS}; the rest of a clip that is too short is left out. */
export function cut(atMs: readonly number[]): readonly { readonly fromMs: number; readonly mostMs: number }[] {
  const [first, last] = [atMs[0], atMs.at(-1)];
  if (first === undefined || last === undefined) return [];
  const whole = Math.floor((last - first) / PRESENTATION_MS);
  const rest = last - first - whole * PRESENTATION_MS;
  const count = Math.max(1, whole + (rest >= LEAST_MS ? 1 : 0));
  return Array.from({ length: count }, (_, index) => ({ fromMs: first + index * PRESENTATION_MS, mostMs: PRESENTATION_MS }));
}
