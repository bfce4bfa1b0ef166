import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { heldEntries, heldSegments } from "../../hub/testing/contents.ts";
import { pairingText, startHubProcess } from "../../hub/testing/process.ts";
import { makeBackup, setUpFromBackup } from "../support/backup-pages.ts";
import { newProfile } from "../support/browser.ts";
import { DeskPage } from "../support/desk-pages.ts";
import { seedMonth } from "../support/month/seed.ts";
import { RULES, ZONE } from "../support/month/thirty.ts";
import type { SeedMonth } from "../support/month/types.ts";
import { ADMINISTRATOR, AdministrationPage, type TestPerson } from "../support/pages.ts";
import { Phone } from "../support/phone.ts";
import { PlacedTablet, type Acknowledged } from "../support/placed-tablet.ts";
import { Line } from "../support/proxy.ts";
import { freePort, servedApp } from "../support/servers.ts";
import { expect, test } from "../support/test.ts";

const ADA = { number: "4001", name: "Ada Collier" };
const BEN = { number: "4002", name: "Ben Okafor" };
const CAI = { number: "4003", name: "Cai Yu" };
const DORA = { number: "4004", name: "Dora Lindqvist" };
const PEOPLE: readonly TestPerson[] = [ADA, BEN, CAI, DORA];

const MONDAY = "2026-10-05";
const [TUESDAY, WEDNESDAY, THURSDAY] = ["2026-10-06", "2026-10-07", "2026-10-08"] as const;
const FRIDAY = "2026-10-09";
const DAYS = [TUESDAY, WEDNESDAY, THURSDAY];

/** Everybody works from 08:00 to 16:30, with half an hour of lunch: eight hours. Five minutes of grace. */
const SITE: SeedMonth = {
  zone: ZONE,
  begins: `${MONDAY}T07:00`,
  people: PEOPLE.map(({ number, name }) => ({ number, name, department: "Assembly", employmentType: "full-time", plan: { assignments: [], days: [], firstDay: TUESDAY } })),
  users: [{ name: "Hanna Brandt", role: "hr" }],
  rules: RULES,
  rulesFrom: "2026-09-01",
  punches: [],
  outages: [],
};

/** A day in the report: hours and minutes, and marks. */
interface Judged {
  readonly number: string;
  readonly day: string;
  readonly attended: string;
  readonly late: string;
  readonly early: string;
  readonly absent: string;
  readonly marks: string;
  readonly state: string;
}

const AS_PLANNED = { attended: "8:00", late: "0:00", early: "0:00", absent: "0:00", marks: "" };
/** Between the punches the browsers were closed: an outage, told where it may have cost somebody something. */
const NEVER_CAME = { attended: "0:00", late: "0:00", early: "0:00", absent: "8:00", marks: "absent, outage" };
/** What each day is once every tablet was heard of. */
const JUDGED: Readonly<Record<string, readonly Omit<Judged, "number" | "day" | "state">[]>> = {
  [ADA.number]: [AS_PLANNED, { attended: "7:08", late: "0:12", early: "0:40", absent: "0:00", marks: "late, left early, outage" }, AS_PLANNED],
  [BEN.number]: [AS_PLANNED, NEVER_CAME, AS_PLANNED],
  [CAI.number]: [AS_PLANNED, AS_PLANNED, AS_PLANNED],
  [DORA.number]: [NEVER_CAME, NEVER_CAME, NEVER_CAME],
};

