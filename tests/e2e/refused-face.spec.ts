import type { ClipName } from "../support/clips/clips.ts";
import { AdministrationPage, KioskPage } from "../support/pages.ts";
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
    const administration = new AdministrationPage(page);
    await administration.signIn(app.origin, "/punches");
    await expect(page.getByRole("heading", { name: "Nobody has punched yet" })).toBeVisible();
    await administration.showAttempts();
    await expect(administration.attemptRows.first()).toBeVisible();
  });
}
