import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import type { Page } from "@playwright/test";
import { ADA, AdministrationPage, KioskPage, SetupPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

const HEADING = "number,name,department,employment";

async function choose(page: Page, content: string | Buffer): Promise<void> {
  await page.getByLabel("CSV file").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
}

test("a roster with duplicates, formulas or another encoding is told row by row, and 50,000 rows go in", async ({ app, startTablet }) => {
  test.setTimeout(240_000);
  const { page } = await startTablet({ clip: null });
  const setup = new SetupPage(page);
  await setup.run(app.origin);
  await setup.skipPerson();
  await setup.openKiosk();
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/people/import");

  await choose(page, `${HEADING}\n1,Ada Collier,Assembly,full-time\n1,Ben Okafor,Assembly,full-time\n2,"=HYPERLINK(""http://example.org"")",Stores,full-time\n3,Cai Lin,Stores,full-time\n`);
  const errors = page.getByRole("table", { name: "What to correct" });
  await expect(errors.getByRole("row").filter({ hasText: "The same number stands further up" }).first()).toBeVisible();
  await expect(errors.getByRole("row").filter({ hasText: "The cell starts like a formula" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Choose another file" }).click();

  await choose(page, iconv.encode(`${HEADING}\n1001,王小明,装配车间,full-time\n`, "gbk"));
  await expect(page.getByText("GB18030")).toBeVisible();
  await page.getByRole("button", { name: "Import 1 people" }).click();
  await expect(page.getByText("Done: 1 added")).toBeVisible();
  await page.getByRole("button", { name: "Import another file" }).click();

  const many = Array.from({ length: 50_000 }, (_, index) => `${100_000 + index},Person ${index},Hall ${index % 40},full-time`);
  await choose(page, `${HEADING}\n${many.join("\n")}\n`);
  await page.getByRole("button", { name: "Import 50,000 people" }).click({ timeout: 60_000 });
  await expect(page.getByText("Done: 50,000 added")).toBeVisible({ timeout: 120_000 });
});

test("a damaged face record is set aside and told, and the rest works", async ({ app, clips, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const tablet = await startTablet({ clip: clips["empty-room"] });
  const { page } = tablet;
  await page.goto(app.origin);
  const kiosk = new KioskPage(page);
  await expect(kiosk.idle).toBeVisible();
  expect(await page.evaluate(damageTemplates)).toBe(1);
  await page.reload();
  await kiosk.punchByPin(ADA.number, enrolled.pin);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible();
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/device");
  await expect(administration.setAside).toContainText("1");
});

test("a full disk refuses the punch visibly and keeps what is there", async ({ app, clips, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page, context } = await startTablet({ clip: clips["empty-room"] });
  await page.goto(app.origin);
  const kiosk = new KioskPage(page);
  await expect(kiosk.idle).toBeVisible();
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: app.origin, quotaSize: 1 });
  await kiosk.punchByPin(ADA.number, enrolled.pin);
  await expect(kiosk.notRecorded).toBeVisible();
  await session.send("Storage.overrideQuotaForOrigin", { origin: app.origin });
  await expect(kiosk.idle).toBeVisible();
  await kiosk.punchByPin(ADA.number, enrolled.pin);
  await expect(kiosk.recorded(ADA, "IN")).toBeVisible();
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows).toHaveCount(1);
});

/** Runs in the page: turns over a byte in the middle of every stored template. The number of templates. */
async function damageTemplates(): Promise<number> {
  const bucket = await (navigator as unknown as { storageBuckets: { open(name: string): Promise<{ indexedDB: IDBFactory }> } }).storageBuckets.open("punch");
  const [{ name } = { name: "" }] = (await bucket.indexedDB.databases()) as readonly { name: string }[];
  return new Promise((resolve, reject) => {
    const opening = bucket.indexedDB.open(name);
    opening.onerror = () => reject(new Error("not opened"));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("templates", "readwrite");
      const store = transaction.objectStore("templates");
      let damaged = 0;
      store.openCursor().onsuccess = (event) => {
        const cursor = (event.target as IDBRequest<IDBCursorWithValue | null>).result;
        if (cursor === null) return;
        for (const value of Object.values(cursor.value as Record<string, unknown>)) {
          if (value instanceof Uint8Array && value.length > 200) value[value.length >> 1] = (value[value.length >> 1] ?? 0) ^ 0xff;
        }
        damaged += 1;
        cursor.update(cursor.value);
        cursor.continue();
      };
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(damaged);
      };
    };
  });
}
