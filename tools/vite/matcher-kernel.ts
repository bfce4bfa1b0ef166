import type { Plugin } from "vite";

import { buildKernel, KERNEL_SOURCE } from "../matcher/build.ts";

/** Has the matcher's kernel compiled before anything is built, tested or served, and again when its source changes. */
export function matcherKernel(): Plugin {
  return {
    name: "clockface:matcher-kernel",
    async config() {
      await buildKernel();
    },
    configureServer({ watcher, config }) {
      watcher.on("change", (path) => {
        if (path !== KERNEL_SOURCE) return;
        buildKernel().catch((error: unknown) => config.logger.error(error instanceof Error ? error.message : String(error)));
      });
    },
  };
}
