import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as v from "valibot";

/**
 * Writes the bill of materials beside the build (CycloneDX 1.5): the packages that the app is made of as the lock file
 * names them, the packages whose holidays were worked out for it, the models with their licences, and a hash of every file
 * that a tablet loads.
 */
const ROOT = join(import.meta.dirname, "..");
const DIST = process.argv[2] ?? join(ROOT, "dist");
const NAME = "bom.cdx.json";

const bom = v.looseObject({ bomFormat: v.literal("CycloneDX"), metadata: v.looseObject({ component: v.looseObject({ name: v.string() }) }), components: v.array(v.looseObject({ name: v.string() })) });
const models = v.object({
  models: v.array(
    v.object({
      id: v.string(),
      role: v.string(),
      sha256: v.string(),
      derivation: v.string(),
      sources: v.array(v.object({ package: v.string(), version: v.string(), sha256: v.string() })),
      licence: v.object({ package: v.string(), weights: v.string() }),
    }),
  ),
});

function packages(): v.InferOutput<typeof bom> {
  const text = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"], { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 });
  return v.parse(bom, JSON.parse(text));
}

function modelComponents(): readonly object[] {
  const { models: all } = v.parse(models, JSON.parse(readFileSync(join(ROOT, "models", "manifest.json"), "utf8")));
  return all.map((model) => ({
    "bom-ref": `model:${model.id}`,
    type: "machine-learning-model",
    name: model.id,
    description: `${model.role}; ${model.derivation}`,
    hashes: [{ alg: "SHA-256", content: model.sha256 }],
    licenses: [{ license: { name: model.licence.package } }],
    properties: [{ name: "clockface:weights", value: model.licence.weights }],
    pedigree: { ancestors: model.sources.map((source) => ({ type: "file", name: source.package, version: source.version, purl: `pkg:npm/${source.package.replace("@", "%40")}@${source.version}`, hashes: [{ alg: "SHA-256", content: source.sha256 }] })) },
  }));
}

const holidays = v.object({ sources: v.array(v.object({ name: v.string(), version: v.string() })) });
const lock = v.object({ packages: v.record(v.string(), v.object({ version: v.optional(v.string()), integrity: v.optional(v.string()), license: v.optional(v.string()) })) });

/** Tools of the build to npm; what they know of holidays is shipped. */
function holidayComponents(folder: string): readonly object[] {
  const { sources } = v.parse(holidays, JSON.parse(readFileSync(join(folder, "holidays", "holidays.json"), "utf8")));
  const { packages: locked } = v.parse(lock, JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  return sources.map(({ name, version }) => {
    const { integrity, license, version: lockedVersion } = locked[`node_modules/${name}`] ?? {};
    if (lockedVersion !== version || license === undefined || integrity?.startsWith("sha512-") !== true) throw new Error(`${name} ${version} is not what the lock file names`);
    return {
      "bom-ref": `data:${name}`,
      type: "data",
      name,
      version,
      description: "holidays, worked out for holidays/holidays.json",
      hashes: [{ alg: "SHA-512", content: Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex") }],
      licenses: [{ expression: license }],
      purl: `pkg:npm/${name}@${version}`,
    };
  });
}

function fileComponents(folder: string): readonly object[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name !== NAME && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ type: "file", name: relative(folder, join(folder, name)), hashes: [{ alg: "SHA-256", content: createHash("sha256").update(readFileSync(join(folder, name))).digest("hex") }] }));
}

const made = packages();
made.metadata.component.name = "clockface";
const whole = { ...made, components: [...made.components, ...modelComponents(), ...holidayComponents(DIST), ...fileComponents(DIST)] };
writeFileSync(join(DIST, NAME), `${JSON.stringify(whole, null, 1)}\n`);
