import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import "../../styles/global.css";
import { all, dialogGone, one, open, press, sees, text, type } from "../../../../tests/screens/admin-hands.ts";
import { FakeAdministration, grant, LIN, MAREN, session, STALE } from "../../../../tests/screens/fake-administration.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { failure } from "../../../domain/errors.ts";
import { OPERATIONS, type Operation } from "../../../domain/people/access.ts";
import { err, ok } from "../../../domain/result.ts";
import { showLocale } from "../../i18n/localize.ts";
import { confirmed } from "../parts/confirm.ts";
import { forgetDraft } from "../setup/draft.ts";

const ORIGINAL = location.href;
const SUPERVISOR: ReadonlySet<Operation> = new Set(["people.read", "face.freeze", "records.read", "records.export"]);

beforeEach(async () => {
  forgetDraft();
  await showLocale("en");
});

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

/** Addresses of the menu. */
const menu = (): (string | null)[] => all(document, "nav a").map((link) => link.getAttribute("href"));
const value = (name: string): string => (one(`wa-input[name="${name}"]`) as HTMLElement & { readonly value: string }).value;

async function end(fake: FakeAdministration, path = "/admin"): Promise<void> {
  fake.session.next(null);
  await open(fake, path);
}

describe("signing in", () => {
  test("passphrase and code go together, and what is wrong is told without saying which", async () => {
    const fake = new FakeAdministration();
    await end(fake);
    expect(all(document, 'wa-input[name="name"]')).toEqual([]);
    await type("passphrase", fake.passphrase);
    await type("code", "111 111");
    await press("Sign in");
    await sees("Passphrase and code do not fit together");
    expect(value("passphrase")).toBe("");
    await type("passphrase", fake.passphrase);
    await type("code", fake.code);
    await press("Sign in");
    await sees("143 people");
    expect(fake.calls).toContainEqual(["sessions.signIn", { passphrase: fake.passphrase, code: "111111" }]);
  });

  test("the name is asked for when there are several users, and a code is left out when none was entered", async () => {
    const fake = new FakeAdministration();
    fake.nameNeeded.next(true);
    await end(fake);
    await type("name", " Lin ");
    await type("passphrase", fake.passphrase);
    await press("Sign in");
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["sessions.signIn", { name: "Lin", passphrase: fake.passphrase }]));
    await sees("Name, passphrase and code do not fit together");
    expect(value("name")).toBe(" Lin ");
  });

  test("the remaining time is shown and nothing is sent when signing in is locked", async () => {
    const fake = new FakeAdministration();
    fake.sessions.signIn = () => {
      fake.calls.push(["sessions.signIn"]);
      return Promise.resolve(err({ kind: "session/locked", until: (Date.now() + 90_000) as EpochMs }));
    };
    await end(fake);
    await type("passphrase", "wrong wrong wrong");
    await press("Sign in");
    await sees(/Try again in 1:(30|29)/);
    (one("form") as HTMLFormElement).requestSubmit();
    expect(fake.asked).toEqual(["sessions.signIn"]);
  });

  test("a passkey opens the pages when one is offered", async () => {
    const fake = new FakeAdministration();
    fake.passkeyOffered.next(true);
    await end(fake);
    await press("Sign in with a passkey");
    await sees("143 people");
  });

  test("the recovery key leads to a new passphrase, a new second factor and a new recovery key, and then to the pages", async () => {
    const fake = new FakeAdministration();
    await end(fake);
    await press("Passphrase or phone lost?");
    await type("recovery-key", "wrong");
    await press("Use the recovery key");
    await sees("This is not the recovery key");
    await type("recovery-key", fake.recoveryKey);
    await press("Use the recovery key");
    await sees("Choose a passphrase of your own");
    expect(menu()).toEqual([]);
    await type("after", "seven quiet rivers at dusk");
    await type("again", "seven quiet rivers at dawn");
    await press("Change the passphrase");
    await sees("The two are not the same.");
    await type("again", "seven quiet rivers at dusk");
    await press("Change the passphrase");
    await sees("Scan this with it.");
    await type("code", "000000");
    await press("Use this app");
    await sees("set the phone's clock");
    await type("code", fake.code);
    await press("Use this app");
    await press("Make a recovery key");
    await sees(fake.recoveryKey);
    await press(/^I have put it away/);
    await press("Continue");
    await sees("143 people");
  });

  test("nothing else opens while a second factor is owed, and the passkey that is there pays it", async () => {
    const fake = new FakeAdministration();
    fake.passkeys.next([{ label: "Key ring", addedAt: 0 as EpochMs }]);
    fake.session.next(session({ owed: ["second-factor"] }));
    await open(fake, "/admin/people");
    await sees("Use the passkey that you have");
    expect(text()).not.toMatch("143 people");
    await press("Use the passkey that you have");
    await sees("143 people");
  });
});

