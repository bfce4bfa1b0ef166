import { ADA, AdministrationPage, KioskPage, OwnRecordPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("a person freezes their face at the kiosk, sees who looked, and nothing stays on the screen", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(300_000);
  await enrolled.copyTo(profile);
  const tablet = await startTablet({ clip: clips["empty-room"] });
  const administration = new AdministrationPage(tablet.page);
  await administration.signIn(app.origin);
  await tablet.page.getByRole("link", { name: ADA.name }).click();
  await expect(tablet.page.getByRole("heading", { name: ADA.name, level: 1 })).toBeVisible();

  const kiosk = new KioskPage(tablet.page);
  await kiosk.open(app.origin);
  await expect(kiosk.idle).toBeVisible({ timeout: 60_000 });
  const own = new OwnRecordPage(tablet.page);
  await own.open(ADA.number, enrolled.pin);
  await own.to("Who has looked");
  await expect(own.looks.filter({ hasText: "HR" }).first()).toBeVisible();
  await own.back();
  await own.freeze();
  await expect(tablet.page.getByRole("heading", { name: "Your face is frozen" })).toBeVisible();

  await own.finish();
  await expect(kiosk.idle).toBeVisible({ timeout: 20_000 });
  await expect(tablet.page.getByText(ADA.name)).toHaveCount(0);

  await administration.signIn(app.origin);
  await tablet.page.getByRole("link", { name: ADA.name }).click();
  await expect(tablet.page.getByText("Reported at the kiosk", { exact: false })).toBeVisible();
});
