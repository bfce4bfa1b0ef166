import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import "../styles/global.css";
import type { EpochMs } from "../../domain/clock.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { showLocale } from "../i18n/localize.ts";
import { show } from "../../../tests/screens/admin-gallery.ts";
import { all, one, open, press, sees, text, type } from "../../../tests/screens/admin-hands.ts";
import { at, FakeAdministration, people } from "../../../tests/screens/fake-administration.ts";
import { NOTICE_VERSION } from "./enrol/notice.ts";
import { forgetDraft, loadDraft } from "./setup/draft.ts";

const ORIGINAL = location.href;

beforeEach(async () => {
  forgetDraft();
  localStorage.removeItem("clockface.locale");
  await showLocale("en");
});

afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

async function fillAdministrator(): Promise<void> {
  await type("name", "Lin");
  await type("passphrase", "seven quiet rivers at dusk");
  await press("I have written it down");
  await type("kiosk-pin", "825163");
  await press("Continue");
}

describe("first run", () => {
  test("set-up runs with what was entered when every step was filled in", async () => {
    const fake = new FakeAdministration();
    fake.settings.next(null);
    fake.session.next(null);
    fake.passphrase = "seven quiet rivers at dusk";
    await open(fake, "/admin");
    await press("Continue");
    await type("organisation", "Rivergate Works");
    await type("site", "North gate");
    await press("Continue");
    await press("Mainland China");
    await sees("impact assessment");
    await press("Continue");
    await sees("Recogniser");
    await press("Continue");
    await type("name", "Lin");
    await type("passphrase", "seven quiet rivers at dusk");
    await press("I have written it down");
    await type("kiosk-pin", "825163");
    await press("Continue");
    await sees("JBSW Y3DP");
    await press("Set up");
    await sees("Enter the six digits");
    expect(fake.asked).not.toContain("setup.run");
    await type("code", "000000");
    await press("Set up");
    await sees("set the phone's clock");
    await type("code", `${fake.code.slice(0, 3)} ${fake.code.slice(3)}`);
    await press("Set up");
    await sees(fake.recoveryKey);
    await press("Continue");
    await sees("Put it away first");
    await press(/^I have put it away/);
    await press("Continue");
    await sees("What should happen after a power cut?");
    expect(text()).not.toMatch(fake.recoveryKey);
    await press("Continue");
    await sees("Camera check");
    const [, input] = at(fake.calls.filter(([name]) => name === "setup.run"), 1);
    expect(input).toMatchObject({ organisation: "Rivergate Works", siteName: "North gate", lawRegion: "cn", administratorName: "Lin", passphrase: "seven quiet rivers at dusk", kioskPin: "825163", profile: "accurate", locale: "en", totp: { code: fake.code } });
    expect(fake.session.value).not.toBeNull();
    await press("Continue");
    await sees("Impact assessment");
    await press("Done elsewhere Your organisation has a paper of its own: say which, who signed it, and when.");
    await press("Record the assessment");
    await sees("Some answers are missing or wrong");
    await type("reference", "DPIA 7");
    await type("signedBy", "Ida Moreau");
    await type("signedOn", "2026-01-20");
    await press("Record the assessment");
    expect(fake.asked).toContain("compliance.recordAssessment");
    await press("Skip");
    expect(fake.asked).toContain("device.confirmCamera");
    await press("Open the kiosk");
    await vi.waitFor(() => expect(fake.session.value).toBeNull());
  });

  test("a step is not left, and says why beside the field, when something is missing", async () => {
    const fake = new FakeAdministration();
    fake.settings.next(null);
    await open(fake, "/admin");
    await press("Continue");
    await press("Continue");
    await sees(/Organisation .*This is needed\..* Site .*This is needed\./);
  });

  test.each([
    ["fourteen chars", "At least 15 characters"],
    ["aaaaaaaaaaaaaaaaaa", "repeats itself"],
  ])("the passphrase %j is refused", async (passphrase, reason) => {
    await show("setup-administrator", { locale: "en", theme: "light" });
    await type("passphrase", passphrase);
    await press("Continue");
    await sees(reason);
    await sees("Step 5 of 12");
  });

  test("set-up ends without a second factor when there is no phone at hand", async () => {
    const fake = new FakeAdministration();
    await show("setup-administrator", { locale: "en", theme: "light" });
    fake.settings.next(null);
    fake.session.next(null);
    await open(fake, "/admin");
    await fillAdministrator();
    await press(/^I have no phone/);
    await press("Set up");
    await sees(fake.recoveryKey);
    const [, input] = at(fake.calls.filter(([name]) => name === "setup.run"), 0);
    expect(input).not.toHaveProperty("totp");
  });

  test("a passkey is added after the recovery key when it is the second factor, and the tablet's start is chosen where it can be", async () => {
    const fake = new FakeAdministration();
    await show("setup-administrator", { locale: "en", theme: "light" });
    fake.settings.next(null);
    fake.session.next(null);
    await open(fake, "/admin");
    await fillAdministrator();
    await press(/^Passkey/);
    await press("Set up");
    await sees("Step 7 of 13");
    await press(/^I have put it away/);
    await press("Continue");
    await press("Add a passkey");
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["users.addPasskey", "Passkey 1"]));
    await sees("What should happen after a power cut?");
    await press(/^Wait for an administrator/);
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["boot.choose", "attended"]));
    await press("Continue");
    await sees("Camera check");
  });

  test("a new recovery key can be made when the page was loaded again before the first was put away", async () => {
    const fake = new FakeAdministration();
    await show("setup-recovery", { locale: "en", theme: "light" });
    await open(fake, "/admin");
    await press("Make a recovery key");
    await sees(fake.recoveryKey);
  });

  test("all but the secrets is still there when the page is loaded again in the middle", async () => {
    const fake = new FakeAdministration();
    fake.settings.next(null);
    await open(fake, "/admin");
    await press("Continue");
    await type("organisation", "Rivergate Works");
    await type("site", "North gate");
    await press("Continue");
    await press("Mainland China");
    await press("Continue");
    await sees("Recogniser");
    await press("Continue");
    await type("passphrase", "seven quiet rivers at dusk");
    await type("kiosk-pin", "825163");
    expect(loadDraft()).toMatchObject({ organisation: "Rivergate Works", step: "administrator" });
    expect(JSON.stringify([sessionStorage, localStorage])).not.toMatch(/quiet rivers|825163/);
    await open(fake, "/admin");
    await sees("Step 5 of 12");
    await press("Back");
    await press("Back");
    await press("Back");
    expect((one('wa-input[name="organisation"]') as HTMLElement & { value: string }).value).toBe("Rivergate Works");
  });
});

