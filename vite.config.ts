import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { defineConfig, type UserConfig } from "vite";

import { installable } from "./tools/vite/installable.ts";
import { pagePolicy } from "./tools/vite/page-policy.ts";
import { matcherKernel } from "./tools/vite/matcher-kernel.ts";
import { sameOriginFiles } from "./tools/vite/same-origin-files.ts";
import { verifier } from "./tools/vite/verifier-page.ts";

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

/** The commit, where there is one: a build from an archive has none. */
function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short=10", "HEAD"], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim();
  } catch {
    return "unversioned";
  }
}

const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  define: { __APP_VERSION__: JSON.stringify(`${version}+${commit()}`) },
  plugins: [
    matcherKernel(),
    sameOriginFiles({
      "/models/": "models/derived",
      "/vision/": "node_modules/@mediapipe/tasks-vision/wasm",
      "/holidays/": ".cache/holidays",
    }),
    pagePolicy(),
    verifier(),
    installable(),
  ],
  worker: { format: "es" },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
  server: { headers: isolation },
  preview: { headers: isolation },
  optimizeDeps: { include: ["qr/decode.js"], exclude: ["onnxruntime-web", "@mediapipe/tasks-vision"] },
} satisfies UserConfig);
