import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { ADMINISTRATOR, SITE } from "./names.ts";
import { Phone } from "./phone.ts";

export { ADMINISTRATOR } from "./names.ts";

export interface TestUser {
  readonly name: string;
  readonly passphrase: string;
}

export interface TestPerson {
  readonly number: string;
  readonly name: string;
  readonly department?: string;
}

export const ADA: TestPerson = { number: "1042", name: "Ada Collier", department: "Assembly" };
export const BEN: TestPerson = { number: "2077", name: "Ben Okafor", department: "Stores" };

/** The guide through the first minutes of a tablet. */
export class SetupPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** As far as the page that asks for the first person. */
  async run(origin: string, zone = "Europe/Berlin"): Promise<void> {
    const page = this.#page;
    await page.goto(origin);
    await page.getByRole("link", { name: "Set up this tablet" }).click();
    await this.#goOn("Set up Clockface");
    await page.getByRole("textbox", { name: "Organisation" }).fill("Example Works");
    await page.getByRole("textbox", { name: "Site" }).fill(SITE);
    await page.getByLabel("Time zone").selectOption(zone);
    await this.#goOn("Organisation and site");
    await page.getByRole("radio", { name: "Another country" }).check();
    await this.#goOn("Notice and law");
    await this.#goOn("Recogniser");
    await page.getByRole("textbox", { name: "Your name" }).fill(ADMINISTRATOR.name);
    await page.getByRole("textbox", { name: "Passphrase" }).fill(ADMINISTRATOR.passphrase);
    // The box that is drawn lies over the one that is checked.
    await page.getByRole("checkbox", { name: "I have written it down" }).check({ force: true });
    await page.getByRole("textbox", { name: "Kiosk PIN" }).fill(ADMINISTRATOR.kioskPin);
    await this.#goOn("Administrator");
    await expect(page.getByRole("heading", { name: "Second factor", level: 1 })).toBeVisible();
    await enterCode(page, ADMINISTRATOR.name);
    await page.getByRole("button", { name: "Set up", exact: true }).click();
    await putRecoveryKeyAway(page);
    await this.#goOn("After a power cut");
    await this.#goOn("Camera check");
    await this.#assess();
    await expect(page.getByRole("heading", { name: "First person" })).toBeVisible();
  }

  /** Faces are enrolled only after it. */
  async #assess(): Promise<void> {
    const page = this.#page;
    await expect(page.getByRole("heading", { name: "Impact assessment", level: 1 })).toBeVisible();
    await page.getByRole("radio", { name: "Done elsewhere" }).check();
    await page.getByRole("textbox", { name: "Reference" }).fill("DPIA 7, filed at headquarters");
    await page.getByRole("textbox", { name: "Who signed it" }).fill("Ida Moreau, data protection officer");
    await page.getByRole("button", { name: "Record the assessment" }).click();
  }

  async addPerson(person: TestPerson): Promise<void> {
    await fillPerson(this.#page, person);
    await this.#page.getByRole("button", { name: "Add and enrol" }).click();
  }

  async skipPerson(): Promise<void> {
    await this.#page.getByRole("button", { name: "Skip" }).click();
  }

  async openKiosk(): Promise<void> {
    await this.#page.getByRole("button", { name: "Open the kiosk" }).click();
  }

  async #goOn(heading: string): Promise<void> {
    await expect(this.#page.getByRole("heading", { name: heading, level: 1 })).toBeVisible();
    await this.#page.getByRole("button", { name: "Continue" }).click();
  }
}

/** Takes the secret that is shown in to the phone, and enters the code that proves it. */
async function enterCode(page: Page, name: string): Promise<void> {
  const phone = new Phone(page);
  phone.takeIn(name, await page.locator(".authenticator .typed").innerText());
  await page.getByRole("textbox", { name: "Six-digit code" }).fill(await phone.code(name));
}

async function putRecoveryKeyAway(page: Page): Promise<string> {
  await expect(page.getByRole("heading", { name: "Recovery key", level: 1 })).toBeVisible();
  const key = await page.locator("cf-shown-once output").innerText();
  await page.getByRole("checkbox", { name: "I have put it away" }).check({ force: true });
  await page.getByRole("button", { name: "Continue" }).click();
  return key;
}

async function fillPerson(page: Page, { number, name, department }: TestPerson): Promise<void> {
  await page.getByRole("textbox", { name: "Employee number" }).fill(number);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("textbox", { name: "Department" }).fill(department ?? "");
}

