import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { createServer } from "vite";

import { findChromium } from "../../tools/chromium.ts";
import type {} from "./admin-gallery.ts";

const SIZES = { wide: [1280, 800], tall: [800, 1280], phone: [390, 844] } as const;

/** `npx tsx tests/screens/shoot-admin.ts FOLDER [scene,scene] [size,size] [locale,locale] [theme,theme]`: a picture of every screen of administration. */
const [folder = ".cache/screens/admin", scenes = "", sizes = "", locales = "", themes = ""] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const server = await createServer({ configFile: "vite.config.ts", server: { port: 5391, strictPort: true, watch: null, hmr: false }, logLevel: "error" });
await server.listen();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en"],
});
try {
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  await page.goto("http://localhost:5391/tests/screens/admin.html");
  await page.waitForFunction(() => "showAdmin" in window, undefined, { timeout: 120_000 });
  const all = await page.evaluate(() => window.adminScenes);
  for (const scene of scenes === "" ? all : scenes.split(",")) {
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      if (sizes !== "" && !sizes.split(",").includes(size)) continue;
      await page.setViewportSize({ width, height });
      for (const locale of locales === "" ? (["en", "zh-Hans"] as const) : (locales.split(",") as ("en" | "zh-Hans")[])) {
        for (const theme of themes === "" ? (["light", "dark"] as const) : (themes.split(",") as ("light" | "dark")[])) {
          await page.evaluate(([name, language, colours]) => window.showAdmin(name, { locale: language, theme: colours }).then(() => undefined), [scene, locale, theme] as const);
          await page.screenshot({ path: join(folder, `${scene}.${size}.${locale}.${theme}.png`) });
        }
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
