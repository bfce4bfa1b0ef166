import type { ReportColumn, WordSet } from "./table.ts";

/** The names of columns and codes in one language: plain data, so that it crosses to a worker. */
export interface ReportWords {
  readonly locale: "en" | "zh-Hans";
  readonly columns: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<WordSet, Readonly<Record<string, string>>>>;
  readonly total: string;
}

export function columnName({ id, name, nameZh }: ReportColumn, { columns, locale }: ReportWords): string {
  return (locale === "zh-Hans" ? (nameZh ?? name) : name) ?? columns[id] ?? id;
}

/** A code, or several separated by spaces, in words. */
export function codeWords({ of }: ReportColumn, code: string, { codes, locale }: ReportWords): string {
  if (of === undefined || code === "") return code;
  return code
    .split(" ")
    .map((each) => codes[of][each] ?? each)
    .join(locale === "zh-Hans" ? "、" : ", ");
}