/** Notice, consent, capture and PIN of one person. */
export class EnrolmentPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async agree(): Promise<void> {
    const notice = this.#page.getByRole("region", { name: "Notice" });
    await notice.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    const consent = this.#page.getByRole("checkbox");
    // Only who has come to the end of the notice can agree.
    await expect(consent).toBeEnabled();
    await consent.check({ force: true });
    await this.#page.getByRole("button", { name: "Agree and start the camera" }).click();
  }

  async decline(): Promise<void> {
    await this.#page.getByRole("button", { name: "No face, PIN only" }).click();
  }

  get enrolled(): Locator {
    return this.#page.getByRole("heading", { name: "The face is enrolled", exact: true });
  }

  get sameFace(): Locator {
    return this.#page.getByRole("heading", { name: "This face is enrolled already" });
  }

  /** Issues a PIN and ends the enrolment of a first person. */
  async issuePin(): Promise<string> {
    const page = this.#page;
    await page.getByRole("button", { name: "Issue a PIN" }).click();
    const output = page.locator("cf-secret output");
    await expect(output).toHaveText(/^\d{4,}$/);
    const pin = await output.innerText();
    await page.getByRole("button", { name: "The PIN is noted" }).click();
    return pin;
  }

  async finish(): Promise<void> {
    await this.#page.getByRole("button", { name: "Continue" }).click();
  }
}

export type Direction = "IN" | "OUT";

/** The screen at the door. */
export class KioskPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(origin: string): Promise<void> {
    await this.#page.goto(origin);
  }

  get idle(): Locator {
    return this.#page.getByRole("group", { name: "Ways to clock in or out" });
  }

  get notRecognised(): Locator {
    return this.#page.getByRole("heading", { name: "I don't know you yet" });
  }

  get notRecorded(): Locator {
    return this.#page.getByRole("heading", { name: "Not recorded" });
  }

  get outcome(): Locator {
    return this.#page.locator("cf-kiosk-outcome");
  }

  get challenge(): Locator {
    return this.#page.locator("cf-kiosk-challenge");
  }

  get changeDirection(): Locator {
    return this.#page.getByRole("button", { name: /^(Change to|Record) (IN|OUT)/ });
  }

  get notMe(): Locator {
    return this.#page.getByRole("button", { name: "Not me" });
  }

  recorded({ name }: TestPerson, direction: Direction): Locator {
    const page = this.#page;
    return this.outcome
      .filter({ has: page.locator(".direction", { hasText: new RegExp(`^\\s*${direction}\\s*$`) }) })
      .filter({ has: page.locator(".when", { hasText: /\sRecorded$/ }) })
      .filter({ has: page.getByRole("heading", { name: shownName(name) }) });
  }

  /** Types number and PIN on the pad. */
  async punchByPin(number: string, pin: string): Promise<void> {
    const page = this.#page;
    await page.getByRole("button", { name: /^PIN/ }).click();
    await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
    await this.#type(number);
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Your PIN" })).toBeVisible();
    await this.#type(pin);
    await page.getByRole("button", { name: "Done", exact: true }).click();
  }

  /** The same on a keyboard that is plugged in. */
  async typePunch(number: string, pin: string): Promise<void> {
    const page = this.#page;
    await page.getByRole("button", { name: /^PIN/ }).click();
    await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
    await page.keyboard.type(number);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Your PIN" })).toBeVisible();
    await page.keyboard.type(pin);
    await page.keyboard.press("Enter");
  }

  /** The face way where a number comes first. */
  get typeNumber(): Locator {
    return this.#page.getByRole("button", { name: "Enter your number, then look here" });
  }

  async faceAfterNumber(number: string): Promise<void> {
    const page = this.#page;
    await this.typeNumber.click();
    await expect(page.getByRole("heading", { name: "Enter your number, then look here" })).toBeVisible();
    await this.#type(number);
    await page.getByRole("button", { name: "Next", exact: true }).click();
  }

  async tryAgain(): Promise<void> {
    await this.#page.getByRole("button", { name: "Try again" }).click();
  }

  async leave(): Promise<void> {
    const page = this.#page;
    await page.getByRole("button", { name: "Leave the kiosk" }).click();
    const dialog = page.getByRole("dialog", { name: "Leave the kiosk" });
    for (const digit of ADMINISTRATOR.kioskPin) await dialog.getByRole("button", { name: digit, exact: true }).click();
    await dialog.getByRole("button", { name: "Leave", exact: true }).click();
  }

  async #type(characters: string): Promise<void> {
    for (const character of characters) await this.#page.getByRole("button", { name: character, exact: true }).click();
  }
}

