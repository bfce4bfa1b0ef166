import type { Page } from "@playwright/test";
import type { ReportColumn } from "../../src/domain/reports/table.ts";
import { reportWords } from "../../src/ui/i18n/report-words.ts";
import { OwnAttendancePage } from "../support/attendance-pages.ts";
import { DeskPage } from "../support/desk-pages.ts";
import { csvRows, fromText, plainTable, xlsxRows, type Plain } from "../support/month/files.ts";
import { reckoned, reportOf, type Granted } from "../support/month/reckoned.ts";
import { confirmWithoutScreens, setWallClock } from "../support/month/seed.ts";
import { expect, test } from "../support/month/test.ts";
import { AFTERWARDS, MONTH, PEOPLE, THIRTY, ZONE } from "../support/month/thirty.ts";
import type { Seeded } from "../support/month/types.ts";
import type { TestUser } from "../support/pages.ts";

const OCTOBER = { from: "2026-10-01", to: "2026-10-31" };
const HR = "Hanna Brandt";
const SUPERVISOR = "Sora Lindgren";
/** Guards whose night of the 24th has nine hours. */
const NIGHT_OF_THE_CLOCK = "2026-10-24";

function userOf({ users }: Seeded, name: string): TestUser {
  const user = users.find((one) => one.name === name);
  if (user === undefined) throw new Error(`no user ${name}`);
  return user;
}

function nameOf(number: string): string {
  return PEOPLE.find((person) => person.number === number)?.name ?? "";
}

function pinOf({ pins }: Seeded, number: string): string {
  return pins[number] ?? "";
}

/** What is granted in the course of the month's test, as it is to count. */
const GRANTED: Granted = {
  madeUp: [
    { number: "3001", at: "2026-10-29T16:30", direction: "out" },
    { number: "3002", at: "2026-10-30T16:30", direction: "out" },
    { number: "3022", at: "2026-10-30T07:00", direction: "in" },
  ],
  spells: [
    { number: "3012", kind: "overtime", from: "2026-10-18T06:00", to: "2026-10-18T08:00" },
    { number: "3021", kind: "leave", from: "2026-10-27T07:00", to: "2026-10-28T15:30", leaveKind: "annual" },
  ],
  directions: THIRTY.punches.filter(({ number, direction, at }) => number === "3013" && direction === "in" && at.startsWith("2026-10-22T0")).map(({ number, at }) => ({ number, at, direction: "out" as const })),
};

test.setTimeout(300_000);

test("a month of thirty people is asked about, decided, confirmed, closed and handed on, and every number is the same everywhere", async ({ app, october, profile, startTablet }) => {
  await october.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  await setWallClock(page, AFTERWARDS, ZONE);
  const own = new OwnAttendancePage(page, { locale: "en", zone: ZONE });
  const desk = new DeskPage(page, "en");

  await test.step("people hand in what is to be put right", () => handIn(page, own, app.origin, october));

  await test.step("the supervisor decides two at once, and rejects one with a comment", async () => {
    await desk.signIn(app.origin, "/requests", userOf(october, SUPERVISOR));
    // Of the own department alone.
    await expect(desk.requestOf(nameOf("3021"))).toHaveCount(0);
    await desk.approveTogether([nameOf("3001"), nameOf("3002")]);
    await desk.decideOne(nameOf("3003"), "reject", "The door's own list says 08:45 as well.");
  });

  await test.step("HR takes the second step, and decides where no supervisor is", async () => {
    await desk.signIn(app.origin, "/requests", userOf(october, HR));
    await desk.approveTogether([nameOf("3001"), nameOf("3002")]);
    for (const number of ["3012", "3013", "3021"]) await desk.decideOne(nameOf(number), "approve", "In place of the supervisor");
    await desk.to("admin.nav.months", "Months");
    await expect(desk.checklist.filter({ hasText: "Not confirmed: 30 of 30 people." })).toBeVisible();
    await expect(desk.checklist.filter({ hasText: "Requests not decided: 1." })).toBeVisible();
    await expect(desk.monthOf(nameOf("3022"))).toContainText("1 not decided");
    await desk.to("admin.nav.requests", "Requests");
    await desk.decideOne(nameOf("3022"), "approve", "Nobody supervises the office");
  });

  await test.step("whoever was rejected reads why, and people confirm what they see", async () => {
    await own.goto(app.origin);
    await own.open("3003", pinOf(october, "3003"));
    await own.messages();
    await own.page.getByRole("button", { name: /^Appeal: Rejected/ }).click();
    await expect(own.steps.filter({ hasText: "Rejected (Supervisor)" })).toContainText("The door's own list says 08:45 as well.");
    await own.finish();

    await own.open("3014", pinOf(october, "3014"));
    await own.month(MONTH);
    await expect(own.cell(NIGHT_OF_THE_CLOCK)).toHaveAccessibleName(/Night 22:00–06:00, As planned$/);
    await own.pressDay(NIGHT_OF_THE_CLOCK);
    await expect(own.detail.locator(".chips")).toHaveCount(0);
    await expect(own.detail).toContainText("as planned");
    await own.choose("To the month");
    await own.confirm(MONTH);
    await own.finish();
    for (const number of ["3001", "3021"]) {
      await own.open(number, pinOf(october, number));
      await own.month(MONTH);
      await own.confirm(MONTH);
      await own.finish();
    }
  });

  // Twenty-six more have looked at it and agreed; one has not.
  const others = PEOPLE.map(({ number }) => number).filter((number) => !["3001", "3014", "3021", "3030"].includes(number));
  await confirmWithoutScreens(page, app.origin, MONTH, others.map((number) => october.ids[number] ?? ""));

  await test.step("HR sees what stands in the way, says why it is closed all the same, and closes it", async () => {
    await desk.signIn(app.origin, `/months?month=${MONTH}`, userOf(october, HR));
    await expect(desk.checklist.filter({ hasText: "Not confirmed: 1 of 30 people." })).toBeVisible();
    await expect(desk.checklist.filter({ hasText: "No request waits." })).toBeVisible();
    await expect(desk.monthOf(nameOf("3030"))).toContainText("not confirmed");
    await expect(desk.monthOf(nameOf("3014"))).toContainText("confirmed");
    await desk.closeMonth(MONTH, 30, "Dilan is away until the tenth and was told by telephone.");
    await expect(desk.monthOf(nameOf("3030"))).toContainText("closed");
  });

  await test.step("what is exported is what stands on the screen, and what the rules make of the punches", () => compareFiles(desk));

  await test.step("each file has left its entry in the log", async () => {
    await desk.to("admin.nav.audit", "Audit");
    await desk.showLooks();
    await expect(desk.exported).toHaveCount(5);
  });

  await test.step("a closed day stays as it is: what comes later is a correction that HR grants", async () => {
    await own.goto(app.origin);
    await own.open("3004", pinOf(october, "3004"));
    await own.month(MONTH);
    await expect(own.page.getByText(/^Closed on 2 November 2026\./)).toBeVisible();
    await own.pressDay("2026-10-15");
    await own.makeUpFromDay();
    await expect(own.limits).toContainText("The month is closed");
    await expect(own.handIn).toHaveCount(0);
    await expect(own.putBeforeHr).toBeVisible();
    await own.choose("Later");
    await own.finish();
  });
});

