import { expect, test } from "vitest";

import { toCsv } from "./download.ts";

test("toCsv begins with the byte order mark and ends lines as spreadsheets do", () => {
  expect(toCsv(["工号", "姓名"], [["7", "李雷"], ["8", "韩, 梅梅"]])).toBe('\uFEFF工号,姓名\r\n7,李雷\r\n8,"韩, 梅梅"');
});

test.each(["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1"])("toCsv puts an apostrophe before the cell when it is %j", (cell) => {
  expect(toCsv(["name"], [[cell]])).toMatch(/\r\n"?'/);
});
