import type { Proportion } from "../../src/domain/biometrics/proportion.ts";

/** A proportion in per cent with its 95 % interval and n. */
export function percent({ value, low, high, n }: Proportion): string {
  if (value === null || low === null || high === null) return "no case (n = 0)";
  const digits = value !== 0 && value < 0.001 ? 3 : 2;
  const part = (number: number): string => (100 * number).toFixed(digits);
  return `${part(value)} %  (${part(low)} to ${part(high)} %, n = ${String(n)})`;
}

/** Reasons with their counts, most frequent first. */
export function reasons(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
  return entries.length === 0 ? "" : `: ${entries.map(([reason, count]) => `${reason} ${String(count)}`).join(", ")}`;
}

/** Rows of equal columns, the first one wide enough for its texts. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)), []);
  return rows.map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd((widths[column] ?? 0) + 2))).join("").trimEnd()).join("\n");
}
