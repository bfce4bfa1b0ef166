import { createReadStream, existsSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { chromium, type Page } from "playwright";
import { createServer, type Plugin } from "vite";
import { findChromium } from "../../tools/chromium.ts";
import type { Harness, PictureResult } from "./harness.ts";

declare const harness: Harness;

const CHUNK = 20;

/** Serves the pictures under `/evaluation-data/` of the development server. */
function serveFolder(folder: string): Plugin {
  const root = resolve(folder);
  const prefix = "/evaluation-data/";
  return {
    name: "clockface:evaluation-data",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
        const file = resolve(root, path.slice(prefix.length));
        if (!path.startsWith(prefix) || !file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) {
          next();
          return;
        }
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        createReadStream(file).pipe(response);
      });
    },
  };
}

/**
 * Opens the application's own workers in a headless Chromium and hands the page to `use`.
 *
 * @param folder served under `/evaluation-data/`
 * @param progress told what was opened
 */
export async function withHarness<T>(folder: string, threads: 1 | 2, progress: (text: string) => void, use: (page: Page) => Promise<T>): Promise<T> {
  const server = await createServer({ logLevel: "error", plugins: [serveFolder(folder)], server: { host: "127.0.0.1", port: 0, hmr: false, watch: null } });
  await server.listen();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0] ?? ""}tests/evaluation/harness.html`);
    await page.waitForFunction(() => "harness" in globalThis);
    progress(await page.evaluate((count) => harness.open(count), threads));
    return await use(page);
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * Runs pictures through the application's own workers.
 *
 * @param files paths relative to `folder`
 * @param progress told what was opened, then how many are done
 */
export async function extractPictures(
  folder: string,
  files: readonly string[],
  threads: 1 | 2,
  progress: (text: string) => void,
): Promise<readonly PictureResult[]> {
  return withHarness(folder, threads, progress, async (page) => {
    const results: PictureResult[] = [];
    for (let from = 0; from < files.length; from += CHUNK) {
      const urls = files.slice(from, from + CHUNK).map((file) => `/evaluation-data/${file.split(sep).map(encodeURIComponent).join("/")}`);
      results.push(...(await page.evaluate((chunk) => harness.extract(chunk), urls)));
      progress(`${String(results.length)} of ${String(files.length)}`);
    }
    return results;
  });
}