describe("a second factor in the middle of an action", () => {
  const host = (fake: FakeAdministration): { readonly administration: FakeAdministration } => ({ administration: fake });

  test("the action is done again when the factor was given, and only then", async () => {
    const fake = new FakeAdministration();
    fake.fresh = false;
    const run = vi.fn(() => Promise.resolve(fake.fresh ? ok("done") : err(failure("access/confirm-needed"))));
    const outcome = confirmed(host(fake), run);
    await type("code", "000000");
    await press("Confirm");
    await sees("set the phone's clock");
    expect(run).toHaveBeenCalledTimes(1);
    await type("code", fake.code);
    await press("Confirm");
    expect(await outcome).toEqual(ok("done"));
    expect(run).toHaveBeenCalledTimes(2);
    expect(all(document, "cf-confirm")).toEqual([]);
  });

  test.each([
    ["it is cancelled", () => press("Cancel")],
    ["the page is left", () => Promise.resolve(window.dispatchEvent(new PopStateEvent("popstate")))],
  ] as const)("the failure is given back when %s", async (_when, leave) => {
    const fake = new FakeAdministration();
    const run = vi.fn(() => Promise.resolve(err(failure("access/confirm-needed"))));
    const outcome = confirmed(host(fake), run);
    await sees("Show that it is you");
    await leave();
    expect(await outcome).toEqual(err(failure("access/confirm-needed")));
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("the dialog goes away when the session ends", async () => {
    const fake = new FakeAdministration();
    const outcome = confirmed(host(fake), () => Promise.resolve(err(failure("access/confirm-needed"))));
    await sees("Show that it is you");
    fake.session.next(null);
    expect((await outcome).ok).toBe(false);
  });

  test("nothing is asked when the action fails otherwise", async () => {
    const fake = new FakeAdministration();
    expect(await confirmed(host(fake), () => Promise.resolve(err(failure("user/no-such"))))).toEqual(err(failure("user/no-such")));
    expect(all(document, "cf-confirm")).toEqual([]);
  });
});

describe("users and roles", () => {
  test("somebody is added: the temporary passphrase is shown once, and a role comes next", async () => {
    const fake = new FakeAdministration();
    fake.fresh = false;
    await open(fake, "/admin/users");
    await press("Add a user");
    await type("user", "Maren Holt");
    await press("Add");
    await type("code", fake.code);
    await press("Confirm");
    await sees("Somebody else has this name already.");
    await type("user", "Ida Berg");
    await press("Add");
    await sees("maple-orbit-candle-57");
    await press("It is noted: give a role");
    await sees("A role for Ida Berg");
    expect(text()).not.toMatch("maple-orbit");
    await press(/^Department supervisor/);
    await press("Give the role");
    await sees("A supervisor's role is for one department.");
    const department = one("select#department") as HTMLSelectElement;
    department.value = "Quality";
    department.dispatchEvent(new Event("change"));
    await press("Give the role");
    await vi.waitFor(() => expect(fake.asked).toContain("users.grant"));
    expect(fake.calls.find(([name]) => name === "users.grant")?.slice(2)).toEqual(["supervisor", "Quality", null]);
  });

  test("an auditor's role has a last day of at most 90 days from now", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/users");
    await press("Give a role");
    await press(/^Auditor/);
    await vi.waitFor(() => expect((one("input#until") as HTMLInputElement).value).not.toBe(""));
    const until = one("input#until") as HTMLInputElement;
    const enter = (day: string): void => {
      until.value = day;
      until.dispatchEvent(new Event("input"));
    };
    const latest = until.max;
    enter("2099-01-01");
    await press("Give the role");
    await sees(/At most 90 days from today\. .*At most 90 days from today\./);
    enter("");
    await sees("An auditor's role needs a last day.");
    expect(fake.asked).not.toContain("users.grant");
    enter(latest);
    await press("Give the role");
    await vi.waitFor(() => expect(fake.asked).toContain("users.grant"));
    const expiresAt = fake.calls.find(([name]) => name === "users.grant")?.[4] as number;
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(90 * 86_400_000);
    expect(expiresAt - Date.now()).toBeGreaterThan(88 * 86_400_000);
  });

  test("a role is taken back, and roles to look at are counted in the menu", async () => {
    const fake = new FakeAdministration();
    fake.staleGrants.next(STALE);
    await open(fake, "/admin/users");
    await sees("Roles to look at: 1");
    await sees(/Maren Holt , Supervisor of 装配车间 : ends soon/);
    await press("Take it back");
    await vi.waitFor(() => expect(fake.calls.find(([name]) => name === "users.revoke")?.[1]).toBe(MAREN));
  });

  test("the last administrator is kept, and a user ends only after the consequence was read", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/users");
    await press("End user");
    await sees("can no longer sign in");
    fake.users.end = () => Promise.resolve(err(failure("user/last-administrator")));
    await press("End this user");
    await sees("This is the last system administrator.");
    await press("Cancel");
    await dialogGone();
    expect(fake.userRows.value.find(({ userId }) => userId === LIN)?.status).toBe("active");
  });

  const change = (words: string): RegExp => new RegExp(`^${words}`, "u");
  const pickPerson = async (typed: string): Promise<void> => {
    await vi.waitFor(() => expect(all(document, "input#person").length).toBe(1));
    const field = one("input#person") as HTMLInputElement;
    field.value = typed;
    field.dispatchEvent(new Event("input"));
    await vi.waitFor(() => expect(all(document, '#found button[role="option"]').length).toBeGreaterThan(0));
    one('#found button[role="option"]').click();
  };
  const linked = (fake: FakeAdministration): readonly unknown[] | undefined => fake.calls.findLast(([name]) => name === "users.link");

  test("a user is said to be an employee after the consequence was read, and to be nobody after a second factor", async () => {
    const fake = new FakeAdministration();
    const [employee] = fake.peopleRows.value;
    if (employee === undefined) throw new Error("nobody is there");
    await open(fake, "/admin/users");
    await press(change("Choose the employee : Lin"));
    await sees("the user ends the same day");
    await pickPerson(employee.person.employeeNumber);
    await press("Is this employee");
    await vi.waitFor(() => expect(linked(fake)).toEqual(["users.link", LIN, employee.person.id]));
    await sees(`Is an employee here ${employee.person.name} ${employee.person.employeeNumber}`);
    fake.fresh = false;
    await dialogGone();
    await press(change("Change : Lin"));
    await vi.waitFor(() => expect(one("button.clear").getClientRects().length).toBe(1));
    one("button.clear").click();
    await press("No employee here");
    await type("code", fake.code);
    await press("Confirm");
    await vi.waitFor(() => expect(fake.userRows.value.find(({ userId }) => userId === LIN)?.personId).toBeUndefined());
    expect(linked(fake)).toEqual(["users.link", LIN, null]);
  });

  test("an employee who has left is not taken", async () => {
    const fake = new FakeAdministration();
    const [employee] = fake.peopleRows.value;
    if (employee === undefined) throw new Error("nobody is there");
    await fake.people.leave(employee.person.id);
    await open(fake, "/admin/users");
    await press(change("Choose the employee : Lin"));
    await pickPerson(employee.person.employeeNumber);
    await sees("This employee has left. End the user instead.");
    expect(all(one("cf-employee-dialog").shadowRoot ?? document, "wa-button[variant=brand]").map((button) => button.hasAttribute("disabled"))).toEqual([true]);
    expect(linked(fake)).toBeUndefined();
  });

  test("whoever may not read people sees no name, and can still say that it is nobody", async () => {
    const fake = new FakeAdministration();
    const [employee] = fake.peopleRows.value;
    if (employee === undefined) throw new Error("nobody is there");
    fake.userRows.next(fake.userRows.value.map((row) => (row.userId === MAREN ? { ...row, personId: employee.person.id } : row)));
    fake.peopleRows.next([]);
    fake.allowed.next(new Set<Operation>(["users.read", "users.change", "roles.grant"]));
    await open(fake, "/admin/users");
    await sees("Is an employee here nobody HR chooses who it is");
    await press(change("Change : Maren Holt"));
    await sees("Your role cannot read who it is.");
    expect(all(document, "cf-person-picker")).toEqual([]);
    await press("No employee here");
    await vi.waitFor(() => expect(linked(fake)).toEqual(["users.link", MAREN, null]));
  });

  test("only roles that one may hand on are offered", async () => {
    const fake = new FakeAdministration();
    fake.session.next(session({ grants: [grant("system-administrator")] }));
    await open(fake, "/admin/users");
    await press("Give a role");
    await sees("Last day, if there is one");
    expect(all(document, 'input[name="role"]').map((input) => (input as HTMLInputElement).value)).toEqual(["system-administrator"]);
  });

  test("one's own passphrase, app, passkeys and recovery key are changed on one's own page", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/account");
    await press("Change the passphrase");
    await type("before", "wrong wrong wrong");
    await type("after", "seven quiet rivers at dusk");
    await type("again", "seven quiet rivers at dusk");
    await press("Change the passphrase");
    await sees("This is not the present passphrase.");
    await type("before", fake.passphrase);
    await press("Change the passphrase");
    await sees("The passphrase was changed.");
    await press("Set up another phone");
    await type("code", fake.code);
    await press("Use this app");
    await sees("The new app counts from now on.");
    await press("Add a passkey");
    await type("passkey", "Key ring");
    await press("Add a passkey");
    await sees("Key ring since");
    await press(/^Remove/);
    await vi.waitFor(() => expect(fake.passkeys.value).toEqual([]));
    await press("Make a new recovery key");
    await press("Make a recovery key");
    await sees(fake.recoveryKey);
  });
});

