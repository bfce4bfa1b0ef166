import { ADA, AdministrationPage, BEN, KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("where a number comes first, the face is compared with that person alone", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(300_000);
  await enrolled.copyTo(profile);
  const tablet = await startTablet({ clip: clips["portrait-passes"] });
  const administration = new AdministrationPage(tablet.page);
  await administration.signIn(app.origin);
  await administration.addPerson(BEN);
  await administration.to("Settings");
  await administration.choose("One person, after their number");

  const kiosk = new KioskPage(tablet.page);
  await kiosk.open(app.origin);
  await expect(kiosk.typeNumber).toBeVisible({ timeout: 60_000 });
  // The clip shows the enrolled face time and again: it is not looked for.
  await expect(kiosk.recorded(ADA, "IN")).toBeHidden();

  await kiosk.faceAfterNumber(ADA.number);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible({ timeout: 60_000 });
  await expect(kiosk.idle).toBeVisible();

  for (const number of [BEN.number, "9999"]) {
    await kiosk.faceAfterNumber(number);
    await expect(kiosk.notRecognised).toBeVisible({ timeout: 60_000 });
    await kiosk.tryAgain();
    await expect(kiosk.idle).toBeVisible();
  }

  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows).toHaveCount(1);
  await expect(administration.punchRows.first()).toContainText(ADA.name);
  await administration.showAttempts();
  await expect(administration.attemptRows).toHaveCount(2);
});
