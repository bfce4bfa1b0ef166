import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, type BrowserContext, type Page } from "@playwright/test";

import { findChromium } from "../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "../support/chromium-flags.ts";
import type { IdentityOnPage } from "./page/identity.ts";
import { openSite, type Site } from "./site.ts";

/** One tab of the site. */
export class Tab {
  constructor(
    readonly page: Page,
    private readonly site: Site,
  ) {}

  async load(): Promise<void> {
    await this.page.goto(this.site.origin);
    await this.page.addScriptTag({ type: "module", url: `${this.site.origin}/identity.js` });
    await this.page.waitForFunction(() => "identity" in globalThis);
  }

  async call<N extends keyof IdentityOnPage>(name: N, ...args: Parameters<IdentityOnPage[N]>): Promise<Awaited<ReturnType<IdentityOnPage[N]>>> {
    return (await this.page.evaluate(
      ([called, given]) => (globalThis as unknown as { readonly identity: Record<string, (...args: unknown[]) => unknown> }).identity[called]?.(...given),
      [name as string, args as readonly unknown[]] as const,
    )) as Awaited<ReturnType<IdentityOnPage[N]>>;
  }
}

/** Tabs of one browser on a profile of their own, which is gone afterwards. */
export async function withTabs<T>(count: number, use: (tabs: readonly Tab[]) => Promise<T>): Promise<T> {
  const site = await openSite();
  const profile = await mkdtemp(join(tmpdir(), "clockface-identity-"));
  let context: BrowserContext | null = null;
  try {
    context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), headless: true, args: [...CHROMIUM_FLAGS, "--disable-gpu"] });
    // Functions that are handed to the page and were compiled by tsx call this helper of its.
    await context.addInitScript("globalThis.__name ??= (value) => value");
    const tabs: Tab[] = [];
    for (let index = 0; index < count; index++) tabs.push(new Tab(await context.newPage(), site));
    for (const tab of tabs) await tab.load();
    return await use(tabs);
  } finally {
    await context?.close();
    await site.close();
    await rm(profile, { recursive: true, force: true });
  }
}