describe("signing in", () => {
  test("a warning with a way to stay appears when the session is about to end", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    const { value } = fake.session;
    if (value !== null) fake.session.next({ ...value, idleEndsAt: (Date.now() + 20_000) as EpochMs });
    await sees(/signed out in (20|19|18) s/);
    await press("Stay signed in");
    expect(fake.asked).toContain("sessions.touched");
    await vi.waitFor(() => expect(text()).not.toMatch("signed out in"), { timeout: 5000 });
  });
});

describe("people", () => {
  test("search and order are in the address, and come from it", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people?q=sun&sort=-name");
    await sees(/\d+ of 143 people/);
    await vi.waitFor(() => expect(all(document, ".line").length).toBeGreaterThan(0));
    expect(all(document, ".line").every((line) => text(line).includes("Sun Qi"))).toBe(true);
    const search = one('wa-input[type="search"]') as HTMLElement & { value: string };
    search.value = "1002";
    search.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    await sees("1 of 143 people");
    expect(new URLSearchParams(location.search).get("q")).toBe("1002");
  });

  test("few rows are in the document when the roster holds 50,000 people", async () => {
    const fake = new FakeAdministration();
    fake.peopleRows.next(people(50_000));
    const begun = performance.now();
    await open(fake, "/admin/people");
    await sees("50,000 people");
    await vi.waitFor(() => expect(all(document, ".line").length).toBeGreaterThan(3));
    expect(all(document, ".line").length).toBeLessThan(100);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test("a taken number is told beside its field when somebody is added", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/new");
    await type("employeeNumber", "1001");
    await type("name", "Eve");
    await press("Save");
    await sees("Somebody else has this number already.");
    await type("employeeNumber", "9001");
    await press("Save");
    await vi.waitFor(() => expect(location.pathname).toBe("/admin/people/p-143"));
  });

  test("the person leaves only after the consequence was read and confirmed", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-1");
    await press("Mark as left");
    await sees("This cannot be undone");
    expect(fake.asked).not.toContain("people.leave");
    await press("Erase and mark as left");
    await vi.waitFor(() => expect(fake.asked).toContain("people.leave"));
  });

  test("a new PIN is shown once", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-1");
    await press("Issue a new PIN");
    await press("Issue");
    await sees("482916");
    await press("The PIN is noted");
    await vi.waitFor(() => expect(text()).not.toMatch("482916"), { timeout: 5000 });
  });

  test("the errors of a file are listed by line and nothing is imported before the button is pressed", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/import");
    const input = one('input[type="file"]') as HTMLInputElement;
    const files = new DataTransfer();
    files.items.add(new File(["x"], "roster.csv"));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    await sees("GB18030");
    await sees("The same number stands further up");
    expect(fake.asked).not.toContain("people.importRoster");
    await press("Import the 3 good lines");
    await sees("2 added, 1 changed");
  });

  test("the reason is told when the file is no roster", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/import");
    const input = one('input[type="file"]') as HTMLInputElement;
    const files = new DataTransfer();
    files.items.add(new File([], "empty.csv"));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    await sees("The file is empty.");
  });
});

