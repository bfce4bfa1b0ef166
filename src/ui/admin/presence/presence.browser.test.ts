import { afterEach, beforeEach, expect, test } from "vitest";

import "../../styles/global.css";
import { open, sees, text } from "../../../../tests/screens/admin-hands.ts";
import { FakeAdministration } from "../../../../tests/screens/fake-administration.ts";
import { showLocale } from "../../i18n/localize.ts";

const ORIGINAL = location.href;

beforeEach(() => showLocale("en"));

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

test("nobody is said not to be here while a tablet is silent that they may have come past", async () => {
  const fake = new FakeAdministration();
  await open(fake, "/admin/presence");
  await sees("device-2 was last heard of");
  await sees("due and not seen by the tablets that were heard of");
  fake.attendance.watermarks = fake.attendance.watermarks.slice(0, 1);
  await open(fake, "/admin/presence");
  await sees("due and not here");
  expect(text()).not.toMatch("was last heard of");
});
