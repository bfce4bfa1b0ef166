import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";

import { findChromium } from "../../tools/chromium.ts";

/** Draws the icons of the installed app from their SVG: `npx tsx tests/screens/draw-icons.ts`. */
const ICONS = [
  { from: "public/icons/clockface.svg", to: "public/icons/clockface-192.png", size: 192 },
  { from: "public/icons/clockface.svg", to: "public/icons/clockface-512.png", size: 512 },
  { from: "tests/screens/clockface-maskable.svg", to: "public/icons/clockface-maskable-512.png", size: 512 },
];

const profile = await mkdtemp(join(tmpdir(), "clockface-icons-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await browser.newPage();
  for (const { from, to, size } of ICONS) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${await readFile(from, "utf8")}`);
    await page.screenshot({ path: to, omitBackground: true });
  }
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true });
}
