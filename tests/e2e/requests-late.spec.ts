import { OwnAttendancePage } from "../support/attendance-pages.ts";
import { DeskPage } from "../support/desk-pages.ts";
import { setWallClock } from "../support/month/seed.ts";
import { expect, test } from "../support/month/test.ts";
import { AFTERWARDS, MONTH, ZONE } from "../support/month/thirty.ts";

const BEN = { number: "3002", name: "Ben Okafor" };
const OVER = "2026-10-06";
const IN_TIME = "2026-10-30";

test.setTimeout(240_000);

test("a make-up punch that comes too late, or is one too many, is refused with its reason, and counts once HR grants it as a special case", async ({ app, october, profile, startTablet }) => {
  await october.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  await setWallClock(page, AFTERWARDS, ZONE);
  const own = new OwnAttendancePage(page, { locale: "en", zone: ZONE });
  const desk = new DeskPage(page, "en");
  const pin = october.pins[BEN.number] ?? "";
  const hr = october.users.find(({ name }) => name === "Hanna Brandt") ?? { name: "", passphrase: "" };
  const open = async (): Promise<void> => {
    await own.goto(app.origin);
    await own.open(BEN.number, pin);
  };

  await test.step("the window is over: said before anything is filled in, with the way to HR", async () => {
    await open();
    // What can still be made up goes first.
    await expect(own.missing.first()).toContainText(own.day(IN_TIME));
    await expect(own.missingOn(OVER)).toContainText("Time-out: the days for making it up are over");
    await own.askHr(OVER);
    await expect(own.limits).toContainText("Time-out: the days for making it up are over");
    await expect(own.limits).toContainText("HR can still decide it as a special case.");
    await expect(own.handIn).toHaveCount(0);
    await own.reason("The tablet was out of order");
    await own.submit(own.putBeforeHr);
    await expect(own.steps.first()).toContainText("Refused by the rules, and put before HR");
    await own.finish();
  });

  await test.step("one is left: it is taken, and used up", async () => {
    await own.open(BEN.number, pin);
    await own.makeUp(IN_TIME);
    await expect(own.limits).toContainText("1 of 1 left");
    await own.reason("I forgot to punch");
    await own.submit();
    await own.finish();
  });

  await test.step("a second one of the same month is one too many", async () => {
    await own.open(BEN.number, pin);
    await own.month(MONTH);
    // A day in the window on which nothing is missing: the arrival is said to have been earlier.
    await own.pressDay("2026-10-29");
    await own.makeUpFromDay();
    await expect(own.limits).toContainText("No make-up punch is left in this period");
    await expect(own.limits).toContainText("HR can still decide it as a special case.");
    await expect(own.handIn).toHaveCount(0);
    await own.choose("Later");
    await own.finish();
  });

  await test.step("HR grants the late one with a reason, and rejects nothing without one", async () => {
    await desk.signIn(app.origin, "/requests", hr);
    await expect(desk.requestOf(BEN.name)).toHaveCount(2);
    await desk.openRequestOf(BEN.name, "2026-10-06 16:30");
    await expect(desk.request).toContainText("The rules refuse it.");
    await desk.decide("special-case", "The camera was covered in that week; the shift list has the name.");
    await expect(desk.request).toContainText("Granted as a special case");
  });

  await test.step("the day counts what was granted, and says so", async () => {
    await open();
    await own.month(MONTH);
    await own.pressDay(OVER);
    await expect(own.detail).toContainText("Made up");
    await expect(own.detail).toContainText("16:30:00");
    await expect(own.detail.getByText("Missing", { exact: false })).toHaveCount(0);
    await own.finish();
  });
});
