import type { Report, ReportFormat } from "../api/reports.ts";

/** `clockface-daily-North_gate-2026-02-01-2026-02-28.xlsx`. ZKTeco's file has a name of its own. */
export function reportFileName({ query: { kind, from, to, department }, site }: Pick<Report, "query" | "site">, format: ReportFormat): string {
  if (format === "attlog") return `${from}-${to}_attlog.dat`;
  const parts = [site.name, department ?? ""].filter((part) => part !== "").map((part) => part.replaceAll(/[^\p{L}\p{N}]+/gu, "_"));
  return ["clockface", kind, ...parts, `${from}-${to}`].join("-") + `.${format}`;
}
