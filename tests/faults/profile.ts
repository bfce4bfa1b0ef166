import { readdirSync, readFileSync } from "node:fs";

import { chromium, type BrowserContext, type Page } from "@playwright/test";

import { findChromium } from "../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "../support/chromium-flags.ts";
import type { CoreOnPage, Opened, OpenOptions, SeenPunch, Told } from "./page/types.ts";
import type { Site } from "./site.ts";

/** Longest wait for a browser that starts on a slow disk, milliseconds. */
const START_MS = 60_000;

/** A browser on a profile folder of the test's choosing, with the core on the harness page. */
export class FaultBrowser {
  /** Punches that were acknowledged in this browser, as the test heard of them: what the page remembered is gone with it. */
  readonly acknowledged: SeenPunch[] = [];
  /** Everything else that the page told, in order. */
  readonly told: Told[] = [];
  /** What an activity ended with; it ends by itself only when something is wrong. */
  readonly failures: string[] = [];
  readonly context: BrowserContext;
  #page: Page;
  #gone = false;
  readonly #mainProcess: number;
  readonly #site: Site;

  private constructor(context: BrowserContext, page: Page, mainProcess: number, site: Site) {
    this.context = context;
    this.#page = page;
    this.#mainProcess = mainProcess;
    this.#site = site;
  }

  static async start(profile: string, site: Site): Promise<FaultBrowser> {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findChromium(),
      headless: true,
      timeout: START_MS,
      args: [...CHROMIUM_FLAGS, "--disable-gpu"],
    });
    const page = context.pages()[0] ?? (await context.newPage());
    const browser = new FaultBrowser(context, page, await mainProcess(context, page), site);
    await context.exposeBinding("told", (_source, news: Told) => {
      if (news.kind === "punch") browser.acknowledged.push(news.punch);
      else browser.told.push(news);
      if (news.kind === "failed") browser.failures.push(news.reason);
    });
    // Functions that are handed to the page and were compiled by tsx call this helper of its.
    await context.addInitScript("globalThis.__name ??= (value) => value");
    return browser;
  }

  get page(): Page {
    return this.#page;
  }

  /** Loads the page anew and opens the core. */
  async open(options: OpenOptions): Promise<Opened> {
    await this.#page.goto(this.#site.origin);
    await this.#page.waitForFunction(() => "faults" in globalThis, undefined, { timeout: START_MS });
    return this.call("open", options);
  }

  /** Another tab takes the place of one that crashed. */
  async newPage(): Promise<void> {
    this.#page = await this.context.newPage();
  }

  /** Calls the core on the page. */
  async call<N extends keyof CoreOnPage>(name: N, ...args: Parameters<CoreOnPage[N]>): Promise<Awaited<ReturnType<CoreOnPage[N]>>> {
    return (await this.#page.evaluate(
      ([called, given]) => (globalThis as unknown as { readonly faults: Record<string, (...args: unknown[]) => unknown> }).faults[called]?.(...given),
      [name as string, args as readonly unknown[]] as const,
    )) as Awaited<ReturnType<CoreOnPage[N]>>;
  }

  /** Resolves when so many punches were acknowledged, or the loop ended. */
  async acknowledgedAtLeast(count: number): Promise<void> {
    while (this.acknowledged.length < count && this.failures.length === 0 && !this.#gone) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** What was told so far, and nothing from here on: for the next life of the page. */
  forget(): { readonly acknowledged: readonly SeenPunch[]; readonly told: readonly Told[] } {
    this.failures.splice(0);
    return { acknowledged: this.acknowledged.splice(0), told: this.told.splice(0) };
  }

  /** Ends the page's process as a crash would. */
  async crashPage(): Promise<void> {
    const crashed = new Promise<void>((resolve) => this.#page.once("crash", () => resolve()));
    const session = await this.context.newCDPSession(this.#page);
    session.send("Page.crash").catch(() => undefined);
    await crashed;
  }

  /** SIGKILL to the browser and everything that it started, all at once. */
  async kill(): Promise<void> {
    this.#gone = true;
    const closed = new Promise<void>((resolve) => this.context.once("close", () => resolve()));
    for (const id of familyOf(this.#mainProcess)) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It ended by itself meanwhile.
      }
    }
    await closed;
  }

  async close(): Promise<void> {
    this.#gone = true;
    await this.context.close();
  }
}

async function mainProcess(context: BrowserContext, page: Page): Promise<number> {
  const browser = context.browser();
  const session = browser === null ? await context.newCDPSession(page) : await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as { processInfo: readonly { readonly type: string; readonly id: number }[] };
  const main = processInfo.find(({ type }) => type === "browser");
  if (main === undefined) throw new Error("the browser names no main process");
  return main.id;
}

/** A process and all that came of it, as /proc tells; the process alone where there is no /proc. */
function familyOf(root: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of process.platform === "linux" ? readdirSync("/proc") : []) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program stands in brackets and may hold anything.
      const parent = Number(readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended meanwhile.
    }
  }
  const family = [root];
  for (const id of family) family.push(...(children.get(id) ?? []));
  return family;
}
