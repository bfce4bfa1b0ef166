import { join } from "node:path";

import { build } from "vite";

import { packageFolder } from "./peers/fetch.ts";
import type { PeerName } from "./peers/table.ts";

const PAGES = join(import.meta.dirname, "pages");

/** Folder of the bundled pages, of this run alone. */
export const BUILT_PAGES = join(import.meta.dirname, "..", "..", ".cache", "bench", String(process.pid));

const NAMES = ["ours", "seed", "matcher", "attendance", "tracking", "reports", "human", "vface", "face-api-js", "faceplugin"] as const;

/** Bundles the bench's own pages. Peers are loaded by them as they are; only faceplugin comes as modules that need a bundler. */
export async function buildPages(peers: readonly PeerName[]): Promise<void> {
  const faceplugin = peers.includes("faceplugin");
  const folder = (name: string): string => packageFolder("faceplugin", name);
  await build({
    configFile: false,
    root: PAGES,
    logLevel: "error",
    publicDir: false,
    base: "/bench/",
    resolve: {
      alias: faceplugin
        ? [
            { find: /^onnxruntime-web$/, replacement: join(PAGES, "ort-two-threads.ts") },
            ...["ndarray", "ndarray-ops", "cwise-compiler", "iota-array", "is-buffer", "uniq"].map((name) => ({ find: new RegExp(`^${name}$`), replacement: join(folder(name), ENTRIES[name] ?? "index.js") })),
          ]
        : [],
    },
    build: {
      target: "es2023",
      outDir: BUILT_PAGES,
      emptyOutDir: true,
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        input: {
          ...Object.fromEntries(NAMES.map((name) => [name, join(PAGES, `${name}.ts`)])),
          ...(faceplugin ? { "faceplugin-library": join(folder("faceplugin-face-recognition-js"), "index.js") } : {}),
        },
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js" },
      },
    },
  });
}

/** The main file of each package that is not called index.js. */
const ENTRIES: Readonly<Record<string, string>> = { ndarray: "ndarray.js", "ndarray-ops": "ndarray-ops.js", "cwise-compiler": "compiler.js", "iota-array": "iota.js", uniq: "uniq.js" };
