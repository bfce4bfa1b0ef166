import { ADA, AdministrationPage, BEN, EnrolmentPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("a face that is enrolled already is stopped when it comes under another number", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(240_000);
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: clips["portrait-enrols"] });
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin);
  await administration.addPerson(BEN);
  await page.getByRole("link", { name: "Enrol face" }).click();
  const enrolment = new EnrolmentPage(page);
  await enrolment.agree();
  await expect(enrolment.sameFace).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole("alert").filter({ hasText: ADA.name })).toBeVisible();
});
