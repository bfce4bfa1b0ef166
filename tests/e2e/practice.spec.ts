import AxeBuilder from "@axe-core/playwright";
import { KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("practice shows recognition and a challenge on a tablet without a camera, and records nothing", async ({ app, startTablet }) => {
  const { page } = await startTablet({ clip: null });
  await page.goto(app.origin);
  await page.getByRole("link", { name: "Practice first" }).click();
  const kiosk = new KioskPage(page);
  await expect(page.getByText("Practice: nothing is recorded")).toBeVisible();
  await expect(kiosk.notMe).toBeVisible({ timeout: 60_000 });
  await expect(kiosk.challenge).toBeVisible({ timeout: 60_000 });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.goto(app.origin);
  await expect(page.getByRole("link", { name: "Set up this tablet" })).toBeVisible();
});
