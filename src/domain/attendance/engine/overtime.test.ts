import { describe, expect, test } from "vitest";
import type { EpochMs } from "../../clock.ts";
import { group } from "../rules/testing/rules.ts";
import type { OvertimeRule } from "../rules/types.ts";
import { overtimeOf } from "./overtime.ts";
import type { Spell } from "./spells.ts";

const HOUR = 60;
const spell = (requestId: string, from: number, to: number): Spell => ({ approved: { requestId, kind: "overtime", fromMs: from as EpochMs, toMs: to as EpochMs, compensation: "pay" }, from, to });

/** Minutes by request, of five hours that were worked. */
function counted(rule: Partial<OvertimeRule>, ...spells: readonly Spell[]): readonly (readonly [string | null, number])[] {
  const base = group("all", "week");
  const { reasons } = overtimeOf([0, 5 * HOUR], "rest", { ...base, overtime: { ...base.overtime, ...rule } }, spells);
  return reasons.flatMap((reason) => (reason.code === "overtime" ? [[reason.requestId ?? null, reason.minutes] as const] : []));
}

describe("overtimeOf", () => {
  const first = spell("pay", 0, 2 * HOUR);
  const second = spell("leave", 2 * HOUR, 5 * HOUR);

  test.each<[string, Partial<OvertimeRule>, readonly Spell[], readonly (readonly [string | null, number])[]]>([
    ["each its own", {}, [first, second], [["pay", 120], ["leave", 180]]],
    ["what rounding takes off the last", { rounding: { unitMinutes: 60, mode: "down" } }, [first, spell("leave", 2 * HOUR, 3 * HOUR + 50)], [["pay", 120], ["leave", 60]]],
    ["what rounding adds to the last", { rounding: { unitMinutes: 60, mode: "up" } }, [first, spell("leave", 2 * HOUR, 3 * HOUR + 50)], [["pay", 120], ["leave", 120]]],
    ["what lies under the cap, the earlier first", { dailyCapMinutes: 2 * HOUR }, [first, second], [["pay", 120]]],
    ["no more than they cover where overtime counts by itself", { approval: "automatic" }, [first], [["pay", 120], [null, 180]]],
    ["nothing where nobody asked and it counts by itself", { approval: "automatic" }, [], [[null, 300]]],
  ])("gives requests %s", (_name, rule, spells, expected) => {
    expect(counted(rule, ...spells)).toEqual(expected);
  });
});