describe("enrolment", () => {
  const scrollNotice = async (): Promise<void> => {
    await vi.waitFor(() => expect(all(document, ".notice").length).toBe(1));
    const box = one(".notice");
    box.scrollTo(0, box.scrollHeight);
  };

  test("the camera stays shut until the notice was read and the person agreed", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-2/enrol");
    await scrollNotice();
    const consent = (await vi.waitFor(() => one(".consent wa-checkbox"))) as HTMLElement & { checked: boolean; disabled: boolean };
    expect(consent.checked).toBe(false);
    expect(text(consent)).toMatch("I am Wang Lei");
    expect(fake.asked).not.toContain("enrolment.start");
    await vi.waitFor(() => expect(consent.disabled).toBe(false));
    consent.click();
    await press("Agree and start the camera");
    await vi.waitFor(() => expect(fake.asked).toContain("enrolment.start"));
    expect(fake.calls).toContainEqual(["people.giveConsent", "p-2", NOTICE_VERSION, "en"]);
  });

  test("guidance follows the capture, the samples are stored by themselves, and the PIN comes next", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-1/enrol");
    await press("Start the camera");
    await vi.waitFor(() => expect(fake.asked).toContain("enrolment.start"));
    fake.enrolmentState.next({ kind: "capturing", variation: "slightly-left", taken: 2, wanted: 5, reason: "too-far" });
    await sees("Turn your head a little to your left");
    await sees("Come a little closer");
    expect(all(document, ".dots li.taken").length).toBe(2);
    fake.enrolmentState.next({ kind: "captured", samples: 5 });
    expect(fake.asked).toContain("enrolment.store");
    fake.enrolmentState.next({ kind: "stored" });
    await sees("The face is enrolled");
    await press("Issue a PIN");
    await sees("482916");
    await press("The PIN is noted");
    await sees("Ready to punch: face or PIN.");
  });

  test("nothing is stored and both ways on are offered when the face belongs to somebody else", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-1/enrol");
    await press("Start the camera");
    await vi.waitFor(() => expect(fake.asked).toContain("enrolment.start"));
    fake.enrolmentState.next({ kind: "same-face-enrolled", personId: "p-5" as PersonId });
    await sees("It belongs to 周建国, number 1006. Nothing was stored.");
    expect(fake.asked).not.toContain("enrolment.store");
    await press("Go on with a PIN");
    await sees("same standing");
  });

  test("a person who declines gets a PIN and no consent is written", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-2/enrol");
    await press("No face, PIN only");
    await sees("It has the same standing as the face.");
    await press("Issue a PIN");
    await sees("482916");
    expect(fake.asked).not.toContain("people.giveConsent");
    expect(fake.asked).not.toContain("enrolment.start");
  });

  test("the camera is closed when the page is left during capture", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/people/p-1/enrol");
    await press("Start the camera");
    await vi.waitFor(() => expect(fake.asked).toContain("enrolment.start"));
    document.body.replaceChildren();
    expect(fake.asked).toContain("enrolment.cancel");
  });
});

