import type { FaultReport } from "./types.ts";

/** One test that was run. */
export interface FaultRow extends FaultReport {
  readonly name: string;
  readonly holds: string;
  readonly seed: number;
  readonly seconds: number;
  readonly outcome: "passed" | "failed" | "skipped";
}

const HEADINGS = ["test", "", "n", "failures", "s", "what holds; figures"];

/** As text, one line a test. */
export function faultTable(rows: readonly FaultRow[]): string {
  const lines = [HEADINGS, ...rows.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  return lines.map((line) => line.map((cell, column) => (column === HEADINGS.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join("  ")).join("\n");
}

function cells({ name, outcome, n, failures, seconds, holds, figures, skipped }: FaultRow): readonly string[] {
  const told = Object.entries(figures ?? {}).map(([key, value]) => `${key} ${value}`);
  const words = skipped === undefined ? [holds, ...told].join("; ") : `SKIPPED: ${skipped}`;
  return [name, outcome === "passed" ? "ok" : outcome.toUpperCase(), String(n), String(failures.length), seconds.toFixed(1), words];
}
