import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

/** A backup as it lies on a disk, and the key that was printed. */
export interface BackupFile {
  readonly path: string;
  readonly key: string;
}

/** Makes the backup key and downloads a first backup. Whoever may make one is signed in, on any page of administration. */
export async function makeBackup(page: Page, path: string): Promise<BackupFile> {
  await page.getByRole("navigation", { name: "Administration" }).getByRole("link", { name: /^Backup/ }).click();
  await page.getByRole("button", { name: "Make the backup key" }).click();
  const output = page.locator("cf-backup-key cf-shown-once output");
  await expect(output).toHaveText(/^AGE-SECRET-KEY-1/);
  const key = (await output.innerText()).trim();
  await page.getByRole("textbox", { name: /^Its last six characters/ }).fill(key.slice(-6));
  await page.getByRole("button", { name: "I have put it away" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download a backup" }).click();
  await (await coming).saveAs(path);
  return { path, key };
}

/** Makes another tablet of the site out of one that is not set up. */
export async function setUpFromBackup(page: Page, origin: string, { path, key }: BackupFile): Promise<void> {
  await page.goto(origin);
  await page.getByRole("link", { name: "Set up this tablet" }).click();
  await page.getByRole("button", { name: "Restore from a backup" }).click();
  await page.getByLabel("Backup file").setInputFiles(path);
  await page.getByLabel("Backup key").fill(key);
  await page.getByRole("button", { name: "Look into it" }).click();
  await expect(page.getByRole("heading", { name: "What would change" })).toBeVisible();
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await loaded;
}
