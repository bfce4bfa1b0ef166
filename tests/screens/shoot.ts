import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { createServer } from "vite";

import { findChromium } from "../../tools/chromium.ts";
import { SCENES } from "./fixtures.ts";

/**
 * Takes a picture of every kiosk screen: `npx tsx tests/screens/shoot.ts FOLDER [FILTER]`.
 * FILTER is a regular expression on `scene-size-language-theme`.
 */
const [folder, filter = ""] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say where the pictures should go: npx tsx tests/screens/shoot.ts FOLDER [FILTER]");

const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 390, height: 844 },
  { width: 1920, height: 1080 },
];
const wanted = new RegExp(filter);

await mkdir(folder, { recursive: true });
const profile = await mkdtemp(join(tmpdir(), "clockface-screens-"));
// A cache and a list of entries of its own: nothing is found late, so nothing is reloaded under a picture.
const server = await createServer({
  logLevel: "error",
  cacheDir: ".cache/vite-screens",
  optimizeDeps: { entries: ["tests/screens/gallery.html"] },
  server: { port: 5197, strictPort: false, hmr: false, watch: null },
});
await server.listen();
const base = server.resolvedUrls?.local[0] ?? "";
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  viewport: null,
});
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  let taken = 0;
  for (const { width, height } of SIZES) {
    await page.setViewportSize({ width, height });
    for (const { name } of SCENES) {
      for (const locale of ["zh-Hans", "en"]) {
        for (const theme of ["light", "dark"]) {
          const picture = `${name}-${width}x${height}-${locale}-${theme}`;
          if (!wanted.test(picture)) continue;
          await page.goto(`${base}tests/screens/gallery.html?scene=${name}&locale=${locale}&theme=${theme}`);
          await page.waitForSelector("body[data-ready]");
          await page.screenshot({ path: join(folder, `${picture}.png`) });
          taken += 1;
        }
      }
    }
  }
  console.log(`${taken} pictures in ${folder}`);
} finally {
  await browser.close();
  await server.close();
  await rm(profile, { recursive: true, force: true });
}