/** The kiosk shows as much of a name as the site wants; the given name is always part of it. */
function shownName(name: string): RegExp {
  return new RegExp(`^${name.split(" ")[0] ?? name}`);
}

/** The pages behind the passphrase. */
export class AdministrationPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async signIn(origin: string, path = "", user: TestUser = ADMINISTRATOR): Promise<void> {
    await this.#page.goto(`${origin}/admin${path}`);
    await this.enter(user, await new Phone(this.#page).code(user.name));
    await expect(this.menu).toBeVisible();
  }

  /** Passphrase and code on the page that asks for them. Where there are several users, the name too. */
  async enter({ name, passphrase }: TestUser, code: string): Promise<void> {
    const page = this.#page;
    await page.getByRole("textbox", { name: "Passphrase" }).fill(passphrase);
    const named = page.getByRole("textbox", { name: "Your name" });
    if (await named.isVisible()) await named.fill(name);
    await page.getByRole("textbox", { name: "Six-digit code" }).fill(code);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  /** The first sign-in of somebody who was added: another passphrase, a second factor and a recovery key. */
  async firstSignIn(origin: string, user: TestUser, temporaryPassphrase: string): Promise<void> {
    const page = this.#page;
    await page.goto(`${origin}/admin`);
    await this.enter({ ...user, passphrase: temporaryPassphrase }, "");
    await expect(page.getByRole("heading", { name: "Choose a passphrase of your own" })).toBeVisible();
    await page.getByRole("textbox", { name: "New passphrase" }).fill(user.passphrase);
    await page.getByRole("textbox", { name: "The same once more" }).fill(user.passphrase);
    await page.getByRole("button", { name: "Change the passphrase" }).click();
    await expect(page.getByRole("heading", { name: "Set up the second factor" })).toBeVisible();
    await enterCode(page, user.name);
    await page.getByRole("button", { name: "Use this app" }).click();
    await page.getByRole("button", { name: "Make a recovery key" }).click();
    await putRecoveryKeyAway(page);
    await expect(this.menu).toBeVisible();
  }

  async signOut(): Promise<void> {
    await this.#page.getByRole("button", { name: "Sign out" }).click();
    await expect(this.#page.getByRole("textbox", { name: "Passphrase" })).toBeVisible();
  }

  get menu(): Locator {
    return this.#page.getByRole("navigation", { name: "Administration" });
  }

  /** Gives the temporary passphrase. The dialog that gives a role is open afterwards. */
  async addUser(name: string): Promise<string> {
    const page = this.#page;
    await this.to("Users");
    await page.getByRole("button", { name: "Add a user" }).click();
    const dialog = page.locator("cf-add-user");
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
    const output = page.locator("cf-shown-once output");
    await expect(output).not.toBeEmpty();
    const passphrase = await output.innerText();
    await page.getByRole("button", { name: "It is noted: give a role" }).click();
    await expect(page.getByRole("dialog", { name: `A role for ${name}` })).toBeVisible();
    return passphrase;
  }

  /** In the dialog that {@link AdministrationPage.addUser} leaves open. */
  async giveRole(role: string, department?: string): Promise<void> {
    const dialog = this.#page.locator("cf-grant-dialog");
    await dialog.getByRole("radio", { name: role }).check();
    if (department !== undefined) await dialog.getByLabel("Department", { exact: true }).selectOption(department);
    await dialog.getByRole("button", { name: "Give the role" }).click();
    await expect(this.#page.getByRole("dialog", { name: /^A role for/ })).toBeHidden();
  }

  async to(page: "People" | "Punches" | "Device" | "Users" | "Settings"): Promise<void> {
    // A count of what waits there may stand beside the name.
    await this.menu.getByRole("link", { name: new RegExp(`^${page}`) }).click();
    await expect(this.#page.getByRole("heading", { name: page, level: 1 })).toBeVisible();
  }

  /** One of several ways, on the page of settings. */
  async choose(way: string): Promise<void> {
    const choice = this.#page.getByRole("radio", { name: way });
    // The mark that is drawn lies over the one that is chosen.
    await choice.check({ force: true });
    await expect(this.#page.getByText("Saved", { exact: false }).first()).toBeVisible();
  }

  get punchRows(): Locator {
    return this.#page.getByRole("table", { name: "Punches" }).getByRole("row").filter({ has: this.#page.getByRole("cell") });
  }

  get attemptRows(): Locator {
    return this.#page.getByRole("table", { name: "Failed attempts" }).getByRole("row").filter({ has: this.#page.getByRole("cell") });
  }

  async showAttempts(): Promise<void> {
    await this.#page.getByRole("tab", { name: "Failed attempts" }).click();
  }

  async addPerson(person: TestPerson): Promise<void> {
    const page = this.#page;
    await this.to("People");
    await page.getByRole("link", { name: "Add person" }).or(page.getByRole("button", { name: "Add person" })).first().click();
    await fillPerson(page, person);
    await page.getByRole("button", { name: /^(Save|Add)/ }).click();
    await expect(page.getByRole("heading", { name: person.name, level: 1, exact: true })).toBeVisible();
  }

  async pair(token: string): Promise<void> {
    const page = this.#page;
    await this.to("Device");
    await page.getByRole("button", { name: "Pair a hub" }).click();
    const field = page.getByRole("textbox", { name: "Token" });
    await field.fill(token);
    await page.getByRole("button", { name: "Pair", exact: true }).click();
    await expect(field).toBeHidden();
  }

  /** Shown on the device page while the camera is not the confirmed one, or none was confirmed. */
  get cameraAlarm(): Locator {
    return this.#page.locator("cf-device .alarm");
  }

  async confirmCamera(): Promise<void> {
    await this.#page.getByRole("button", { name: /^Confirm (this camera|the present one)/ }).click();
  }

  get deviceNumber(): Locator {
    return this.#definition("Device number");
  }

  get waiting(): Locator {
    return this.#definition("Waiting");
  }

  get logEntries(): Locator {
    return this.#definition("Log entries");
  }

  async sendNow(): Promise<void> {
    await this.#page.getByRole("button", { name: "Push now" }).click();
  }

  get setAside(): Locator {
    return this.#definition("Set aside");
  }

  #definition(term: string): Locator {
    return this.#page.locator("dt", { hasText: new RegExp(`^${term}$`) }).locator("xpath=following-sibling::dd[1]");
  }
}

/** What a person sees of themselves at the kiosk. */
export class OwnRecordPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** With number and PIN, from the first screen. */
  async open(number: string, pin: string): Promise<void> {
    const page = this.#page;
    await page.getByRole("button", { name: "My records" }).click();
    await expect(page.getByRole("heading", { name: "Your employee number" })).toBeVisible();
    await this.#type(number);
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await this.#type(pin);
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await expect(page.getByRole("heading", { name: "My records" })).toBeVisible();
    await this.#toData();
  }

  async #toData(): Promise<void> {
    await this.#page.locator("cf-own").getByRole("button", { name: "My data" }).click();
    await expect(this.#page.getByRole("heading", { name: "My data" })).toBeVisible();
  }

  /** From the outcome that names the person. */
  async openFromOutcome(): Promise<void> {
    await this.#page.locator("cf-kiosk-outcome").getByRole("button", { name: "My records" }).click();
    await expect(this.#page.getByRole("heading", { name: "My records" })).toBeVisible();
    await this.#toData();
  }

  async to(page: "My punches" | "Who has looked" | "What is kept of me"): Promise<void> {
    await this.#page.locator("cf-own").getByRole("button", { name: page }).click();
    await expect(this.#page.getByRole("heading", { name: page })).toBeVisible();
  }

  async back(): Promise<void> {
    await this.#page.getByRole("button", { name: "Back", exact: true }).click();
  }

  async finish(): Promise<void> {
    await this.#page.getByRole("button", { name: "My records" }).click();
    await this.#page.getByRole("button", { name: "Finished" }).click();
  }

  get punches(): Locator {
    return this.#page.locator("cf-own li .time");
  }

  get looks(): Locator {
    return this.#page.locator("cf-own li");
  }

  /** A face opened the record: the PIN is asked for. */
  async withdraw(pin: string): Promise<void> {
    const page = this.#page;
    await page.getByRole("button", { name: "Withdraw consent, erase my face" }).click();
    await page.getByRole("button", { name: "Yes, erase it" }).click();
    await expect(page.getByRole("heading", { name: "please enter your PIN" })).toBeVisible();
    await this.#type(pin);
    await page.getByRole("button", { name: "Done", exact: true }).click();
  }

  async freeze(): Promise<void> {
    await this.#page.getByRole("button", { name: "Freeze my face" }).click();
    await this.#page.getByRole("button", { name: "Yes, freeze it" }).click();
  }

  get erased(): Locator {
    return this.#page.getByRole("heading", { name: "Your face data is no longer used" });
  }

  get certificateNumber(): Locator {
    return this.#page.locator("cf-own .receipt");
  }

  async #type(characters: string): Promise<void> {
    for (const character of characters) await this.#page.getByRole("button", { name: character, exact: true }).click();
  }
}