describe("what a role may not do is not shown", () => {
  async function as(allowed: ReadonlySet<Operation>, path: string): Promise<FakeAdministration> {
    const fake = new FakeAdministration();
    fake.session.next(session({ grants: [grant("supervisor", { department: "Assembly" })] }));
    fake.allowed.next(allowed);
    await open(fake, path);
    return fake;
  }

  const without = (...left: readonly Operation[]): ReadonlySet<Operation> => new Set(OPERATIONS.filter((operation) => !left.includes(operation)));

  test("the menu and the palette hold the pages of a supervisor alone", async () => {
    await as(SUPERVISOR, "/admin");
    await sees("143 people");
    expect(menu()).toEqual(["/admin/punches", "/admin/people", "/admin/rights", "/admin/help"]);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    await vi.waitFor(() => expect(all(document, "#entries button").map((entry) => text(entry).trim())).toEqual(["People", "Punches", "Data rights", "Help", "My account"]));
  });

  test("a page opened by its address says kindly whose it is, and asks for nothing", async () => {
    const fake = await as(SUPERVISOR, "/admin/settings");
    await sees("This page belongs to another role");
    await sees("You are signed in as: Supervisor of Assembly.");
    expect(fake.asked).toEqual([]);
  });

  test("whoever may not read people arrives at a page that is theirs", async () => {
    await as(new Set(["device.read", "settings.change"]), "/admin");
    await vi.waitFor(() => expect(location.pathname).toBe("/admin/device"));
  });

  test("the page follows when a role is taken away while it is open", async () => {
    const fake = await as(SUPERVISOR, "/admin/punches");
    await sees("400 punches");
    fake.allowed.next(new Set());
    await sees("This page belongs to another role");
    expect(menu()).toEqual(["/admin/help"]);
  });

  test.each([
    ["/admin/people", ["people.write"], /Import CSV|Add person/],
    ["/admin/people/p-1", ["people.write"], /Edit|Mark as left/],
    ["/admin/people/p-1", ["people.enrol"], /Enrol/],
    ["/admin/people/p-1", ["people.pin"], /Issue a (new )?PIN/],
    ["/admin/people/p-1", ["people.consent"], /Withdraw consent/],
    ["/admin/punches", ["records.export"], /Export CSV/],
    ["/admin/recognition", ["records.export"], /Export CSV/],
    ["/admin/device", ["device.change"], /Ask the browser|Update now/],
    ["/admin/device", ["sync.change"], /Enter a new token/],
    ["/admin/users", ["users.change"], /Add a user|End user/],
    ["/admin/users", ["roles.grant"], /Give a role|Take back/],
    ["/admin/users", ["people.write"], /Choose the employee/],
  ] as const)("%s has no button for it without %s", async (path, left, words) => {
    const shown = (): string[] =>
      all(document, "wa-button")
        .filter((button) => button.getClientRects().length > 0)
        .map((button) => text(button).trim());
    const fake = new FakeAdministration();
    await open(fake, path);
    await vi.waitFor(() => expect(shown().join("|")).toMatch(words), { timeout: 5000 });
    fake.allowed.next(without(...left));
    await vi.waitFor(() => expect(shown().join("|")).not.toMatch(words), { timeout: 5000 });
  });

  test("a supervisor has no list of failed attempts, which are of no department", async () => {
    await as(SUPERVISOR, "/admin/punches");
    await sees("400 punches");
    expect(text()).not.toMatch("Failed attempts");
  });
});

describe("nobody looks or exports unseen", () => {
  test("a person's page waits for the entry that says who looked, and stays shut without it", async () => {
    const fake = new FakeAdministration();
    fake.traces.viewing = () => Promise.resolve(err(failure("access/not-logged")));
    await open(fake, "/admin/people/p-1");
    await sees("nobody looks unseen");
    expect(text()).not.toMatch("Mark as left");
  });

  test("a file leaves only after a second factor", async () => {
    const fake = new FakeAdministration();
    fake.fresh = false;
    await open(fake, "/admin/punches");
    await sees("400 punches");
    await press("Export CSV");
    await sees("Show that it is you");
    await press("Cancel");
    await sees("Nothing was done: the second factor was not given.");
    await press("Export CSV");
    await type("code", fake.code);
    const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    await press("Confirm");
    await vi.waitFor(() => expect(saved).toHaveBeenCalledTimes(1));
    saved.mockRestore();
  });
});
