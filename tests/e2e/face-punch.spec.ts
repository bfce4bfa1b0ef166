import { ADA, AdministrationPage, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { letTimePass } from "../support/clock.ts";
import { expect, test } from "../support/test.ts";

test("a fresh tablet enrols a person and punches them in and later out", async ({ app, clips, startTablet }) => {
  test.setTimeout(240_000);
  const tablet = await startTablet({ clip: clips["portrait-enrols"] });
  const setup = new SetupPage(tablet.page);
  await setup.run(app.origin);
  await setup.addPerson(ADA);
  const enrolment = new EnrolmentPage(tablet.page);
  await enrolment.agree();
  await expect(enrolment.enrolled).toBeVisible({ timeout: 90_000 });
  await enrolment.issuePin();
  await enrolment.finish();
  await setup.openKiosk();

  const kiosk = new KioskPage(tablet.page);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible({ timeout: 60_000 });
  await letTimePass(tablet.page, 8 * 3_600_000);
  await expect(kiosk.recorded(ADA, "OUT")).toBeVisible({ timeout: 60_000 });
  await expect(kiosk.outcome).toBeHidden();

  await kiosk.leave();
  const administration = new AdministrationPage(tablet.page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows.filter({ hasText: "Counts" }).filter({ hasText: /\bIN\b/i }).first()).toContainText(ADA.name);
  await expect(administration.punchRows.filter({ hasText: "Counts" }).filter({ hasText: /\bOUT\b/i }).first()).toContainText(ADA.name);
});
