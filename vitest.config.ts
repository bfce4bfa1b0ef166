import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

import { CHROMIUM_FLAGS } from "./tests/support/chromium-flags.ts";
import { findChromium } from "./tools/chromium.ts";
import { matcherKernel } from "./tools/vite/matcher-kernel.ts";
import viteConfig from "./vite.config.ts";

export default defineConfig({
  test: {
    projects: [
      {
        define: viteConfig.define ?? {},
        plugins: [matcherKernel()],
        test: {
          name: "unit",
          environment: "node",
          include: ["{src,workers,tools,hub,tests/support,tests/evaluation,tests/faults}/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**"],
          testTimeout: 30_000,
        },
      },
      {
        ...viteConfig,
        // Imported when it is needed, and found too late to be made ready without a reload in the middle of a test.
        optimizeDeps: { ...viteConfig.optimizeDeps, include: ["age-encryption", "@noble/hashes/argon2.js", "@simplewebauthn/browser", "otpauth"] },
        test: {
          name: "browser",
          include: ["{src,workers,tests}/**/*.browser.test.ts"],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: findChromium(), args: [...CHROMIUM_FLAGS, "--enable-unsafe-webgpu"] } }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
