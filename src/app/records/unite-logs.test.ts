import { expect, test } from "vitest";

import type { Entry } from "../../domain/attendance/entries.ts";
import { uniteLogs } from "./unite-logs.ts";

const entry = (device: string, seq: number, receipt = `${device}-${String(seq)}`, known = true): Entry => ({ header: { device, seq }, receipt, content: known ? { type: "boot", body: {} } : null }) as unknown as Entry;
const receipts = (lists: readonly (readonly Entry[])[]): readonly (readonly string[])[] => lists.map((list) => list.map(({ receipt }) => receipt));

test("uniteLogs gives each entry once and in order when a backup and the hub brought the same log", () => {
  const united = uniteLogs([[entry("gate", 1), entry("gate", 2)], [entry("yard", 1)], [entry("gate", 2), entry("gate", 3)], []]);
  expect(receipts(united)).toEqual([["gate-1", "gate-2", "gate-3"], ["yard-1"]]);
});

test("uniteLogs keeps both apart when two logs of a device say different things", () => {
  const united = uniteLogs([[entry("gate", 1), entry("gate", 2)], [entry("gate", 1), entry("gate", 2, "another"), entry("gate", 3)]]);
  expect(receipts(united)).toEqual([["gate-1", "gate-2"], ["gate-1", "another", "gate-3"]]);
});

test("uniteLogs takes the one with content when the other's was lost", () => {
  for (const lists of [[[entry("gate", 1, "r", false)], [entry("gate", 1, "r")]], [[entry("gate", 1, "r")], [entry("gate", 1, "r", false)]]]) expect(uniteLogs(lists)[0]?.map(({ content }) => content?.type)).toEqual(["boot"]);
});
