import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { build as viteBuild, mergeConfig, type PluginOption } from "vite";
import { builtAt, newestSource } from "../../tools/freshness.mjs";
import viteConfig from "../../vite.config.ts";
import { EvaluationError } from "./errors.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const BUILDS = join(ROOT, ".cache", "evaluation");
/** What makes the app installable has no part in what is measured, and takes most of the time. */
const OF_INSTALLATION = /pwa|^clockface:dist-folder$/;
/** Builds that nothing has used for this long go. */
const KEEP_MS = 24 * 3_600_000;

/** The evaluation page, as an address below the build. */
export const PAGE = "tests/evaluation/harness.html";

/**
 * The folder of a production build of the app with the evaluation page beside it, made when the sources have changed.
 * Each state of the sources has a folder of its own, so that a build is never pulled from under a run that uses it.
 *
 * @param progress told what is done
 * @throws EvaluationError when a file that both have differs from the app's own build
 */
export async function evaluationBuild(progress: (text: string) => void): Promise<string> {
  const folder = join(BUILDS, Math.round(Math.max(newestSource(ROOT), newestPageSource())).toString(36));
  if (!existsSync(folder)) {
    progress("Building …");
    const unfinished = join(BUILDS, `unfinished-${String(process.pid)}`);
    await viteBuild(
      mergeConfig({ ...viteConfig, plugins: (viteConfig.plugins ?? []).flat().filter((plugin) => !isOfInstallation(plugin)) }, {
        configFile: false,
        root: ROOT,
        logLevel: "warn",
        build: { outDir: unfinished, emptyOutDir: true, rollupOptions: { input: { main: join(ROOT, "index.html"), evaluation: join(ROOT, PAGE) } } },
      }),
    );
    if (existsSync(folder)) rmSync(unfinished, { recursive: true });
    else renameSync(unfinished, folder);
  }
  const now = new Date();
  utimesSync(folder, now, now);
  removeOld(now.getTime());
  progress(compareWithApp(folder));
  return folder;
}

function isOfInstallation(plugin: PluginOption): boolean {
  return typeof plugin === "object" && plugin !== null && "name" in plugin && OF_INSTALLATION.test(plugin.name);
}

function newestPageSource(): number {
  const files = readdirSync(import.meta.dirname).filter((name) => /(-page|^harness)\.(ts|html)$/.test(name));
  return Math.max(...files.map((name) => statSync(join(import.meta.dirname, name)).mtimeMs));
}

function removeOld(nowMs: number): void {
  mkdirSync(BUILDS, { recursive: true });
  for (const name of readdirSync(BUILDS)) {
    const path = join(BUILDS, name);
    if (nowMs - statSync(path).mtimeMs > KEEP_MS) rmSync(path, { recursive: true });
  }
}

/** What computes: workers, their WebAssembly, and the models. */
function computes(path: string): boolean {
  return /^assets\/.*worker.*\.js$|\.wasm$|\.mjs$|^models\/|^vision\//.test(path);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

/** Says whether what computes is, byte for byte, what the app's own build in `dist` holds. */
function compareWithApp(folder: string): string {
  const dist = join(ROOT, "dist");
  if (builtAt(ROOT) < newestSource(ROOT)) return "dist is missing or older than the sources: workers and models are not compared with it";
  const own = filesBelow(folder).filter(computes);
  const different = own.filter((path) => !existsSync(join(dist, path)) || !readFileSync(join(folder, path)).equals(readFileSync(join(dist, path))));
  if (different.length > 0) throw new EvaluationError(`differs from the build in dist: ${different.join(", ")}`);
  return `${String(own.length)} files of workers, WebAssembly and models are the same as in dist`;
}