test("a tablet three days offline makes nobody absent, and every punch that it acknowledged counts once it is back", async ({ startTablet, profile }) => {
  test.setTimeout(360_000);
  const data = await mkdtemp(join(tmpdir(), "clockface-hub-"));
  const hub = await startHubProcess({ data, site: "gate", dist: servedApp() });
  const [lineA, lineB] = [new Line(await freePort(), hub.port), new Line(await freePort(), hub.port)];
  await Promise.all([lineA.connect(), lineB.connect()]);
  const profileB = await newProfile("second");
  try {
    const tabletA = await startTablet({ clip: null, origin: lineA.origin });
    const tabletB = await startTablet({ clip: null, origin: lineB.origin, profile: profileB.path });
    const { page } = tabletA;
    const [a, b] = [new PlacedTablet(tabletA, lineA, ZONE), new PlacedTablet(tabletB, lineB, ZONE)];
    const seeded = await seedMonth(page, lineA.origin, SITE);
    const pinOf = ({ number }: TestPerson): string => seeded.pins[number] ?? "";
    const hr = seeded.users.find(({ name }) => name !== ADMINISTRATOR.name) ?? { name: "", passphrase: "" };
    const desk = new DeskPage(page, "en");
    const [administrationA, administrationB] = [new AdministrationPage(page), new AdministrationPage(tabletB.page)];

    const [deviceA, deviceB] = await test.step("the second tablet is set up from the first one's backup, and both are paired with the hub", async () => {
      await a.itIs(`${MONDAY}T08:00`);
      await administrationA.signIn(lineA.origin, "/device");
      const first = await administrationA.deviceNumber.innerText();
      await administrationA.pair(await pairingText(data, first, lineA.origin, "--reader"));
      const backup = await makeBackup(page, join(profile, "backup.age"));
      await b.itIs(`${MONDAY}T08:10`);
      await setUpFromBackup(tabletB.page, lineB.origin, backup);
      const phone = new Phone(tabletB.page);
      for (const { name, secret } of seeded.users) phone.takeIn(name, secret);
      await administrationB.signIn(lineB.origin, "/device");
      const second = await administrationB.deviceNumber.innerText();
      expect(second).not.toBe(first);
      await administrationB.pair(await pairingText(data, second, lineB.origin));
      await expect(administrationB.waiting).toHaveText(/^0 /);
      return [first, second];
    });

    await test.step("the first tablet has heard of the second", async () => {
      await a.itIs(`${MONDAY}T08:20`);
      await administrationA.signIn(lineA.origin, "/device");
      await expect(otherTablet(page, deviceB)).toContainText(`${MONDAY} 08:1`);
    });

    await test.step("for three days people come and go at both, and the second has no network", async () => {
      const heard = tabletB.page.waitForResponse((answer) => answer.url().endsWith("/heartbeat") && answer.ok());
      await Promise.all([a.at(`${MONDAY}T08:25`), b.at(`${MONDAY}T08:25`)]);
      await heard;
      await b.unplug();
      await Promise.all([
        (async () => {
          await a.at(`${TUESDAY}T07:50`);
          await a.punch(CAI, pinOf(CAI), "IN");
          await a.punch(BEN, pinOf(BEN), "IN");
          await a.at(`${TUESDAY}T16:33`);
          await a.punch(BEN, pinOf(BEN), "OUT");
          await a.at(`${WEDNESDAY}T16:40`);
          await a.punch(CAI, pinOf(CAI), "OUT");
          await a.at(`${THURSDAY}T07:45`);
          await a.punch(BEN, pinOf(BEN), "IN");
          await a.at(`${THURSDAY}T16:35`);
          await a.punch(BEN, pinOf(BEN), "OUT");
        })(),
        (async () => {
          await b.at(`${TUESDAY}T07:55`);
          await b.punch(ADA, pinOf(ADA), "IN");
          await b.at(`${TUESDAY}T16:35`);
          await b.punch(ADA, pinOf(ADA), "OUT");
          await b.punch(CAI, pinOf(CAI), "OUT");
          await b.at(`${WEDNESDAY}T07:52`);
          await b.punch(CAI, pinOf(CAI), "IN");
          await b.at(`${WEDNESDAY}T08:12`);
          await b.punch(ADA, pinOf(ADA), "IN");
          await b.at(`${WEDNESDAY}T15:50`);
          await b.punch(ADA, pinOf(ADA), "OUT");
          await b.at(`${THURSDAY}T07:50`);
          await b.punch(ADA, pinOf(ADA), "IN");
          await b.punch(CAI, pinOf(CAI), "IN");
          await b.at(`${THURSDAY}T16:31`);
          await b.punch(ADA, pinOf(ADA), "OUT");
          await b.punch(CAI, pinOf(CAI), "OUT");
        })(),
      ]);
    });

    await test.step("on the evening of the third day nobody is absent: the days wait for the tablet that nothing was heard of", async () => {
      await a.itIs(`${THURSDAY}T20:00`);
      await desk.signIn(lineA.origin, "/reports", hr);
      const rows = await daily(desk);
      expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: PEOPLE.length * DAYS.length }, () => "not judged yet"));
      expect(rows.filter(({ late, early, absent, marks }) => [late, early, absent].some((time) => time !== "0:00") || /absent|missing|late|early/.test(marks))).toEqual([]);
      await expect(page.getByText("Days not settled: 12.")).toBeVisible();
      expect(receipts(await rawRecords(desk))).toEqual(receipts(a.acknowledged));

      await desk.to("admin.nav.presence", "Who is here");
      await expect(page.getByText(`${deviceB} was last heard of 10-05 08:2`)).toBeVisible();
      for (const person of PEOPLE) for (const day of DAYS) await expect(dayOf(page, person, day)).toHaveAccessibleName(/ not judged yet/);
      await dayOf(page, DORA, TUESDAY).click();
      await expect(page.locator("cf-day")).toContainText(new RegExp(`${deviceB} was last heard of on 5 Oct 2026, 08:2\\d:\\d\\d: it is judged once its later records are here\\.`));

      await desk.to("admin.nav.months", "Months");
      await page.getByRole("button", { name: "Month after" }).click();
      await expect(desk.checklist.filter({ hasText: "People with days that are not settled: 4." })).toBeVisible();
      await expect(desk.checklist.filter({ hasText: `${deviceB} (2026-10-05 08:2` })).toBeVisible();
    });

    await test.step("the second tablet is back, and sends what it has", async () => {
      await b.plugIn();
      await b.itIs(`${FRIDAY}T06:00`);
      await administrationB.signIn(lineB.origin, "/device");
      await administrationB.sendNow();
      await expect(administrationB.waiting).toHaveText(/^0 /, { timeout: 60_000 });
      await tabletB.close();
    });

    const fetched = await test.step("the first tablet fetches it: all days are judged, by what was acknowledged at both doors", async () => {
      await a.itIs(`${FRIDAY}T06:10`);
      await administrationA.signIn(lineA.origin, "/device");
      await page.getByRole("button", { name: "Fetch from the hub" }).click();
      await expect(page.getByRole("region", { name: "Other tablets" }).getByRole("status")).toHaveText(/New entries: \d+|Nothing new\./);
      await expect(otherTablet(page, deviceB)).toContainText(`${FRIDAY} 06:0`);
      const entries = Number(await otherTablet(page, deviceB).locator("dd").last().innerText());
      await administrationA.signOut();

      await desk.signIn(lineA.origin, "/reports", hr);
      const rows = await daily(desk);
      const judged = PEOPLE.flatMap(({ number }) => DAYS.map((day, index) => ({ number, day, ...JUDGED[number]?.[index], state: "settled" })));
      expect(rows).toEqual(judged);
      const both = [...a.acknowledged.map((punch) => ({ ...punch, device: deviceA })), ...b.acknowledged.map((punch) => ({ ...punch, device: deviceB }))];
      const raw = await rawRecords(desk);
      expect(raw).toEqual(inOrder(both.map((punch) => ({ ...punch, became: punch.direction === "IN" ? "counts as arrival" : "counts as departure", clock: "sure" }))));
      expect(new Set(receipts(raw)).size).toBe(16);

      await desk.to("admin.nav.presence", "Who is here");
      for (const day of DAYS) {
        await expect(dayOf(page, DORA, day)).toHaveAccessibleName(/ absent, outage$/);
        await expect(dayOf(page, CAI, day)).toHaveAccessibleName(/ as planned$/);
      }
      await expect(page.getByText("was last heard of")).toHaveCount(0);
      await desk.to("admin.nav.months", "Months");
      await page.getByRole("button", { name: "Month after" }).click();
      // The month goes on: of its 19 workdays three are over.
      await expect(desk.monthOf(DORA.name)).toContainText(/0 \/ 19[\s\S]*24:00/);
      await expect(desk.monthOf(ADA.name)).toContainText(/3 \/ 19[\s\S]*23:29[\s\S]*0:12[\s\S]*0:40/);
      return entries;
    });

    await Promise.all([lineA.cut(), lineB.cut()]);
    await hub.stop();
    const held = await heldEntries(data, deviceB);
    expect(held).toEqual(Array.from({ length: fetched }, (_, index) => index + 1));
    expect((await heldSegments(data)).filter(({ revisions }) => revisions !== 1)).toEqual([]);
  } finally {
    await Promise.all([lineA.cut(), lineB.cut()]);
    await hub.stop();
    await Promise.all([rm(data, { recursive: true, force: true }), profileB.remove()]);
  }
});

