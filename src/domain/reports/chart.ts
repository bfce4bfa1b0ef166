import type { ReportKind } from "./kinds.ts";
import { columnAt, type ReportTable } from "./table.ts";

/** Read off a table, never worked out anew. */
export interface ReportChart {
  readonly shape: "bars" | "lines" | "stacked";
  /** What the values are: the unit of their axis. */
  readonly unit: "minutes" | "count";
  readonly labels: readonly string[];
  readonly series: readonly { readonly column: string; readonly values: readonly number[] }[];
}

interface Plan extends Pick<ReportChart, "shape" | "unit"> {
  /** The column whose cells part the chart; equal ones are added up. */
  readonly by: string;
  readonly columns: readonly string[];
}

const PLANS: Readonly<Partial<Record<ReportKind, Plan>>> = {
  summary: { shape: "bars", unit: "minutes", by: "department", columns: ["late", "early", "absent", "leave"] },
  daily: { shape: "lines", unit: "minutes", by: "day", columns: ["planned", "attended"] },
  exceptions: { shape: "bars", unit: "minutes", by: "day", columns: ["minutes"] },
  overtime: { shape: "stacked", unit: "minutes", by: "day", columns: ["overtime-workday", "overtime-rest", "overtime-holiday"] },
  trend: { shape: "lines", unit: "count", by: "day", columns: ["count-late", "count-early", "count-absent", "count-missing"] },
  "by-hour": { shape: "bars", unit: "count", by: "hour", columns: ["present"] },
  ways: { shape: "stacked", unit: "count", by: "device", columns: ["way-face", "way-pin", "way-badge", "way-attested", "way-made-up"] },
};

/** What is drawn of a report; null where a picture says nothing. */
export function chartOf(kind: ReportKind, table: ReportTable): ReportChart | null {
  const plan = PLANS[kind];
  if (plan === undefined || table.rows.length === 0) return null;
  const by = columnAt(table, plan.by);
  const places = plan.columns.map((id) => columnAt(table, id));
  const groups = new Map<string, number[]>();
  for (const row of table.rows) {
    const label = String(row[by] ?? "");
    let sums = groups.get(label);
    if (sums === undefined) {
      sums = places.map(() => 0);
      groups.set(label, sums);
    }
    for (const [index, place] of places.entries()) {
      const cell = row[place];
      if (typeof cell === "number") sums[index] = (sums[index] ?? 0) + cell;
    }
  }
  const labels = [...groups.keys()];
  if (plan.by === "day") labels.sort();
  return {
    shape: plan.shape,
    unit: plan.unit,
    labels,
    series: plan.columns.map((column, index) => ({ column, values: labels.map((label) => groups.get(label)?.[index] ?? 0) })),
  };
}
