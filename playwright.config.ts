import { defineConfig } from "@playwright/test";

/** End to end against the built app in `dist`; each test starts its own browser with its own camera. */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "tests/support/prepare.ts",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] === undefined ? "list" : [["list"], ["json"]],
  outputDir: "test-results/e2e",
});
