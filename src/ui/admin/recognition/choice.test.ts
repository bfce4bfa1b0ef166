import { expect, test } from "vitest";

import { recognitionReport } from "../../../../tests/screens/fake-administration.ts";
import { orderFigures, readReportChoice, writeReportChoice, type Sort } from "./choice.ts";

test.each(["", "?tab=people&since=2026-10-01", "?tab=groups&sort=-rejected", "?sort=name", "?sort=-found"])("readReportChoice and writeReportChoice agree when the address ends in %j", (search) => {
  const choice = readReportChoice(search);
  const written = new URLSearchParams(Object.entries(writeReportChoice(choice)).filter(([, value]) => value !== ""));
  expect(readReportChoice(`?${written.toString()}`)).toEqual(choice);
});

test("readReportChoice falls back to what is usual when the address holds nonsense", () => {
  expect(readReportChoice("?tab=all&since=yesterday&sort=height")).toEqual(readReportChoice(""));
});

const figures = recognitionReport(30).persons;
const name = (of: (typeof figures)[number]): string => `Name ${String(of.personId).padStart(5, "0")}`;
const first = (sort: Sort, descending = true): (typeof figures)[number] | undefined => orderFigures(figures, { sort, descending }, name, "en")[0];

test("orderFigures keeps the report's own order when it goes by rejects", () => {
  expect(orderFigures(figures, { sort: "rejected", descending: true }, name, "en")).toEqual(figures);
  expect(first("rejected", false)).toEqual(figures.at(-1));
});

test("orderFigures begins with the most, the least found, and A, when it goes by something else", () => {
  expect(first("second-factor")?.secondFactor).toBe(6);
  expect(first("found")?.found.value).toBe(0.8);
  expect(first("recognised")?.recognised).toBe(40);
  expect(first("name")?.personId).toBe("p-0");
  expect(first("name", false)?.personId).toBe("p-29");
});