/** What is known of another tablet, on the page of the device. */
function otherTablet(page: Page, device: string): Locator {
  return page.getByRole("region", { name: "Other tablets" }).getByRole("listitem").filter({ hasText: device });
}

/** A day of somebody in the calendar of the team. */
function dayOf(page: Page, { name }: TestPerson, day: string): Locator {
  return page.getByRole("region", { name: "Calendar of the team" }).getByRole("button", { name: new RegExp(`^${name} ${day}`) });
}

/** The daily report as it stands on the screen, person by person. */
async function daily(desk: DeskPage): Promise<readonly Judged[]> {
  await desk.showReport("daily", TUESDAY, THURSDAY);
  const rows = await shown(desk, "Daily detail", { number: "Employee number", day: "Day", attended: "Attended", late: "Late", early: "Early", absent: "Absent", marks: "Marks", state: "State" });
  return rows.sort((one, other) => (`${one.number} ${one.day}` < `${other.number} ${other.day}` ? -1 : 1));
}

/** Every punch that the first tablet knows of, as it stands on the screen. */
async function rawRecords(desk: DeskPage): Promise<readonly (Record<keyof Acknowledged, string> & { readonly device: string })[]> {
  await desk.showReport("raw", TUESDAY, THURSDAY);
  return inOrder(await shown(desk, "Raw records", { number: "Employee number", at: "Time", direction: "Direction", became: "What became of it", device: "Tablet", clock: "Clock", receipt: "Receipt" }));
}

async function shown<Column extends string>(desk: DeskPage, report: string, columns: Readonly<Record<Column, string>>): Promise<Record<Column, string>[]> {
  await expect(desk.report(report)).toBeVisible();
  let found: Record<Column, string>[] = [];
  // The one of other days stands there until this one is worked out.
  await expect(async () => {
    const { head, rows } = await desk.table();
    found = rows.map((row) => Object.fromEntries(Object.entries<string>(columns).map(([id, name]) => [id, row[head.indexOf(name)] ?? ""])) as Record<Column, string>);
    const days = found.map((row: Partial<Record<string, string>>) => (row["day"] ?? row["at"] ?? "").slice(0, 10));
    expect(days.filter((day) => day < TUESDAY || day > THURSDAY)).toEqual([]);
  }).toPass({ timeout: 30_000 });
  return found;
}

function inOrder<T extends Pick<Acknowledged, "number" | "at">>(punches: readonly T[]): readonly T[] {
  return [...punches].sort((one, other) => (`${one.at} ${one.number}` < `${other.at} ${other.number}` ? -1 : 1));
}

const receipts = (punches: readonly Pick<Acknowledged, "receipt">[]): readonly string[] => punches.map(({ receipt }) => receipt).sort();
