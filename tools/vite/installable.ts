import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";
import { VitePWA, type ManifestOptions } from "vite-plugin-pwa";

import { headersRevision } from "../../hub/headers.ts";

const MANIFEST: Partial<ManifestOptions> = {
  id: "/",
  name: "Clockface",
  short_name: "Clockface",
  description: "Face attendance that stays on the tablet",
  lang: "zh-Hans",
  start_url: "/",
  scope: "/",
  display: "fullscreen",
  display_override: ["fullscreen", "standalone"],
  orientation: "any",
  background_color: "#0f1416",
  theme_color: "#0f1416",
  icons: [
    { src: "/icons/clockface.svg", sizes: "any", type: "image/svg+xml" },
    { src: "/icons/clockface-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icons/clockface-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icons/clockface-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
};

/** Only a tablet with a graphics processor runs the models on it: its runtime is kept when it is first used. */
const KEPT_WHEN_USED = "assets/ort-wasm-simd-threaded.asyncify-*.wasm";

/** The largest file a tablet keeps; a build with a larger one fails rather than leave it out. */
const LARGEST_FILE_BYTES = 40 * 1024 * 1024;

/**
 * Makes the build installable, and whole without a network: the service worker keeps every file, and takes a new version
 * only when each has the hash that the build gave it.
 */
export function installable(): Plugin[] {
  let dist = "dist";
  return [
    {
      name: "clockface:dist-folder",
      configResolved(config) {
        dist = resolve(config.root, config.build.outDir);
      },
    },
    ...VitePWA({
      strategies: "injectManifest",
      srcDir: "workers/service-worker",
      filename: "service-worker.ts",
      injectRegister: false,
      manifest: MANIFEST,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ["**/*"],
        // The last two are for whoever serves or examines the app, and no host need answer with the first of them.
        globIgnores: ["service-worker.js", "manifest.webmanifest", KEPT_WHEN_USED, "_headers", "bom.cdx.json"],
        maximumFileSizeToCacheInBytes: LARGEST_FILE_BYTES,
        dontCacheBustURLsMatching: /^assets\/.*-[A-Za-z0-9_-]{8}\./,
        manifestTransforms: [
          (entries) => ({
            warnings: [],
            manifest: entries.map((entry) => ({
              ...entry,
              integrity: `sha384-${createHash("sha384").update(readFileSync(join(dist, entry.url))).digest("base64")}`,
              // The page is kept with its headers: it counts as changed when they change.
              ...(entry.url === "index.html" ? { revision: `${entry.revision ?? ""}-${headersRevision()}` } : {}),
            })),
          }),
        ],
      },
    }),
  ];
}
