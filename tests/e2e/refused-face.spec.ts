import type { Page } from "@playwright/test";
import type { ClipName } from "../support/clips/clips.ts";
import { AdministrationPage, BEN, EnrolmentPage, KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

const REFUSED: readonly (readonly [string, ClipName])[] = [
  ["another person", "second-passes"],
  ["a still photograph of an enrolled person", "portrait-still"],
  ["a photograph of an enrolled person moved by hand", "portrait-held"],
];

for (const [who, clip] of REFUSED) {
  test(`the kiosk does not know ${who} and keeps nothing but the attempt`, async ({ app, clips, enrolled, profile, startTablet }) => {
    await enrolled.copyTo(profile);
    const { page } = await startTablet({ clip: clips[clip] });
    const kiosk = new KioskPage(page);
    await kiosk.open(app.origin);
    await expect(kiosk.notRecognised).toBeVisible({ timeout: 60_000 });
    await kiosk.leave();
    const administration = new AdministrationPage(page);
    await administration.signIn(app.origin, "/punches");
    await expect(page.getByRole("heading", { name: "Nobody has punched yet" })).toBeVisible();
    await administration.showAttempts();
    await expect(administration.attemptRows.first()).toBeVisible();
  });
}

test("two faces at once are asked to come one by one, and neither is recorded", async ({ app, clips, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: clips["two-faces"] });
  await new KioskPage(page).open(app.origin);
  await expect(page.getByRole("heading", { name: "One person, please" })).toBeVisible({ timeout: 60_000 });
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/punches");
  await expect(page.getByRole("heading", { name: "Nobody has punched yet" })).toBeVisible();
});

test("an enrolment that sees nobody takes no sample and says at last what to do", async ({ app, clips, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: clips["empty-room"] });
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin);
  await administration.addPerson(BEN);
  await page.getByRole("link", { name: "Enrol face" }).click();
  const enrolment = new EnrolmentPage(page);
  await enrolment.agree();
  await expect(page.getByText("Look into the camera", { exact: true })).toBeVisible({ timeout: 60_000 });
  const failed = page.getByText("Five good views could not be taken");
  await letPicturesPass(page, 30_000);
  await expect(failed).toBeHidden();
  await letPicturesPass(page, 25_000);
  await expect(failed).toBeVisible();
  await expect(enrolment.enrolled).toBeHidden();
});

/** Lets time pass between two pictures of the camera: each bears the time of the worker that looks for faces in it. */
async function letPicturesPass(page: Page, byMs: number): Promise<void> {
  const worker = page.workers().find((one) => one.url().includes("landmark"));
  if (worker === undefined) throw new Error("nothing looks for faces");
  await worker.evaluate((ms) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + ms;
  }, byMs);
}
