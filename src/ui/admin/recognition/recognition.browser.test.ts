import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { page } from "vitest/browser";

import "../../styles/global.css";
import { all, one, open, press, sees, text } from "../../../../tests/screens/admin-hands.ts";
import { at, FakeAdministration, NOW, PAIRS, recognitionReport, RENEWALS, SETTINGS } from "../../../../tests/screens/fake-administration.ts";
import type { RecognitionPolicy } from "../../../domain/biometrics/recognition-policy.ts";
import { failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { err, ok } from "../../../domain/result.ts";
import { showLocale } from "../../i18n/localize.ts";

const ORIGINAL = location.href;

beforeEach(async () => {
  await page.viewport(1280, 800);
  await showLocale("en");
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

/** Text of the rows of the table in sight, in their order. */
const rows = (): string[] => all(document, "[role=row][data-index]").map((row) => text(row).trim());

describe("what a site chooses about recognition", () => {
  const policy = (fake: FakeAdministration): RecognitionPolicy | undefined => fake.settings.value?.recognition;
  const choose = (value: string): void => one(`input[value="${value}"]`).click();

  test("is kept at once, and two choices in a row are both kept", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    await sees("Ask for a small movement");
    choose("always");
    choose("0.0001");
    await vi.waitFor(() => expect(policy(fake)).toMatchObject({ challenge: "always", fpirTarget: 1e-4 }));
    await sees("Saved");
  });

  test("a roster is kept once a department is chosen, and given up with the last one", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    await sees("Ask for a small movement");
    choose("roster");
    await sees("Choose one at least");
    expect(policy(fake)?.comparison).toBe("everyone");
    await press(/^Assembly/);
    await vi.waitFor(() => expect(policy(fake)).toMatchObject({ comparison: "roster", rosterDepartments: ["Assembly"] }));
    await sees("36 people in 1 departments");
    await press(/^Assembly/);
    await vi.waitFor(() => expect(policy(fake)).toMatchObject({ comparison: "everyone", rosterDepartments: [] }));
    await sees("Choose one at least");
  });

  test("says so, and shows what stands, when it could not be kept", async () => {
    const fake = new FakeAdministration();
    vi.spyOn(fake.setup, "change").mockResolvedValue(err(failure("settings/store-failed")));
    await open(fake, "/admin/settings");
    await sees("Ask for a small movement");
    choose("always");
    await sees("settings/store-failed");
    await vi.waitFor(() => expect((one('input[value="in-doubt"]') as HTMLInputElement).checked).toBe(true));
  });

  test("refreshing of references is off until somebody decides", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    await sees("Let face data follow");
    const off = all(document, "wa-switch").at(-1) as HTMLElement & { checked: boolean };
    expect(off.checked).toBe(false);
    off.click();
    await vi.waitFor(() => expect(policy(fake)?.refreshReferences).toBe(true));
  });
});

describe("the recognition report", () => {
  test("is worked out for the last 30 days and tells n of m with its interval", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/recognition");
    await sees("12 of 715");
    await sees("1.7%, likely between");
    const [, since] = at(fake.calls.filter(([name]) => name === "recognition.report"), 0);
    expect(Date.now() - Date.parse(String(since))).toBeGreaterThan(29 * 86_400_000);
    expect(Date.now() - Date.parse(String(since))).toBeLessThan(32 * 86_400_000);
  });

  test("is worked out anew, and the day stands in the address, when another day is chosen", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/recognition");
    await sees("12 of 715");
    const day = one("#since") as HTMLInputElement;
    day.value = "2026-01-05";
    day.dispatchEvent(new Event("change"));
    await vi.waitFor(() => expect(fake.calls.filter(([name]) => name === "recognition.report").at(-1)).toEqual(["recognition.report", "2026-01-05"]));
    expect(location.search).toBe("?since=2026-01-05");
  });

  test("names both of a close pair and tells that both are asked for the PIN", async () => {
    const fake = new FakeAdministration();
    fake.lookAlikes.next(PAIRS);
    await open(fake, "/admin/recognition");
    await sees(/Chen Yu and 周建国 once in 1,300 comparisons Both are asked for the PIN/);
    await sees(/Omar Haddad and Liu Yang once in 160,000 comparisons Told apart/);
  });

  test("lists people with the most refusals first, and by another figure when its heading is pressed", async () => {
    await open(new FakeAdministration(), "/admin/recognition?tab=people");
    await vi.waitFor(() => expect(rows()[0]).toMatch(/^Chen Yu 1001 .*5 of 45/), { timeout: 5000 });
    await press(/^Name/);
    await vi.waitFor(() => expect(rows()[0]).toMatch(/^Ana Ruiz/), { timeout: 5000 });
    expect(location.search).toContain("sort=name");
    expect(one('[role=columnheader][aria-sort="ascending"]').textContent).toContain("Name");
  });

  test("compares groups only where there are enough punches", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/recognition?tab=groups");
    await sees("refused 2.1 times as often");
    await sees(/Without a department .* few/);
    fake.report = ok(recognitionReport(143, 0));
    await press("Work out again");
    await sees("Too few punches to compare groups");
  });

  test("goes into a file of what is shown", async () => {
    const texts: string[] = [];
    const names: string[] = [];
    vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
      void (blob as Blob).text().then((content) => texts.push(content));
      return "about:blank";
    });
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    await open(new FakeAdministration(), "/admin/recognition?tab=people");
    await vi.waitFor(() => expect(rows().length).toBeGreaterThan(0), { timeout: 5000 });
    await press("Export CSV");
    await vi.waitFor(() => expect(texts).toHaveLength(1));
    expect(names).toEqual(["recognition-people-2026-01-31.csv"]);
    const [heading = "", first = ""] = at(texts, 0).split("\r\n");
    expect(heading).toContain("Employee number,Name,Department,Punches by face,After a movement");
    expect(first).toMatch(/^1001,Chen Yu,Assembly,40,0,6,5,45,0.111111,/);
    expect(at(texts, 0).split("\r\n")).toHaveLength(144);
  });

  test("says what to do first when nobody is enrolled, and why when it cannot be made", async () => {
    const fake = new FakeAdministration();
    fake.report = err(failure("recognition/not-ready"));
    await open(fake, "/admin/recognition");
    await sees("not ready yet");
    fake.report = ok({ ...recognitionReport(0, 0), closest: [], groups: [] });
    await press("Try again");
    await sees("Nobody is enrolled yet");
    expect(text()).not.toContain("not ready yet");
  });

  test("is found by navigation and by Ctrl-K", async () => {
    await open(new FakeAdministration(), "/admin/people");
    one('nav a[href="/admin/recognition"]').click();
    await sees("12 of 715");
    expect(document.title).toContain("Recognition");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    await vi.waitFor(() => expect(all(document, "[role=option]").map((option) => text(option).trim())).toContain("Recognition"));
  });
});

