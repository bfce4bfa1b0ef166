import { OwnAttendancePage } from "../support/attendance-pages.ts";
import { setWallClock } from "../support/month/seed.ts";
import { expect, test } from "../support/month/test.ts";
import { AFTERWARDS, ZONE } from "../support/month/thirty.ts";

const UMA = "3021";

test("at a desk somebody signs in with number and PIN, asks for leave, sees it wait, and leaves nothing behind", async ({ app, october, profile, startTablet }) => {
  await october.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  await setWallClock(page, AFTERWARDS, ZONE);
  const own = new OwnAttendancePage(page, { locale: "en", zone: ZONE });
  const pin = october.pins[UMA] ?? "";
  const wrong = pin.startsWith("9") ? `1${pin.slice(1)}` : `9${pin.slice(1)}`;

  await test.step("how long data are kept is read without a number", async () => {
    await own.goto(app.origin);
    await page.getByRole("button", { name: "How long data are kept" }).click();
    await expect(page.getByRole("heading", { name: "How long data are kept" })).toBeVisible();
    await expect(page.getByText("months after leaving")).toBeVisible();
    await page.getByRole("button", { name: "Back", exact: true }).click();
  });

  await test.step("a wrong PIN is told kindly, and the number stays", async () => {
    await own.goto(app.origin);
    await own.typeNumberAndPin(UMA, wrong);
    await expect(page.getByRole("status").filter({ hasText: "Number and PIN do not match. Please check the number and enter the PIN again." })).toBeVisible();
    await expect(page.getByRole("button", { name: "Employee number" })).toContainText(UMA);
    await expect(page.getByRole("button", { name: "Back", exact: true })).toHaveCount(0);
  });

  await test.step("two days of leave are asked for, and wait for the supervisor", async () => {
    await page.keyboard.press("Escape");
    await own.open(UMA, pin);
    await own.askFor("leave");
    await expect(own.handIn).toBeDisabled();
    await expect(own.page.getByText("Still needed: Reason", { exact: true })).toBeVisible();
    await own.from("2026-11-03");
    await own.until("2026-11-04");
    await own.reason("Family matter");
    await own.attach({ name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") });
    await own.submit();
    await own.home();
    await expect(own.requests.filter({ hasText: "Annual leave" })).toContainText("Waits for the supervisor");
  });

  await test.step("nothing of it is left on the screen once they have finished", async () => {
    await own.finish();
    await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
    await expect(page.getByText("Uma Pillai")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "To the kiosk" })).toBeVisible();
  });

  await test.step("the browser's Back goes a page back, closes the record from the first one, and only then leaves", async () => {
    await own.open(UMA, pin);
    await page.getByRole("button", { name: "My data" }).click();
    await page.getByRole("button", { name: "Who has looked" }).click();
    await expect(page.getByRole("heading", { name: "Who has looked" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "My data" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("button", { name: "My data" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
    await expect(page.getByText("Uma Pillai")).toHaveCount(0);

    await own.open(UMA, pin);
    await own.askFor("leave");
    await page.getByRole("button", { name: "Later" }).click();
    await own.home();
    await own.finish();
    await expect.poll(() => page.evaluate((): unknown => history.state)).toBeNull();
    expect(new URL(page.url()).pathname).toBe("/me");
    await page.goBack();
    await expect(page).not.toHaveURL(/\/me$/);
  });
});
