import { describe, expect, test } from "vitest";

import { request } from "../../../domain/exceptions/testing/requests.ts";
import { isChosen, readChoice, writeChoice } from "./choice.ts";

describe("the choice of requests", () => {
  test("is read back from the address as it was written", () => {
    for (const search of ["", "shown=mine&kind=leave&person=p-1&from=2026-03-01&to=2026-03-31", "shown=all"]) {
      const written = Object.entries(writeChoice(readChoice(search))).filter(([, value]) => value !== "");
      expect(new URLSearchParams(written.map(([name, value]) => [name, value])).toString()).toBe(search);
    }
  });

  test("falls back to what waits when the address says something else", () => {
    expect(readChoice("shown=everything&kind=moon&from=soon")).toEqual({ shown: "waiting", kind: "", person: "", from: "", to: "" });
  });

  test.each([
    ["waiting", "hr", false, true],
    ["waiting", "approved", false, false],
    ["mine", "hr", true, true],
    ["mine", "hr", false, false],
    ["late", "late", false, true],
    ["late", "hr", true, false],
    ["decided", "expired", false, true],
    ["decided", "colleague", false, false],
    ["all", "withdrawn", false, true],
  ] as const)("%s holds a request in %s (%s): %s", (shown, state, mine, expected) => {
    expect(isChosen({ request: request({ state }), mine }, { ...readChoice(""), shown })).toBe(expected);
  });
});
