import { ADA, AdministrationPage, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("a tablet without a camera punches by PIN and says that the camera is missing", async ({ app, startTablet }) => {
  const { page } = await startTablet({ clip: null });
  const setup = new SetupPage(page);
  await setup.run(app.origin);
  await setup.addPerson(ADA);
  const enrolment = new EnrolmentPage(page);
  await enrolment.decline();
  const pin = await enrolment.issuePin();
  await enrolment.finish();
  await setup.openKiosk();

  const kiosk = new KioskPage(page);
  await kiosk.punchByPin(ADA.number, pin);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible();
  await expect(kiosk.idle).toBeVisible();

  const wrong = pin.startsWith("9") ? `1${pin.slice(1)}` : `9${pin.slice(1)}`;
  await kiosk.punchByPin(ADA.number, wrong);
  await expect(page.getByRole("status").filter({ hasText: "Number and PIN do not match" })).toBeVisible();

  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows).toHaveCount(1);
  await administration.showAttempts();
  await expect(administration.attemptRows.first()).toBeVisible();
});
