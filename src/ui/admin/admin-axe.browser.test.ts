import axe from "axe-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { page } from "vitest/browser";

import "../styles/global.css";
import { SCENES, show } from "../../../tests/screens/admin-gallery.ts";

const ORIGINAL = location.href;

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

/** What sticks out of the page at its side, were it only what nobody sees: the page would scroll. */
function tooWide(root: ParentNode = document): string[] {
  const wide = (element: Element): boolean => element.matches("html, main") && element.scrollWidth > element.clientWidth;
  return [...root.querySelectorAll("*")].flatMap((element) => [
    ...(wide(element) ? [`${element.localName} ${element.scrollWidth} > ${element.clientWidth}`] : []),
    ...(element.shadowRoot === null ? [] : tooWide(element.shadowRoot)),
  ]);
}

describe("every screen is accessible and fits a phone", () => {
  beforeAll(() => page.viewport(390, 844));

  const cases = Object.keys(SCENES).flatMap((scene) => [
    { scene, locale: "en", theme: "light" },
    { scene, locale: "zh-Hans", theme: "dark" },
  ] as const);

  test.each(cases)("$scene passes axe and is no wider than a phone when shown in $locale, $theme", async ({ scene, locale, theme }) => {
    await show(scene, { locale, theme });
    expect(tooWide()).toEqual([]);
    const { violations } = await axe.run(document.body, { resultTypes: ["violations"] });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${JSON.stringify(target)} ${failureSummary ?? ""}`).join("; ")}`)).toEqual([]);
  });

  test.each([
    { scene: "people", locale: "en", theme: "dark" },
    { scene: "person", locale: "zh-Hans", theme: "light" },
    { scene: "setup-administrator", locale: "en", theme: "dark" },
    { scene: "device", locale: "zh-Hans", theme: "light" },
  ] as const)("$scene passes axe when shown in $locale, $theme", async ({ scene, locale, theme }) => {
    await show(scene, { locale, theme });
    const { violations } = await axe.run(document.body, { resultTypes: ["violations"] });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});