test("the same in Chinese: from the request to the closed and exported month", async ({ app, october, profile, startTablet }) => {
  await october.copyTo(profile);
  const { page } = await startTablet({ clip: null });
  await page.addInitScript(() => localStorage.setItem("clockface.locale", "zh-Hans"));
  await setWallClock(page, AFTERWARDS, ZONE);
  const own = new OwnAttendancePage(page, { locale: "zh-Hans", zone: ZONE });
  const desk = new DeskPage(page, "zh-Hans");

  await own.goto(app.origin);
  await own.open("3001", pinOf(october, "3001"));
  await own.makeUp("2026-10-29");
  await expect(own.limits).toContainText("2026-11-03");
  await own.reason("忘记打卡");
  await own.submit();
  await own.finish();

  await desk.signIn(app.origin, "/requests", userOf(october, SUPERVISOR));
  await desk.approveTogether([nameOf("3001")]);
  await desk.signIn(app.origin, "/requests", userOf(october, HR));
  await desk.approveTogether([nameOf("3001")]);

  await own.goto(app.origin);
  await own.open("3001", pinOf(october, "3001"));
  await own.month(MONTH);
  await own.confirm(MONTH);
  await own.finish();

  await desk.signIn(app.origin, `/months?month=${MONTH}`, userOf(october, HR));
  await expect(desk.monthOf(nameOf("3001"))).toContainText("已确认");
  await desk.closeMonth(MONTH, 30, "其余员工已电话确认。");
  await desk.to("admin.nav.reports", "Reports");
  const people = reckoned(THIRTY, { madeUp: GRANTED.madeUp?.filter(({ number }) => number === "3001") ?? [] }, { ...OCTOBER, now: AFTERWARDS });
  const { columns, ...rest } = reportOf("summary", people, THIRTY, OCTOBER);
  const expected = plainTable({ columns, ...rest }, ZONE);
  await desk.showReport("summary", OCTOBER.from, OCTOBER.to);
  const csv = csvRows((await desk.file("CSV")).bytes, columns);
  const xlsx = await xlsxRows((await desk.file("XLSX")).bytes, columns);
  expect(csv.head.slice(0, 3)).toEqual(["工号", "姓名", "部门"]);
  expect(xlsx).toEqual(csv);
  expect(byPerson(csv.rows.slice(0, -1), columns)).toEqual(byPerson(expected.rows, columns));
});

