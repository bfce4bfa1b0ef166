import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { extname, join, resolve, sep } from "node:path";
import type { Plugin } from "vite";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".onnx": "application/octet-stream",
  ".task": "application/octet-stream",
};

/** MediaPipe ships its WebAssembly as script loaders and as modules, with and without SIMD; the workers load the SIMD modules alone. */
function wanted(name: string): boolean {
  return !name.startsWith("vision_wasm_") || name.startsWith("vision_wasm_module_internal");
}

/**
 * Serves folders outside the sources under fixed addresses of the app's own origin, in development and in the build.
 * `folders` maps an address prefix (`/models/`) to a folder; only files directly inside are taken.
 */
export function sameOriginFiles(folders: Readonly<Record<string, string>>): Plugin {
  return {
    name: "clockface:same-origin-files",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        for (const [prefix, folder] of Object.entries(folders)) {
          if (!path.startsWith(prefix)) continue;
          const root = resolve(folder);
          const file = join(root, decodeURIComponent(path.slice(prefix.length)));
          if (!file.startsWith(root + sep) || !existsSync(file) || !statSync(file).isFile()) continue;
          response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream");
          response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
          createReadStream(file).pipe(response);
          return;
        }
        next();
      });
    },
    async generateBundle() {
      const { readFile } = await import("node:fs/promises");
      for (const [prefix, folder] of Object.entries(folders)) {
        if (!existsSync(folder)) this.error(`${folder} is missing: run \`npm start\`, which makes it`);
        for (const name of readdirSync(folder)) {
          if (!wanted(name) || !statSync(join(folder, name)).isFile()) continue;
          this.emitFile({ type: "asset", fileName: prefix.slice(1) + name, source: await readFile(join(folder, name)) });
        }
      }
    },
  };
}
