import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { page } from "vitest/browser";

import "../../styles/global.css";
import { all, one, open, press, sees } from "../../../../tests/screens/admin-hands.ts";
import { FakeAdministration } from "../../../../tests/screens/fake-administration.ts";
import { problemsOf } from "../../../domain/attendance/rules/validate.ts";
import { proposal } from "../../../domain/attendance/rules/proposal.ts";
import type { SiteRules } from "../../../domain/attendance/rules/types.ts";
import { err } from "../../../domain/result.ts";
import { showLocale } from "../../i18n/localize.ts";

const ORIGINAL = location.href;

beforeEach(async () => {
  sessionStorage.clear();
  await page.viewport(1280, 800);
  await showLocale("en");
});

afterEach(async () => {
  vi.restoreAllMocks();
  // A draft outlives its page on purpose: it is let go.
  const drop = all(document, "wa-button").find((button) => button.textContent.includes("Let the draft go"));
  drop?.click();
  await Promise.resolve();
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

function made(): FakeAdministration {
  const fake = new FakeAdministration();
  fake.attendance.rules.problems = problemsOf;
  return fake;
}

/** Types into a field and leaves it. */
function fill(id: string, text: string): void {
  const input = one(`#${id}`) as HTMLInputElement;
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
  input.dispatchEvent(new Event("blur"));
}

const valueIn = (id: string): string => (one(`#${id}`) as HTMLInputElement).value;

describe("the editor of rules", () => {
  test("shows what is in force in plain words, and every version", async () => {
    await open(made(), "/admin/rules");
    await sees("In force today");
    await sees("Late after 09:05");
    await sees("3 make-up punches a month, within 3 working days");
  });

  test("begins with a proposal where there are no rules, and saves it from the first open day on", async () => {
    const fake = made();
    fake.attendance.book.next({ siteId: "s", versions: [] });
    fake.attendance.rules.proposal = () => Promise.resolve(proposal("Asia/Shanghai", "cn", [], "en"));
    await open(fake, "/admin/rules");
    await sees("Until there are some, nobody is judged");
    await press(/^Begin with the proposal/);
    await sees("Late after 09:05");
    await press(/^Review and save/);
    await sees("What is otherwise");
    await press(/^Put in force/);
    await sees("Saved. The new version is in the list below.");
    expect(fake.calls).toContainEqual(["rules.save", "2026-02-01", "", 0]);
    expect(fake.attendance.book.value.versions.map(({ from }) => from)).toEqual(["2026-02-01"]);
  });

  test("takes a time after midnight as 26:00 and says what it is on the clock, and keeps it when the page is left and met again", async () => {
    const fake = made();
    await open(fake, "/admin/rules?tab=shifts");
    await press(/^Change the rules/);
    await sees("You are changing a draft");
    fill("f-shifts-0-periods-0-end", "2600");
    await vi.waitFor(() => expect(valueIn("f-shifts-0-periods-0-end")).toBe("26:00"));
    await sees("= 02:00 the day after");
    document.body.replaceChildren();
    await open(fake, "/admin/rules?tab=shifts");
    await sees("You are changing a draft");
    expect(valueIn("f-shifts-0-periods-0-end")).toBe("26:00");
  });

  test("says what is wrong beside the field once it is left, and does not save it", async () => {
    const fake = made();
    await open(fake, "/admin/rules?tab=shifts");
    await press(/^Change the rules/);
    await sees("You are changing a draft");
    fill("f-shifts-0-periods-0-end", "8:00");
    await sees("The end comes after the start");
    await press(/^Review and save/);
    await sees("need a look before this can be saved");
    await press(/^Put in force/);
    expect(fake.calls.filter(([name]) => name === "rules.save")).toEqual([]);
  });

  test("lists what is otherwise, what comes of it, and why a day is too early", async () => {
    const fake = made();
    fake.attendance.rules.save = () => Promise.resolve(err({ kind: "rules/changed-meanwhile" }));
    await open(fake, "/admin/rules?tab=groups");
    await press(/^Change the rules/);
    await sees("You are changing a draft");
    fill("f-groups-2-graceLateMinutes", "10");
    await sees("Late after 09:10");
    await press(/^Review and save/);
    await sees("Everybody 全体 changed");
    await press(/^Try it on last month/);
    await sees("7 of 336 days of last month would have come out otherwise, for 4 people.");
    fill("f-from", "2026-01-15");
    await sees("Months before 2026-02-01 are closed");
    fill("f-from", "2026-04-01");
    await press(/^Put in force/);
    await sees("Somebody else has saved rules in the meantime");
  });

  test("takes over a country's year, keeps own days, and gives a draft back that was let go", async () => {
    const fake = made();
    await open(fake, "/admin/rules?tab=calendar");
    await press(/^Change the rules/);
    await sees("Take over a country's holidays");
    fill("f-own-day", "2026-05-04");
    fill("f-own-name", "Works outing in May");
    await press(/^Enter the day/);
    await sees("Works outing in May");
    await press(/^Let the draft go/);
    await sees("The draft was let go.");
    await press(/^Have it back/);
    await sees("Works outing in May");
  });

  test("moves the day change, says what it means, and refuses what is after noon", async () => {
    const fake = made();
    await open(fake, "/admin/rules?tab=site");
    await press(/^Change the rules/);
    await sees("A punch before 04:00 counts for the day before");
    fill("f-dayChange", "13:00");
    await sees("Enter a time from 00:00 to 12:00.");
    fill("f-dayChange", "soon");
    await sees("Enter a time from 00:00 to 12:00.");
    fill("f-dayChange", "5:30");
    await sees("A punch before 05:30 counts for the day before");
    await press(/^Review and save/);
    await sees("Day change: from 04:00 to 05:30");
    await press(/^Put in force/);
    await sees("Saved. The new version is in the list below.");
    expect(fake.attendance.book.value.versions.at(-1)?.rules.dayChange).toBe(330);
  });

  test("names the tablets that are waited for, keeps one, and goes back to all", async () => {
    const fake = made();
    await open(fake, "/admin/rules?tab=site");
    await press(/^Change the rules/);
    await sees("Heard of until");
    const box = (device: string): HTMLInputElement => all(one("cf-rule-site").shadowRoot!, "label.check").find((label) => label.textContent.trim() === device)!.querySelector("input")!;
    box("device-2").click();
    await sees("One has to stay.");
    expect(box("device-1").disabled).toBe(true);
    await press(/^Review and save/);
    await sees("Tablets: from device-1, device-2 to device-1");
    await sees("In a made-up week every tablet was heard of.");
    await press(/^Site$/);
    await sees("Tablets that are waited for");
    const which = one("#f-devices") as HTMLSelectElement;
    which.selectedIndex = 0;
    which.dispatchEvent(new Event("change"));
    await press(/^Review and save/);
    await sees("Tablets: from device-1, device-2 to every one that was ever heard of");
  });

  test("warns of a tablet that was never heard of, and of shifts judged by another clock than the site's", async () => {
    const fake = made();
    const book = fake.attendance.book.value;
    const last = book.versions.at(-1)!;
    fake.attendance.book.next({ ...book, versions: [...book.versions.slice(0, -1), { ...last, rules: { ...last.rules, zone: "Europe/Berlin", devices: ["device-9"] } }] });
    await open(fake, "/admin/rules?tab=site");
    await press(/^Change the rules/);
    await sees("Never heard of. As long as that is so, nobody is judged absent.");
    await sees("shifts are judged by Europe/Berlin");
    await press(/^Judge by Asia\/Shanghai/);
    await sees("Settled when the site was set up");
    await press(/^Review and save/);
    await sees("Time zone: from Europe/Berlin to Asia/Shanghai");
  });

  test("shows rules to whoever may only read them, and offers no change", async () => {
    const fake = made();
    fake.allowed.next(new Set(["rules.read"]));
    await open(fake, "/admin/rules?tab=groups");
    await sees("Each person belongs to the first group that fits");
    expect(all(document, "wa-button").some((button) => button.textContent.includes("Change the rules"))).toBe(false);
    expect(all(one("cf-rule-groups").shadowRoot!, "input.native").filter((input) => !(input as HTMLInputElement).disabled).map(({ id }) => id)).toEqual([]);
    expect((fake.attendance.rules.inForce("2026-03-02") as SiteRules).groups.length).toBeGreaterThan(0);
  });
});
