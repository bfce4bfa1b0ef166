import { expect, test } from "vitest";

import { parseRoute, paths } from "./route.ts";

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
  ["/admin/punches", { page: "punches" }],
  ["/admin/recognition", { page: "recognition" }],
  ["/admin/device", { page: "device" }],
  ["/admin/settings", { page: "settings" }],
  ["/admin/settings/more", { page: "unknown" }],
  ["/admin/payroll", { page: "unknown" }],
  ["/administration", { page: "unknown" }],
  ["/", { page: "unknown" }],
])("parseRoute gives the page when the path is %s", (path, route) => {
  expect(parseRoute(path)).toEqual(route);
});