describe("records, device and settings", () => {
  test("the filters of the address reach the query, and times stand in the site's zone to the second", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/punches?person=p-1&from=2026-03-01&to=2026-03-02");
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["records.punches", { personId: "p-1", from: "2026-03-01", to: "2026-03-02" }]));
    await sees(/2026-03-02 09:\d\d:\d\d/);
  });

  test("the list reads again when something was recorded", async () => {
    const fake = new FakeAdministration();
    fake.allPunches = [];
    await open(fake, "/admin/punches");
    await sees("Nobody has punched yet");
    fake.allPunches = new FakeAdministration().allPunches;
    fake.revision.next(1);
    await sees("400 punches");
  });

  test("a token that is none is refused beside its field, a good one closes the dialog", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/device");
    await press("Enter a new token");
    const enter = async (value: string): Promise<void> => {
      await vi.waitFor(() => expect(all(document, "wa-textarea").length).toBe(1));
      const field = one("wa-textarea") as HTMLElement & { value: string };
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    };
    await enter("hello");
    await press("Pair");
    await sees("This is not a pairing token.");
    await enter("eyJ0");
    await press("Pair");
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["sync.pair", "eyJ0"]));
    await vi.waitFor(() => expect((one("cf-pairing") as HTMLElement & { open: boolean }).open).toBe(false));
  });

  test("a waiting update is taken when asked for", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/device");
    await press("Update now");
    expect(fake.asked).toContain("updates.apply");
  });

  test("a change is kept at once", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    const select = one("select#direction") as HTMLSelectElement;
    select.value = "in";
    select.dispatchEvent(new Event("change"));
    await sees("Saved");
    expect(fake.calls).toContainEqual(["setup.change", { fixedDirection: "in" }]);
  });

  test("Ctrl-K finds a person by number and Enter opens the page", async () => {
    const fake = new FakeAdministration();
    await open(fake, "/admin/settings");
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }));
    await vi.waitFor(() => expect(all(document, "#entries button").length).toBe(22));
    const input = one("cf-palette").shadowRoot?.querySelector("input");
    if (!input) throw new Error("The palette has no field");
    input.value = "1006";
    input.dispatchEvent(new Event("input"));
    await sees("1006 · 装配车间");
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await vi.waitFor(() => expect(location.pathname).toBe("/admin/people/p-5"));
  });

  test("a link changes the page and moves the focus to its heading", async () => {
    const fake = new FakeAdministration();
    const element = await open(fake, "/admin/people");
    element.shadowRoot?.querySelector<HTMLElement>('a[href="/admin/device"]')?.click();
    await vi.waitFor(() => expect(location.pathname).toBe("/admin/device"));
    await vi.waitFor(() => expect(one("cf-device").shadowRoot?.activeElement?.textContent).toBe("Device"));
  });

  test("the session ends when the kiosk is opened", async () => {
    const fake = new FakeAdministration();
    const element = await open(fake, "/admin/people");
    const left = new Promise((resolve) => element.addEventListener("cf-leave-admin", resolve, { once: true }));
    element.shadowRoot?.querySelector<HTMLElement>('a[href="/"]')?.click();
    await left;
    expect(fake.session.value).toBeNull();
  });
});
