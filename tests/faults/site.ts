import { once } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

import { build } from "vite";

import { matcherKernel } from "../../tools/vite/matcher-kernel.ts";

const PAGE = join(import.meta.dirname, "page");
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html; charset=utf-8", ".wasm": "application/wasm" };

/** The harness page on an origin of its own that stays the same while the test runs. */
export interface Site {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Builds the harness page into a folder of this run and serves it on the loopback.
 *
 * @param port of a profile that was made before: what a browser keeps belongs to an origin; any free one when absent
 */
export async function openSite(port = 0): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "clockface-faults-"));
  await build({
    configFile: false,
    root: PAGE,
    logLevel: "error",
    publicDir: false,
    plugins: [matcherKernel()],
    worker: { format: "es" },
    build: {
      target: "es2023",
      outDir: folder,
      emptyOutDir: true,
      chunkSizeWarningLimit: 5000,
      rolldownOptions: { input: { core: join(PAGE, "core.ts"), identity: join(PAGE, "identity.ts"), backup: join(PAGE, "backup.ts") }, preserveEntrySignatures: "strict", output: { entryFileNames: "[name].js" } },
    },
  });
  const files = new Set((await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    // Each start asks anew: nothing of the page comes out of the browser's cache.
    response.setHeader("Cache-Control", "no-store");
    const file = join(folder, path);
    if (path === "/") {
      response.setHeader("Content-Type", TYPES[".html"] ?? "");
      response.end('<!doctype html><html lang="en"><meta charset="utf-8"><title>Faults</title><link rel="icon" href="data:,"><script type="module" src="/core.js"></script>');
    } else if (files.has(file)) {
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
      createReadStream(file).pipe(response);
    } else {
      response.statusCode = 404;
      response.end();
    }
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://localhost:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
