import { afterEach, expect, test } from "vitest";

import { settled } from "../../../tests/screens/settled.ts";
import { showLocale } from "../i18n/localize.ts";
import "./cf-language-button.ts";

afterEach(async () => {
  document.body.replaceChildren();
  localStorage.clear();
  await showLocale("en");
});

test("the button names the language that comes next, each time it is pressed", async () => {
  await showLocale("en");
  const element = document.createElement("cf-language-button");
  document.body.append(element);
  const names: string[] = [];
  for (let press = 0; press < 3; press++) {
    await settled();
    const button = element.shadowRoot?.querySelector("button");
    names.push(button?.textContent.trim() ?? "");
    button?.click();
  }
  await settled();
  expect(names).toEqual(["中文", "English", "中文"]);
});