describe("look-alikes and renewals", () => {
  test("a person who looks like somebody and has no PIN is given one from the warning", async () => {
    const fake = new FakeAdministration();
    fake.lookAlikes.next(PAIRS);
    await open(fake, "/admin/people/p-5");
    await sees(/Looks much like Chen Yu/);
    await sees("There is no PIN yet");
    one("wa-callout wa-button").click();
    await press("Issue");
    await sees("482916");
    expect(fake.asked).toContain("people.issuePin");
    await vi.waitFor(() => expect(text()).not.toContain("There is no PIN yet"));
  });

  test("the list shows whose face data is to be renewed, and the navigation how many", async () => {
    const fake = new FakeAdministration();
    fake.renewals.next(RENEWALS);
    await open(fake, "/admin/people");
    await sees("3 to renew");
    await press("Face data to renew: 3");
    await vi.waitFor(() => expect(rows()).toHaveLength(3), { timeout: 5000 });
    expect(location.search).toBe("?note=renew");
    fake.renewals.next([]);
    await sees("Nobody fits");
  });

  test("a person's page says why and leads to enrolling again", async () => {
    const fake = new FakeAdministration();
    fake.renewals.next(RENEWALS);
    await open(fake, "/admin/people/p-1");
    await sees(/should be renewed\..*less and less clearly/);
    expect(one("wa-callout wa-button").getAttribute("href")).toBe("/admin/people/p-1/enrol");
  });

  test("enrolment says kindly that a PIN is needed when somebody looks alike", async () => {
    const fake = new FakeAdministration();
    fake.peopleRows.next(fake.peopleRows.value.map((row) => (row.person.id === "p-6" ? { ...row, hasPin: false } : row)));
    await open(fake, "/admin/people/p-6/enrol");
    await press("Start the camera");
    fake.enrolmentState.next({ kind: "stored", lookAlikes: ["p-0" as PersonId] });
    await sees(/much like that of Chen Yu\..*So a PIN is needed here/);
    await press("Later");
    await sees("Not ready yet");
    expect(text()).not.toContain("Ready to punch");
  });
});

describe("the camera that was confirmed", () => {
  test("another one in its place is told of, with what differs, until it is confirmed", async () => {
    const fake = new FakeAdministration();
    fake.cameraAlarm.next({ kind: "changed", label: "OBS Virtual Camera", confirmedLabel: "Front camera", differences: ["label", "controls"], looksVirtual: true, since: NOW, stillThere: true });
    await open(fake, "/admin/device");
    await sees(/Confirmed Front camera Found OBS Virtual Camera.*another name fewer things can be set/);
    await press("Confirm this camera");
    await vi.waitFor(() => expect(fake.asked).toContain("device.confirmCamera"));
    await vi.waitFor(() => expect(text()).not.toContain("OBS Virtual Camera"));
  });

  test("says why when it could not be confirmed", async () => {
    const fake = new FakeAdministration();
    fake.cameraAlarm.next({ kind: "not-confirmed" });
    vi.spyOn(fake.device, "confirmCamera").mockResolvedValue(err(failure("camera/none-found")));
    await open(fake, "/admin/device");
    await press("Confirm this camera");
    await sees("No camera found");
  });

  test("how the ways to run the models compared is told", async () => {
    await open(new FakeAdministration(), "/admin/device");
    await sees(/WebAssembly, threads: 4 ?: 43 ms a face.*WebGPU ?: not usable here/);
  });
});

test("punches show what was asked for besides the face", async () => {
  const fake = new FakeAdministration();
  fake.allPunches = [{ ...at(fake.allPunches, 1), stepUps: ["challenge", "second-factor"] }];
  await open(fake, "/admin/punches");
  await vi.waitFor(() => expect(all(document, ".steps wa-icon").map((icon) => icon.getAttribute("label"))).toEqual(["Movement", "PIN after the face"]), { timeout: 5000 });
});

test("the settings of a new site are the careful ones", () => {
  expect(SETTINGS.recognition).toMatchObject({ challenge: "in-doubt", fpirTarget: 1e-3, comparison: "everyone", refreshReferences: false });
});
