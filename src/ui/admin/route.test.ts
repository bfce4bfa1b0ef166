import { expect, test } from "vitest";

import type { Operation } from "../../domain/people/access.ts";
import { home, mayOpen, parseRoute, paths } from "./route.ts";

test.each([
  ["/admin", { page: "people" }],
  ["/admin/", { page: "people" }],
  ["/admin/people", { page: "people" }],
  ["/admin/people/new", { page: "person-new" }],
  ["/admin/people/import", { page: "people-import" }],
  [paths.person("a/b"), { page: "person", id: "a/b" }],
  [paths.editPerson("7"), { page: "person-edit", id: "7" }],
  [paths.enrol("7"), { page: "person-enrol", id: "7" }],
  ["/admin/people/7/other", { page: "unknown" }],
  ["/admin/people/7/edit/more", { page: "unknown" }],
  ["/admin/requests", { page: "requests" }],
  [paths.request("r/1"), { page: "request", request: "r/1" }],
  ["/admin/requests/1/more", { page: "unknown" }],
  ["/admin/punches", { page: "punches" }],
  ["/admin/recognition", { page: "recognition" }],
  ["/admin/device", { page: "device" }],
  ["/admin/settings", { page: "settings" }],
  ["/admin/users", { page: "users" }],
  ["/admin/account", { page: "account" }],
  ["/admin/settings/more", { page: "unknown" }],
  ["/admin/payroll", { page: "unknown" }],
  ["/administration", { page: "unknown" }],
  ["/", { page: "unknown" }],
])("parseRoute gives the page when the path is %s", (path, route) => {
  expect(parseRoute(path)).toEqual(route);
});

test.each([
  ["everything of people", ["people.read", "device.read"], "/admin/people"],
  ["a tablet and its users", ["device.read", "users.read"], "/admin/device"],
  ["nothing", [], "/admin/account"],
] as const)("home is a page that may be opened when somebody may see %s", (_what, operations: readonly Operation[], address) => {
  const allowed = new Set(operations);
  expect(home(allowed)).toBe(address);
  expect(mayOpen(parseRoute(home(allowed)).page, allowed)).toBe(true);
});

test("mayOpen keeps the pages that change people from those who only read", () => {
  const allowed = new Set<Operation>(["people.read"]);
  expect(mayOpen("person", allowed)).toBe(true);
  for (const page of ["person-new", "person-edit", "person-enrol", "people-import", "users", "settings"] as const) expect(mayOpen(page, allowed)).toBe(false);
  for (const page of ["account", "unknown"] as const) expect(mayOpen(page, new Set())).toBe(true);
});
