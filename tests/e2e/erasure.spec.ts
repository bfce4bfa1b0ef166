import { readFile } from "node:fs/promises";
import { verifyCertificate } from "../../src/app/rights/verify-certificate.ts";
import { ADA, AdministrationPage, KioskPage, OwnRecordPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("whoever withdraws at the kiosk is not recognised any more, keeps their punches, and HR has the certificate", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(300_000);
  await enrolled.copyTo(profile);
  const tablet = await startTablet({ clip: clips["portrait-passes"] });
  const kiosk = new KioskPage(tablet.page);
  await kiosk.open(app.origin);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible({ timeout: 90_000 });

  const own = new OwnRecordPage(tablet.page);
  await own.openFromOutcome();
  await own.to("My punches");
  await expect(own.punches).toHaveCount(1);
  await own.back();
  await own.to("Who has looked");
  await expect(own.looks.first()).toContainText("You yourself");
  await own.back();
  await own.withdraw(enrolled.pin);
  await expect(own.erased).toBeVisible({ timeout: 30_000 });
  const number = await own.certificateNumber.innerText();
  await own.finish();
  await expect(kiosk.idle).toBeVisible();

  // The clip goes on showing the same face.
  await expect(tablet.page.getByText("No faces enrolled yet")).toBeVisible();
  await kiosk.punchByPin(ADA.number, enrolled.pin);
  await expect(kiosk.outcome.getByText(/Recorded|Already recorded/)).toBeVisible({ timeout: 30_000 });

  const administration = new AdministrationPage(tablet.page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows.filter({ hasText: ADA.name }).filter({ hasText: "Face" })).toHaveCount(1);
  await tablet.page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: "Data rights" }).click();
  await tablet.page.getByRole("listitem").filter({ hasText: "Consent withdrawn" }).getByRole("button", { name: "Certificate" }).click();
  const download = tablet.page.waitForEvent("download");
  await tablet.page.getByRole("button", { name: "Download" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(await verifyCertificate(JSON.parse(file))).toMatchObject({ ok: true, value: { number, what: "face", reason: "consent-withdrawn", bytes: "destroyed", person: { employeeNumber: ADA.number, name: ADA.name } } });
});
