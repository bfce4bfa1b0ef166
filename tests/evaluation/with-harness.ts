import { once } from "node:events";
import { join } from "node:path";
import express from "express";
import { chromium, type Page } from "playwright";
import { securityHeaders } from "../../hub/headers.ts";
import { appFiles } from "../../hub/static.ts";
import { findChromium } from "../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "../support/chromium-flags.ts";
import { evaluationBuild, PAGE } from "./build.ts";

const PICTURES = "/evaluation-data";

/** The address, in the page, of a file below the folder that {@link withHarness} serves. `path` is relative to it. */
export function pictureUrl(path: string): string {
  return `${PICTURES}/${path.split(/[/\\]/).map(encodeURIComponent).join("/")}`;
}

/**
 * Opens the evaluation page of a production build in a headless Chromium, served with the headers that the app is served
 * with, and hands it to `use`. The page holds a global `harness` (see harness.ts).
 *
 * @param folder its files have the addresses that {@link pictureUrl} gives
 * @param progress told about the build
 */
export async function withHarness<T>(folder: string, progress: (text: string) => void, use: (page: Page) => Promise<T>): Promise<T> {
  const build = await evaluationBuild(progress);
  const application = express();
  application.disable("x-powered-by");
  application.use(securityHeaders(false));
  application.use(PICTURES, express.static(folder, { index: false, redirect: false, dotfiles: "allow", fallthrough: false }));
  application.use(appFiles(build));
  const server = application.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${String(address.port)}/${PAGE}`);
    await page.waitForFunction(() => "harness" in globalThis);
    if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error(`${join(build, PAGE)} is not cross-origin isolated`);
    return await use(page);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
