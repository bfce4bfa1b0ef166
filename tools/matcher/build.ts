import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { writeAtomically } from "../models/packages/cache.ts";
import { PROJECT_ROOT } from "../models/paths.ts";

/** AssemblyScript source of the comparison, and the module that the matcher worker loads it from. */
export const KERNEL_SOURCE = join(PROJECT_ROOT, "workers", "matcher", "kernel", "kernel.ts");
const KERNEL_MODULE = join(PROJECT_ROOT, "workers", "matcher", "derived", "kernel.ts");

/** The memory is the worker's; nothing of AssemblyScript's own runtime is needed in it. */
const FLAGS = ["--enable", "simd", "--runtime", "stub", "--importMemory", "--noExportMemory", "--memoryBase", "0", "-Ospeed", "--noAssert"];

/** What is used of the compiler. Its own declarations change the types of arrays for the whole project. */
interface Compiler {
  createMemoryStream(): { toString(): string };
  main(
    args: readonly string[],
    host: {
      readonly readFile: (name: string) => string | null;
      readonly writeFile: (name: string, content: Uint8Array | string) => void;
      readonly listFiles: () => readonly string[];
      readonly stderr: object;
    },
  ): Promise<{ readonly error: Error | null }>;
}

/** By a name that the type checker does not follow. */
const COMPILER: string = "assemblyscript/asc";

/**
 * Compiles one AssemblyScript source that imports its memory.
 *
 * @throws Error with the compiler's own words
 */
export async function compile(source: string): Promise<Uint8Array> {
  const { default: asc } = (await import(COMPILER)) as { readonly default: Compiler };
  let binary: Uint8Array | undefined;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(["source.ts", ...FLAGS, "--outFile", "out.wasm"], {
    readFile: (name) => (name === "source.ts" ? source : null),
    writeFile: (name, content) => {
      if (name === "out.wasm" && typeof content !== "string") binary = content;
    },
    listFiles: () => [],
    stderr,
  });
  if (error || !binary) throw new Error(`The matcher's kernel does not compile.\n${stderr.toString()}`, { cause: error });
  return binary;
}

/**
 * Puts the compiled kernel in place unless it is there already.
 *
 * @returns whether it was compiled
 * @throws Error when it does not compile
 */
export async function buildKernel(): Promise<boolean> {
  const source = await readFile(KERNEL_SOURCE, "utf8");
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json") as { version: string };
  const digest = createHash("sha256").update(JSON.stringify([source, FLAGS, version])).digest("hex");
  const stamp = `// Compiled from ../kernel/kernel.ts; do not edit. ${digest}\n`;
  const present = await readFile(KERNEL_MODULE, "utf8").catch(() => "");
  if (present.startsWith(stamp)) return false;
  const binary = await compile(source);
  await writeAtomically(KERNEL_MODULE, `${stamp}export const KERNEL_BASE64 = "${Buffer.from(binary).toString("base64")}";\n`);
  return true;
}
