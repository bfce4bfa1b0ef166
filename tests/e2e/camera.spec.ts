import { ADA, AdministrationPage, KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

const SWAPPED = "OBS Virtual Camera";

test("another camera in place of the confirmed one closes the face way until an administrator confirms it", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(300_000);
  await enrolled.copyTo(profile);

  const first = await startTablet({ clip: clips["portrait-enrols"], cameraLabel: SWAPPED });
  const kiosk = new KioskPage(first.page);
  await kiosk.open(app.origin);
  await expect(first.page.getByText("This is not the camera that was set up")).toBeVisible({ timeout: 60_000 });
  await kiosk.punchByPin(ADA.number, enrolled.pin);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible();
  await first.close();

  // The alarm outlives the page: an administrator may come days later.
  const second = await startTablet({ clip: clips["portrait-enrols"], cameraLabel: SWAPPED });
  const administration = new AdministrationPage(second.page);
  await administration.signIn(app.origin, "/device");
  await expect(administration.cameraAlarm).toContainText(SWAPPED);
  await administration.confirmCamera();
  await expect(administration.cameraAlarm).toBeHidden();

  const again = new KioskPage(second.page);
  await again.open(app.origin);
  await expect(second.page.locator("cf-kiosk-outcome")).toBeVisible({ timeout: 60_000 });
});

test("the camera that was there at set-up is the confirmed one, and is let in again after a restart", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(180_000);
  await enrolled.copyTo(profile);
  const tablet = await startTablet({ clip: clips["portrait-enrols"] });
  const kiosk = new KioskPage(tablet.page);
  await kiosk.open(app.origin);
  await expect(kiosk.outcome).toBeVisible({ timeout: 60_000 });
});
