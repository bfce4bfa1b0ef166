import axe from "axe-core";
import { afterEach, describe, expect, test } from "vitest";

import "../styles/global.css";
import { SCENES, show } from "../../../tests/screens/admin-gallery.ts";

const ORIGINAL = location.href;

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

describe("every screen is accessible", () => {
  const cases = Object.keys(SCENES).flatMap((scene) => [
    { scene, locale: "en", theme: "light" },
    { scene, locale: "zh-Hans", theme: "dark" },
  ] as const);

  test.each(cases)("$scene passes axe when shown in $locale, $theme", async ({ scene, locale, theme }) => {
    await show(scene, { locale, theme });
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
