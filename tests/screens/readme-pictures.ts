/**
 * The pictures of the README, from the real app with the practice face in front of its camera:
 * `npx tsx tests/screens/readme-pictures.ts`, after a build.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "@playwright/test";

import { newProfile, Tablet } from "../support/browser.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { ADA, AdministrationPage, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { freePort, servedApp, startApp } from "../support/servers.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "docs", "pictures");

/** Invented. */
const ROSTER = `employee number,name,department,employment type
1007,Maren Holt,Assembly,full-time
1013,Li Wei,Assembly,full-time
1021,Tomás Rey,Stores,part-time
1033,Zhang Min,Quality,full-time
1058,Aisha Noor,Stores,dispatched
1064,Chen Yu,Maintenance,intern
`;

const clips = await prepareClips();
const profile = await newProfile("pictures");
const app = await startApp(await freePort(), servedApp());
await mkdir(FOLDER, { recursive: true });

const tablet = await Tablet.start({ clip: clips["portrait-enrols"], origin: app.origin, profile: profile.path });
const { page } = tablet;
const setup = new SetupPage(page);
await setup.run(app.origin);
await setup.addPerson(ADA);
const enrolment = new EnrolmentPage(page);
await enrolment.agree();
await expect(enrolment.enrolled).toBeVisible({ timeout: 90_000 });
await enrolment.issuePin();
await enrolment.finish();
await setup.openKiosk();

const kiosk = new KioskPage(page);
await expect(kiosk.idle).toBeVisible({ timeout: 60_000 });
await page.screenshot({ path: join(FOLDER, "kiosk-idle.png") });
await expect(kiosk.recorded(ADA, "IN")).toBeVisible({ timeout: 60_000 });
await page.screenshot({ path: join(FOLDER, "kiosk-recorded.png") });
await kiosk.leave();

const administration = new AdministrationPage(page);
await administration.signIn(app.origin, "/people/import");
await page.locator('input[type="file"]').setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(ROSTER) });
await page.getByRole("button", { name: /^Import/ }).click();
await administration.to("People");
await expect(page.getByText("Aisha Noor")).toBeVisible();
await page.screenshot({ path: join(FOLDER, "administration-people.png") });

await tablet.close();
await app.stop();
await profile.remove();
