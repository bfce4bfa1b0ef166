import type { PunchMethod } from "../attendance/types.ts";
import type { ReportBuilder } from "./context.ts";
import { TableBuilder, type ReportColumn } from "./table.ts";

const METHODS: readonly PunchMethod[] = ["face", "pin", "badge", "attested"];

const COLUMNS: readonly ReportColumn[] = [
  { id: "device", kind: "text" },
  ...METHODS.map((method): ReportColumn => ({ id: `way-${method}`, kind: "count", sum: true })),
  { id: "way-made-up", kind: "count", sum: true },
  { id: "punches", kind: "count", sum: true },
];

/**
 * How people punched at each tablet: counts, side by side and in a fixed order. All ways have the same standing, so nothing
 * here says who used which, and none is set apart.
 */
export function waysUsed(): ReportBuilder {
  const devices = new Map<string, { readonly ways: number[]; madeUp: number }>();
  return {
    add: ({ days }) => {
      for (const { punches } of days) {
        for (const { device, method, use, requestId } of punches) {
          if (use === "suppressed" || use === "undone" || use === "ignored") continue;
          let row = devices.get(device);
          if (row === undefined) {
            row = { ways: METHODS.map(() => 0), madeUp: 0 };
            devices.set(device, row);
          }
          const at = METHODS.indexOf(method);
          if (requestId !== undefined) row.madeUp++;
          else row.ways[at] = (row.ways[at] ?? 0) + 1;
        }
      }
    },
    finish: () => {
      const table = new TableBuilder(COLUMNS);
      const sorted = [...devices].sort(([one], [other]) => (one < other ? -1 : 1));
      for (const [device, { ways, madeUp }] of sorted) table.add([device, ...ways, madeUp, ways.reduce((sum, value) => sum + value, madeUp)]);
      return table.finish();
    },
  };
}
