import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ADA, ADMINISTRATOR, AdministrationPage, KioskPage } from "../support/pages.ts";
import { expect, test } from "../support/test.ts";

test("a punch survives a power cut right after it was acknowledged, and faces match again with nobody signed in", async ({ app, clips, enrolled, profile, startTablet }) => {
  test.setTimeout(240_000);
  await enrolled.copyTo(profile);
  const first = await startTablet({ clip: clips["empty-room"] });
  const before = new KioskPage(first.page);
  await before.open(app.origin);
  await expect(before.idle).toBeVisible();
  await before.punchByPin(ADA.number, enrolled.pin);
  await expect(before.recorded(ADA, "IN")).toBeVisible();
  await first.kill();

  expect(await filesHolding(profile, [ADA.name, ADMINISTRATOR.passphrase])).toEqual([]);

  const second = await startTablet({ clip: clips["portrait-passes"] });
  const after = new KioskPage(second.page);
  await after.open(app.origin);
  // The face alone says who it is: the punch made a moment ago is known.
  await expect(after.outcome.filter({ hasText: "Ada" }).first()).toBeVisible({ timeout: 60_000 });
  const administration = new AdministrationPage(second.page);
  await administration.signIn(app.origin, "/punches");
  await expect(administration.punchRows.filter({ hasText: "PIN" })).toHaveCount(1);
});

/** Files of a folder that hold one of the texts in the clear, as UTF-8 or as browsers keep strings, in UTF-16. */
async function filesHolding(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const wanted = texts.flatMap((text) => [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")]);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    if (wanted.some((bytes) => content.includes(bytes))) found.push(entry.name);
  }
  return found;
}
