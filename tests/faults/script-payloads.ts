import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { newProfile, Tablet } from "../support/browser.ts";
import { ADMINISTRATOR, AdministrationPage, SetupPage } from "../support/pages.ts";
import { Phone } from "../support/phone.ts";
import { freePort, servedApp, startApp } from "../support/servers.ts";
import { payloads } from "./import/payloads.ts";
import type { FaultTest } from "./types.ts";

const PAYLOADS = 500;
/** Characters of a name and of a department at most. */
const LONGEST = 100;
/** Pages that show what was entered; people by their position in the list. */
const PATHS = ["/people", "/people?note=no-face", "/punches", "/recognition", "/device", "/settings", "/audit", "/users", "/backup"];

const csvCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Names, departments and number fields of a roster, all of them payloads. */
function roster(texts: readonly string[]): string {
  const rows = texts.map((text, index) => [`P${String(index)}`, text, texts[(index + 7) % texts.length] ?? text, "full-time"]);
  return [["number", "name", "department", "employment type"], ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
}

/** What has run, as far as a payload could show it. */
const traces = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...("__ran" in globalThis ? ["a payload ran"] : []), ...(document.title === "ran" ? ["a payload set the title"] : []), ...document.querySelectorAll("iframe, object, embed, base").keys().map(() => "an element came of text")]);

/** Down a list of virtual rows, so that each is drawn. */
async function scrollThrough(page: Page): Promise<void> {
  const scroller = page.locator("lit-virtualizer").first();
  if (!(await scroller.isVisible())) return;
  for (let at = 0; at < PAYLOADS; at += 10) await scroller.evaluate((element, top) => element.scrollTo(0, top), at * 60);
}

const test: FaultTest = {
  name: "script-payloads",
  holds: "no script in any text field or import runs, no dialog opens, and what the page's policy stops is in the log",
  async run({ log }) {
    const dist = servedApp();
    if (!existsSync(join(dist, "index.html"))) return { n: 0, failures: [], skipped: "there is no built app: npm run faults builds it" };
    const failures: string[] = [];
    const texts = payloads(PAYLOADS, LONGEST);
    const profile = await newProfile("payloads");
    const app = await startApp(await freePort(), dist);
    const tablet = await Tablet.start({ clip: null, origin: app.origin, profile: profile.path });
    const { page } = tablet;
    let refused = 0;
    try {
      page.on("dialog", (dialog) => {
        failures.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      const setup = new SetupPage(page);
      await setup.run(app.origin);
      await setup.skipPerson();
      await setup.openKiosk();
      log("set up");
      const look = async (where: string): Promise<void> => {
        for (const trace of await traces(page)) failures.push(`${where}: ${trace}`);
      };

      await page.goto(`${app.origin}/admin/people/import`);
      const administration = new AdministrationPage(page);
      await administration.enter(ADMINISTRATOR, await new Phone(page).code(ADMINISTRATOR.name));
      await administration.menu.waitFor({ timeout: 60_000 });
      await page.getByLabel("Roster file").setInputFiles({ name: "<img src=x onerror=__ran=1>.csv", mimeType: "text/csv", buffer: Buffer.from(roster(texts)) });
      await page.getByRole("button", { name: /^Import/ }).waitFor();
      refused = Number(await page.locator("dl.counts div").nth(3).locator("dd").innerText());
      await look("the preview");
      await page.getByRole("button", { name: /^Import/ }).click();
      await page.getByText("Done:").waitFor({ timeout: 60_000 });
      log(`imported, ${String(refused)} lines refused`);

      await page.evaluate(() => {
        history.pushState(null, "", "/admin/settings");
        dispatchEvent(new PopStateEvent("popstate"));
      });
      for (const text of texts.slice(0, 25)) {
        for (const name of ["Name on the kiosk", "Whom to ask for help"]) {
          const field = page.getByRole("textbox", { name });
          await field.fill(text);
          await field.blur();
        }
        await look("the settings");
      }
      log("settings tried");

      for (const path of PATHS) {
        await page.evaluate((to) => {
          history.pushState(null, "", `/admin${to}`);
          dispatchEvent(new PopStateEvent("popstate"));
        }, path);
        await page.getByRole("heading", { level: 1 }).waitFor();
        await scrollThrough(page);
        await look(path);
      }
      log("pages walked");

      // The policy itself: what gets past the templates is stopped, and told.
      const stopped = await page.evaluate(() => {
        try {
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.__ran=1'>");
          return false;
        } catch {
          return true;
        }
      });
      if (!stopped) failures.push("text became HTML: Trusted Types do not hold");
      await look("the policy");
      let logged = false;
      for (let look = 0; look < 5 && !logged; look++) {
        for (const path of ["/admin/people", "/admin/audit"]) {
          await page.evaluate((to) => {
            history.pushState(null, "", to);
            dispatchEvent(new PopStateEvent("popstate"));
          }, path);
          await page.getByRole("heading", { level: 1 }).waitFor();
        }
        logged = await page.getByText("Script stopped").first().waitFor({ timeout: 3_000 }).then(() => true, () => false);
      }
      if (!logged) failures.push("the violation is not in the log");

      await page.goto(app.origin);
      await page.locator("cf-kiosk").waitFor();
      await look("the kiosk");
      for (const error of tablet.errors) if (!/TrustedHTML|Trusted Type/.test(error)) failures.push(`an exception: ${error}`);
      for (const url of tablet.strayRequests) failures.push(`a request to ${url}`);
    } finally {
      await tablet.close();
      await app.stop();
      await profile.remove();
    }
    return { n: texts.length, failures, figures: { "lines refused": refused } };
  },
};

export default test;
