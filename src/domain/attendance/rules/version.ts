import type { Day, RuleBook, RuleVersion } from "./types.ts";

/** The version in force on a day; null before the first. */
export function versionOn(book: RuleBook, day: Day): RuleVersion | null {
  return book.versions.findLast(({ from }) => from <= day) ?? null;
}

/** The book with one more version: the next number, put in where its day of effect says. */
export function addVersion(book: RuleBook, added: Omit<RuleVersion, "version">): RuleBook {
  const version = latestVersion(book) + 1;
  const versions = [...book.versions, { ...added, version }].sort((one, other) => (one.from === other.from ? one.version - other.version : one.from < other.from ? -1 : 1));
  return { ...book, versions };
}

/** Number of the version that was written last; 0 before any. */
export function latestVersion(book: RuleBook): number {
  return book.versions.reduce((highest, { version }) => Math.max(highest, version), 0);
}