async function handIn(page: Page, own: OwnAttendancePage, origin: string, october: Seeded): Promise<void> {
  await own.goto(origin);
  for (const [number, day] of [["3001", "2026-10-29"], ["3002", "2026-10-30"], ["3022", "2026-10-30"]] as const) {
    await own.open(number, pinOf(october, number));
    await own.makeUp(day);
    await expect(own.limits).toContainText("1 of 1 left");
    await own.reason("I forgot to punch");
    await own.submit();
    await own.finish();
  }

  await own.open("3003", pinOf(october, "3003"));
  await own.month(MONTH);
  await own.pressDay("2026-10-13");
  await own.disagree();
  await own.reason("The tram stood still, and I was told that it would not count.");
  await own.submit();
  await own.finish();

  await own.open("3021", pinOf(october, "3021"));
  await own.askFor("leave");
  await own.leaveKind("Annual leave");
  await own.from("2026-10-27");
  await own.until("2026-10-28");
  await expect(own.limits).toContainText("This takes 16 h");
  await own.reason("Family matter");
  await own.submit();
  await own.finish();

  await own.open("3013", pinOf(october, "3013"));
  await own.month(MONTH);
  await own.pressDay("2026-10-21");
  await own.correct(/IN\s*06:/);
  await own.choose("OUT");
  await own.reason("I pressed the wrong direction");
  await own.submit();
  await own.finish();

  // At the kiosk, as most do.
  await page.goto(origin);
  await own.openAtKiosk("3012", pinOf(october, "3012"));
  await own.askFor("overtime");
  await own.from("2026-10-18");
  await own.until("2026-10-18");
  await own.fromTime(6 * 60);
  await own.untilTime(8 * 60);
  await own.reason("Asked by the supervisor");
  await own.submit();
  await own.finish();
}

async function compareFiles(desk: DeskPage): Promise<void> {
  const people = reckoned(THIRTY, GRANTED, { ...OCTOBER, now: AFTERWARDS });
  const closed = people.map(({ person, days }) => ({ person, days: days.map((day) => ({ ...day, state: "locked" as const })) }));
  // The night in which the clock goes back: nine hours planned and worked, by nobody's allowance.
  const night = closed.find(({ person }) => person.employeeNumber === "3014")?.days.find(({ day }) => day === NIGHT_OF_THE_CLOCK);
  expect(night).toMatchObject({ marks: [], minutes: { planned: 540, attended: 540, late: 0, early: 0, absent: 0 } });

  await desk.to("admin.nav.reports", "Reports");
  for (const kind of ["summary", "daily"] as const) {
    const table = reportOf(kind, closed, THIRTY, OCTOBER);
    const { columns } = table;
    const expected = plainTable(table, ZONE);
    await desk.showReport(kind, OCTOBER.from, OCTOBER.to);
    const csv = csvRows((await desk.file("CSV")).bytes, columns);
    const xlsx = await xlsxRows((await desk.file("XLSX")).bytes, columns);
    expect(xlsx.head).toEqual(csv.head);
    expect(xlsx.rows).toEqual(csv.rows);
    expect(codes(csv.rows.slice(0, -1), columns)).toEqual(byPerson(expected.rows, columns));
    expect(csv.rows.at(-1)?.slice(1)).toEqual(expected.totals.slice(1));
    if (kind === "daily") continue;
    const shown = await desk.table();
    expect(shown.head).toEqual(csv.head);
    const onScreen = [...shown.rows, shown.totals].map((row) => row.map((text, index) => fromText(text, columns[index])));
    expect(onScreen).toEqual(csv.rows);
  }

  await desk.showReport("punch-times", OCTOBER.from, OCTOBER.to);
  const attlog = (await desk.file("attlog.dat")).bytes.toString("utf8").trimEnd().split("\r\n").map((line) => line.split("\t"));
  const counted = closed.flatMap(({ person, days }) => days.flatMap(({ punches }) => punches.filter(({ use }) => ["in", "out", "between", "stray"].includes(use)).map(() => person.employeeNumber)));
  expect(attlog.map(([number]) => number).sort()).toEqual(counted.sort());
  expect(attlog.every((line) => line.length === 5 && /^2026-1[01]-\d\d \d\d:\d\d:\d\d$/.test(line[1] ?? ""))).toBe(true);
}

/** Rows by person and day, whatever order the people come in. */
function byPerson<T extends string | number>(rows: readonly (readonly T[])[], columns: readonly ReportColumn[]): readonly (readonly T[])[] {
  const day = columns.findIndex(({ id }) => id === "day");
  const key = (row: readonly T[]): string => `${String(row[0])} ${day < 0 ? "" : String(row[day])}`;
  return [...rows].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Words of a file as the codes that they stand for, so that they can be held against what was worked out. */
function codes(rows: readonly (readonly Plain[])[], columns: readonly ReportColumn[]): readonly (readonly Plain[])[] {
  const known = reportWords().codes;
  const coded = (cell: Plain, { of }: ReportColumn): Plain => {
    if (of === undefined || typeof cell !== "string" || cell === "") return cell;
    const code = (word: string): string => Object.entries(known[of]).find(([, words]) => words === word)?.[0] ?? word;
    return cell.split(", ").map(code).join(" ");
  };
  return byPerson(rows.map((row) => columns.map((column, index) => coded(row[index] ?? "", column))), columns);
}
