import { expect, test } from "vitest";

import { notice } from "./notice.ts";

test("the notice has the same sections in both languages and names whom to ask", () => {
  const facts = { organisation: "Rivergate", siteName: "North gate", helpContact: "8001" };
  expect(notice("zh-Hans", facts)).toHaveLength(notice("en", facts).length);
  expect(JSON.stringify(notice("zh-Hans", facts))).toMatch("8001");
  expect(JSON.stringify(notice("en", { ...facts, helpContact: "" }))).toMatch("Ask Rivergate");
});
