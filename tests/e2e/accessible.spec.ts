import AxeBuilder from "@axe-core/playwright";
import { AdministrationPage, KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("every page of an enrolled tablet passes axe, and the kiosk can be worked by keyboard", async ({ app, clips, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: clips["empty-room"] });
  const violations = async (): Promise<readonly string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);

  const kiosk = new KioskPage(page);
  await kiosk.open(app.origin);
  await expect(kiosk.idle).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.getByRole("button", { name: /^PIN/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
  expect(await violations()).toEqual([]);
  await page.keyboard.type("1042");
  await page.keyboard.press("Enter");
  await page.keyboard.type(enrolled.pin);
  await page.keyboard.press("Enter");
  await expect(kiosk.outcome).toBeVisible();
  expect(await violations()).toEqual([]);

  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin);
  for (const name of ["People", "Punches", "Device", "Settings"] as const) {
    await administration.to(name);
    expect(await violations(), name).toEqual([]);
  }
});
