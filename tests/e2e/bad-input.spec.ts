import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import type { Page } from "@playwright/test";
import { letTimePass } from "../support/clock.ts";
import { ADA, AdministrationPage, EnrolmentPage, KioskPage, SetupPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

/** Room for set-up and a few punches. */
const STORE_LIMIT_BYTES = 24 * 1024 * 1024;

const HEADING = "number,name,department,employment";

async function choose(page: Page, content: string | Buffer): Promise<void> {
  await page.getByLabel("Roster file").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
}

test("a roster with duplicates, formulas or another encoding is told row by row, and thousands of rows go in", async ({ app, enrolled, profile, startTablet }) => {
  await enrolled.copyTo(profile);
  const { page } = await startTablet({ clip: null });
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

  // The largest roster goes in beside the code, where its time is taken as well.
  const many = Array.from({ length: 3_000 }, (_, index) => `${100_000 + index},Person ${index},Hall ${index % 40},full-time`);
  await choose(page, `${HEADING}\n${many.join("\n")}\n`);
  await page.getByRole("button", { name: "Import 3,000 people" }).click();
  await expect(page.getByText("Done: 3,000 added")).toBeVisible();
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

test("a full store refuses the punch visibly and keeps what is there", async ({ app, startTablet }) => {
  const { page } = await startTablet({ clip: null });
  await page.addInitScript(limitStore, STORE_LIMIT_BYTES);
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

  await page.evaluate(fillStore);
  await letTimePass(page, 3_600_000);
  await kiosk.punchByPin(ADA.number, pin);
  // A PIN whose attempts cannot be counted is not checked at all.
  await expect(page.getByRole("status").filter({ hasText: "storage is full" })).toBeVisible();
  await expect(kiosk.outcome).toBeHidden();

  await page.evaluate(emptyStore);
  await page.reload();
  const administration = new AdministrationPage(page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows).toHaveCount(1);
  await kiosk.open(app.origin);
  await kiosk.punchByPin(ADA.number, pin);
  await expect(kiosk.outcome.getByRole("heading", { name: ADA.name })).toBeVisible();
});

/** Runs in the page before anything else: the store is made with little room. */
function limitStore(quota: number): void {
  interface Manager {
    open(name: string, options?: object): Promise<unknown>;
  }
  const { storageBuckets } = navigator as unknown as { readonly storageBuckets?: Manager };
  if (storageBuckets === undefined) return;
  const open = storageBuckets.open.bind(storageBuckets);
  storageBuckets.open = (name, options) => open(name, name === "punch" ? { ...options, quota } : options);
}

/** Runs in the page: writes beside the app's data until not even half a kilobyte goes in. */
async function fillStore(): Promise<void> {
  const bucket = await (navigator as unknown as { storageBuckets: { open(name: string): Promise<{ indexedDB: IDBFactory }> } }).storageBuckets.open("punch");
  const opening = bucket.indexedDB.open("ballast", 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore("weights", { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error("not opened"));
  });
  for (const size of [262_144, 32_768, 4_096, 512]) {
    for (let fits = true; fits; ) {
      const weight = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(weight.subarray(at, at + 65_536));
      fits = await new Promise<boolean>((resolve) => {
        const transaction = database.transaction("weights", "readwrite", { durability: "strict" });
        transaction.objectStore("weights").add(weight);
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    }
  }
  database.close();
}

/** Runs in the page. */
async function emptyStore(): Promise<void> {
  const bucket = await (navigator as unknown as { storageBuckets: { open(name: string): Promise<{ indexedDB: IDBFactory }> } }).storageBuckets.open("punch");
  await new Promise<void>((resolve) => (bucket.indexedDB.deleteDatabase("ballast").onsuccess = () => resolve()));
}

/** Runs in the page: turns over a byte in the middle of every stored template. The number of templates. */
async function damageTemplates(): Promise<number> {
  const buckets = (navigator as unknown as { storageBuckets: { open(name: string): Promise<{ indexedDB: IDBFactory }>; keys(): Promise<readonly string[]> } }).storageBuckets;
  const bucket = await buckets.open((await buckets.keys()).find((one) => one.startsWith("keys-")) ?? "");
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
        for (const value of Object.values((cursor.value as { readonly template: Record<string, unknown> }).template)) {
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
