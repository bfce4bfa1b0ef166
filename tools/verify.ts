/**
 * npm run verify -- FILE [--witness TEXT …] [--zh] [--json]
 * Checks an auditor's package and says what does not fit. Leaves with 0 when it is whole, 1 when something does not fit,
 * 2 when it cannot be read.
 */
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parseArgs } from "node:util";

import { signatureVerifier } from "../src/adapters/crypto/verify-signature.ts";
import { PackageUnreadable } from "../src/domain/log/package.ts";
import { isWhole, type Look, type VerifyReport } from "../src/domain/log/report.ts";
import { readCoSignature } from "../src/domain/log/statements.ts";
import type { CoSignature } from "../src/domain/log/types.ts";
import { verifyPackage } from "../src/domain/log/verify.ts";
import { sayFinding, sayReach, sayTime, sayVerdict, type Language } from "../src/ui/admin/audit/findings.ts";

const USAGE = `npm run verify -- FILE                 check an auditor's package

  --witness TEXT    a co-signature that a witness gave you itself (from npm run hub -- witness,
                    or from the phone); may be given more than once
  --looks           list who looked at whom
  --zh              in Chinese
  --json            the report as JSON`;

class Unusable extends Error {}

/** The package's bytes, unpacked. What gzip cannot read is no package either. */
async function* unpacked(path: string): AsyncGenerator<Uint8Array> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  for await (const chunk of Readable.from(source.pipe(gunzip))) yield chunk as Uint8Array;
}

const FAULTS: Readonly<Record<PackageUnreadable["fault"], string>> = {
  "not-a-package": "This is no auditor's package.",
  "other-version": "This package was made by another version of Clockface. Verify it with that one.",
  malformed: "The package is damaged: a part of it cannot be read.",
  "cut-short": "The file ends in the middle: it was not copied whole.",
};

function why(error: unknown, file: string): string {
  if (error instanceof PackageUnreadable) return FAULTS[error.fault];
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return `There is no file ${file}.`;
  if (code === "Z_BUF_ERROR") return FAULTS["cut-short"];
  if (code?.startsWith("Z_") === true) return FAULTS["not-a-package"];
  return (error as Error).message;
}

function coSignatures(texts: readonly string[]): readonly CoSignature[] {
  return texts.map((text) => {
    const read = readCoSignature(text);
    if (read === null) throw new Unusable("A text after --witness is no co-signature. Copy it whole: it begins with clockface-cosigned1~.");
    return read;
  });
}

function sayLook({ seq, wallMs, type, by, role, what, personId, department, people }: Look, { names, facts }: VerifyReport, language: Language): string {
  const whom = personId !== null ? (names.get(personId) ?? personId) : `${department ?? "*"} (${people})`;
  return `${String(seq).padStart(7)}  ${sayTime(wallMs, facts.site.zone, language)}  ${names.get(by) ?? by} (${role})  ${type} ${what}: ${whom}`;
}

/** Bytes as hexadecimal digits, maps as objects. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return value instanceof Map ? (Object.fromEntries(value) as unknown) : value;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { witness: { type: "string", multiple: true, default: [] }, looks: { type: "boolean", default: false }, zh: { type: "boolean", default: false }, json: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const language: Language = values.zh ? "zh-Hans" : "en";
  let report: VerifyReport;
  try {
    report = await verifyPackage(unpacked(resolve(process.env["INIT_CWD"] ?? ".", file)), { verify: signatureVerifier(), beside: coSignatures(values.witness) });
  } catch (error) {
    console.error(why(error, file));
    return 2;
  }
  if (values.json) {
    console.log(JSON.stringify(report, plain, 2));
    return isWhole(report) ? 0 : 1;
  }
  const { facts } = report;
  console.log(`${facts.site.organisation}, ${facts.site.siteName}: ${facts.device}`);
  console.log(`${sayTime(facts.exportedAt, facts.site.zone, language)}, ${facts.exportedBy.role}\n`);
  for (const finding of report.findings) console.log(`✗ ${sayFinding(finding, facts.site.zone, language)}`);
  if (report.findingsLeftOut > 0) console.log(`✗ … + ${report.findingsLeftOut}`);
  if (!isWhole(report)) console.log("");
  for (const line of sayReach(report, language)) console.log(line);
  if (values.looks) for (const look of report.looks) console.log(sayLook(look, report, language));
  console.log(`\n${isWhole(report) ? "✓" : "✗"} ${sayVerdict(report, language)}`);
  return isWhole(report) ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 2;
});
