import type { TypedBody } from "../../../domain/attendance/entries.ts";

/** Longest line; the whole content is in the package. */
const LONGEST = 160;

/** What an entry says, as its fields stand: names of people and users are looked up where they belong, not here. */
export function contentLine({ body }: TypedBody): string {
  const line = Object.entries(body)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : shorter(String(value))}`)
    .join(" · ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Hashes and random ids are told apart by their beginning. */
function shorter(value: string): string {
  return /^[0-9a-f-]{20,}$/.test(value) ? `${value.slice(0, 8)}…` : value;
}
