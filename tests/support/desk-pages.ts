import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";

import type { Locale } from "../../src/domain/people/types.ts";
import type { TestUser } from "./pages.ts";
import { Phone } from "./phone.ts";
import { wordsIn, type Say } from "./words.ts";

/** The pages on which supervisors and HR decide about attendance, in either language. */
export class DeskPage {
  readonly #page: Page;
  readonly #say: Say;
  #user: TestUser | null = null;

  constructor(page: Page, locale: Locale) {
    this.#page = page;
    this.#say = wordsIn(locale);
  }

  /** @param path as `/months?month=2026-10` */
  async signIn(origin: string, path: string, user: TestUser): Promise<void> {
    const page = this.#page;
    this.#user = user;
    await page.goto(`${origin}/admin${path}`);
    await page.getByRole("textbox", { name: this.#say("admin.setup.passphrase", "Passphrase") }).fill(user.passphrase);
    await page.getByRole("textbox", { name: this.#say("admin.setup.name", "Your name") }).fill(user.name);
    await page.getByRole("textbox", { name: this.#say("admin.code", "Six-digit code") }).fill(await new Phone(page).code(user.name));
    await page.getByRole("button", { name: this.#say("admin.sign-in", "Sign in"), exact: true }).click();
    await expect(this.menu).toBeVisible();
  }

  async to(id: string, english: string): Promise<void> {
    const name = this.#say(id, english);
    // A count of what waits there may stand beside the name.
    await this.menu.getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await expect(this.#page.getByRole("heading", { name, level: 1, exact: true })).toBeVisible();
  }

  get menu(): Locator {
    return this.#page.getByRole("navigation", { name: this.#say("admin.title", "Administration") });
  }

  // ---- requests

  requestOf(name: string): Locator {
    return this.#page.getByRole("table", { name: this.#say("admin.nav.requests", "Requests") }).getByRole("row").filter({ hasText: name });
  }

  /** Picks several and decides them together. */
  async approveTogether(names: readonly string[], comment = ""): Promise<void> {
    const page = this.#page;
    for (const name of names) await page.getByRole("checkbox", { name: this.#say("admin.request.pick.one", "Pick the request of {0}", name) }).check();
    if (comment !== "") await page.getByRole("textbox", { name: this.#say("admin.request.bulk.comment", "Comment for all") }).fill(comment);
    await page.getByRole("button", { name: this.#say("admin.request.approve", "Approve"), exact: true }).click();
    await expect(page.getByText(this.#say("admin.request.bulk.done", "Decided: {0}. Not decided: {1}.", String(names.length), "0"))).toBeVisible();
  }

  openRequest(name: string): Promise<void> {
    return this.openRequestOf(name, "");
  }

  /** @param what as the list says what is asked; any when it is empty */
  async openRequestOf(name: string, what: string): Promise<void> {
    await this.requestOf(name).filter({ hasText: what }).getByRole("link", { name, exact: true }).click();
    await expect(this.#page.getByRole("heading", { name: new RegExp(`· ${name}$`), level: 1 })).toBeVisible();
  }

  /** On the page of one request. */
  async decide(how: "approve" | "reject" | "special-case", comment: string): Promise<void> {
    const page = this.#page;
    await page.locator("cf-request").getByRole("textbox").first().fill(comment);
    const names = { approve: this.#say("admin.request.approve", "Approve"), reject: this.#say("admin.request.reject", "Reject"), "special-case": this.#say("admin.request.special", "Grant as a special case") };
    await page.getByRole("button", { name: names[how], exact: true }).click();
    await expect(page.getByText(this.#say("admin.request.done", "Done and written down."))).toBeVisible();
  }

  /** From the list to the request and back. */
  async decideOne(name: string, how: "approve" | "reject" | "special-case", comment: string): Promise<void> {
    await this.openRequest(name);
    await this.decide(how, comment);
    await this.to("admin.nav.requests", "Requests");
  }

  /** The request that is open. */
  get request(): Locator {
    return this.#page.locator("cf-request");
  }

  // ---- months

  get checklist(): Locator {
    return this.#page.getByRole("region", { name: this.#say("months.checklist", "Before it is closed") }).getByRole("listitem");
  }

  monthOf(name: string): Locator {
    return this.#page.locator("cf-months").getByRole("row").filter({ has: this.#page.getByRole("rowheader").filter({ hasText: name }) });
  }

  async closeMonth(month: string, people: number, reason: string): Promise<void> {
    const page = this.#page;
    if (reason !== "") await page.getByRole("textbox", { name: this.#say("months.close.reason", "Why it is closed although something stands in the way") }).fill(reason);
    await page.getByRole("button", { name: this.#say("months.close.do", "Close {0} for {1} people", month, String(people)) }).click();
    await this.#confirmIfAsked(page.getByText(this.#say("months.closed.now", "Closed for {0} people.", String(people))));
  }

  // ---- reports

  async showReport(kind: string, from: string, to: string, person?: string): Promise<void> {
    const page = this.#page;
    await page.getByLabel(this.#say("report.which", "Report"), { exact: true }).selectOption(kind);
    await page.getByLabel(this.#say("admin.punch.from", "From day"), { exact: true }).fill(from);
    await page.getByLabel(this.#say("admin.punch.to", "To day"), { exact: true }).fill(to);
    if (person !== undefined) throw new Error("a person is chosen by the address");
    await expect(page).toHaveURL(new RegExp(`report=${kind}.*from=${from}&to=${to}`));
    await expect(this.#rows).toHaveAttribute("aria-rowcount", /^(?:[2-9]|\d{2,})$/);
  }

  /** Its table, by the report's name: the one before stands there until it is worked out. */
  report(name: string): Locator {
    return this.#page.locator("cf-report-table").getByRole("table", { name, exact: true });
  }

  get #rows(): Locator {
    return this.#page.locator("cf-report-table").getByRole("table");
  }

  /** The whole table as it stands on the screen: head, rows in their order, totals. */
  async table(): Promise<{ readonly head: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly totals: readonly string[] }> {
    const table = this.#page.locator("cf-report-table");
    const count = Number(await this.#rows.getAttribute("aria-rowcount")) - 1;
    const head = await table.getByRole("columnheader").allInnerTexts();
    const seen = new Map<number, readonly string[]>();
    const scroll = table.locator(".scroll");
    // Rows are in the document only while they are in view.
    for (let turn = 0; seen.size < count && turn < 200; turn++) {
      await scroll.evaluate((box, to) => box.scrollTo(0, to), turn * 320);
      await this.#page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const now = await table.locator("lit-virtualizer [role=row]").evaluateAll((rows) => rows.map((row) => ({ at: Number(row.getAttribute("aria-rowindex")), cells: [...row.querySelectorAll("[role=cell]")].map((cell) => cell.textContent.trim()) })));
      for (const { at, cells } of now) seen.set(at - 2, cells);
    }
    const totals = await table.locator(".totals [role=cell]").evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
    return { head: head.map((name) => name.trim()), rows: Array.from({ length: count }, (_, index) => seen.get(index) ?? []), totals };
  }

  /** The file as it comes down. */
  async file(button: "XLSX" | "CSV" | "attlog.dat"): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const page = this.#page;
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: button, exact: true }).click();
    const dialog = this.#page.getByRole("dialog", { name: this.#say("admin.confirm.title", "Show that it is you") });
    const first = await Promise.race([coming, dialog.waitFor().then(() => null)]);
    if (first === null) await this.#giveCode(dialog);
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }

  // ---- the log

  /** Lines of the log about who looked and what was exported, newest first. */
  get exported(): Locator {
    return this.#page.getByRole("table", { name: this.#say("admin.audit.list", "Log") }).getByRole("row").filter({ hasText: this.#say("admin.audit.type.exported", "Exported") });
  }

  async showLooks(): Promise<void> {
    await this.#page.getByLabel(this.#say("admin.audit.filter", "Show"), { exact: true }).selectOption("looks");
  }

  /** The second factor is asked for again when it was given too long ago. */
  async #confirmIfAsked(done: Locator): Promise<void> {
    const dialog = this.#page.getByRole("dialog", { name: this.#say("admin.confirm.title", "Show that it is you") });
    await expect(done.or(dialog).first()).toBeVisible({ timeout: 60_000 });
    if (await dialog.isVisible()) await this.#giveCode(dialog);
    await expect(done).toBeVisible({ timeout: 60_000 });
  }

  async #giveCode(dialog: Locator): Promise<void> {
    if (this.#user === null) throw new Error("nobody has signed in");
    await dialog.getByRole("textbox").fill(await new Phone(this.#page).code(this.#user.name));
    await dialog.getByRole("button", { name: this.#say("admin.confirm.do", "Confirm"), exact: true }).click();
  }
}
