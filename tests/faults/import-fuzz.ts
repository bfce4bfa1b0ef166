import { zipSync } from "fflate";
import { AgeContainer } from "../../src/adapters/backup/container.ts";
import { signatureVerifier } from "../../src/adapters/crypto/verify-signature.ts";
import { parsePairingText } from "../../src/adapters/sync/pairing-text.ts";
import { previewRoster } from "../../src/app/people/roster-import.ts";
import { BACKUP_FORMAT, BACKUP_VERSION } from "../../src/domain/backup/frames.ts";
import type { BackupFrame } from "../../src/domain/backup/frames.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { PackageUnreadable } from "../../src/domain/log/package.ts";
import { readCoSignature, readRequest } from "../../src/domain/log/statements.ts";
import { verifyPackage } from "../../src/domain/log/verify.ts";
import { readWorkbook } from "../../workers/spreadsheet/read-workbook.ts";
import { workbook } from "../../workers/spreadsheet/testing/workbook.ts";
import { makeSigner, packed, sampleLog, streamOf } from "../support/log/sample.ts";
import { mutated } from "./import/mutate.ts";
import { Random } from "./random.ts";
import type { FaultTest } from "./types.ts";

const CASES = { short: 150, long: 5_000 };
/** Longer than this and whoever imports believes that the tablet hangs, milliseconds. */
const ANSWERS_WITHIN_MS = 2_000;

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const ROWS = Array.from({ length: 40 }, (_, index) => [`E-${String(index)}`, `张三 ${String(index)}`, "装配", "全职"]);
const HEADING = ["工号", "姓名", "部门", "用工类型"];

/** Reads one file; null when the outcome is one that people can be told, else what is wrong with it. */
type Reader = (file: Uint8Array<ArrayBuffer>) => Promise<string | null>;

interface Kind {
  readonly seeds: readonly Uint8Array<ArrayBuffer>[];
  /** Files that are known to be trouble, as they are. */
  readonly traps: readonly Uint8Array<ArrayBuffer>[];
  readonly read: Reader;
}

const nobody = { findByNumber: () => undefined };

/** Whole or not at all, and each fault with its line and column. */
const readRoster: Reader = async (file) => {
  const read = await previewRoster(nobody, new Blob([file]), (bytes) => readWorkbook(new Uint8Array(bytes)));
  if (!read.ok) return read.error.kind.startsWith("roster/") ? null : read.error.kind;
  const bad = read.value.errors.find(({ line, kind }) => !(line >= 2) || kind.length === 0);
  if (bad) return `a fault without its line: ${JSON.stringify(bad)}`;
  const wrong = read.value.rows.find((row) => Object.getPrototypeOf(row) !== Object.prototype || row.employeeNumber === "" || row.name === "");
  return wrong ? `a row that is none: ${JSON.stringify(wrong)}` : null;
};

async function backupSeed(container: AgeContainer, recipient: string): Promise<Uint8Array<ArrayBuffer>> {
  const head = { format: BACKUP_FORMAT as typeof BACKUP_FORMAT, v: BACKUP_VERSION as typeof BACKUP_VERSION, kind: "daily" as const, tenant: "7f0d6c1e-6a0c-4b53-9f43-0f6b3f3f8a11", device: "00112233445566778899", siteId: "site-1", siteName: "Gate 3", organisation: "Harbour Works", createdAt: 1_772_411_400_000 as EpochMs, upToSeq: 2, validUntil: null };
  async function* frames(): AsyncGenerator<BackupFrame> {
    yield await Promise.resolve(["head", head]);
    yield ["people", [{ name: "Ada" }, { name: "王小明" }]];
    yield ["entries", [[Uint8Array.of(1, 2, 3), Uint8Array.of(4), Uint8Array.of(5), null]]];
  }
  return new Uint8Array(await (await container.write(recipient, frames())).file.arrayBuffer());
}

/** Reads to the end, or to the first failure. */
function backupReader(container: AgeContainer, identity: string): Reader {
  return async (file) => {
    for await (const frame of container.read(new Blob([file]), identity)) {
      if (!frame.ok) return frame.error.kind.startsWith("backup/") ? null : frame.error.kind;
    }
    return null;
  };
}

const readPackage: Reader = async (file) => {
  try {
    await verifyPackage(streamOf(file), { verify: signatureVerifier() });
    return null;
  } catch (error) {
    return error instanceof PackageUnreadable ? null : String(error);
  }
};

const readTexts: Reader = (file) => {
  const content = new TextDecoder().decode(file);
  parsePairingText(content);
  readRequest(content);
  readCoSignature(content);
  return Promise.resolve(null);
};

async function auditSeed(random: Random): Promise<Uint8Array<ArrayBuffer>> {
  const device = makeSigner();
  const chunks: Uint8Array[] = [];
  for await (const chunk of packed(sampleLog({ entries: 30, device, hub: makeSigner(), phone: makeSigner(), every: 8, hubEvery: 2, random: (length) => random.bytes(length) }), device)) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

async function kinds(random: Random): Promise<Readonly<Record<string, Kind>>> {
  const csv = [HEADING, ...ROWS].map((row) => row.join(",")).join("\r\n");
  const container = new AgeContainer();
  const { identity, recipient } = await container.makeKey();
  const blank = new Uint8Array(200 * 1024 * 1024).fill(0x20);
  return {
    CSV: {
      seeds: [text(csv), text(`\ufeff${csv}`), Uint8Array.of(0xb9, 0xa4, 0xba, 0xc5, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0d, 0x0a, 0x31, 0x2c, 0xd5, 0xc5, 0xc8, 0xfd, 0x0d, 0x0a)],
      traps: [text("__proto__,constructor,number,name\nx,y,1,Ada\n"), text(`number,name\n1,"${"a".repeat(1_000_000)}`), text(`number,name\n${"x".repeat(2_000_000)}`), text(`number,name\n${'"'.repeat(200_000)}`), text(`${",".repeat(300_000)}\nnumber,name`), new Uint8Array(0), Uint8Array.of(0xef, 0xbb, 0xbf)],
      read: readRoster,
    },
    XLSX: {
      seeds: [new Uint8Array(workbook([HEADING, ...ROWS]))],
      traps: [new Uint8Array(zipSync({ "xl/worksheets/sheet1.xml": blank })), new Uint8Array(zipSync({ "xl/workbook.xml": text('<!DOCTYPE w [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;&a;">]><workbook>&c;</workbook>') })), new Uint8Array(zipSync(Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`xl/worksheets/s${String(index)}.xml`, text("<a/>")])))), Uint8Array.of(0x50, 0x4b, 0x03, 0x04)],
      read: readRoster,
    },
    age: { seeds: [await backupSeed(container, recipient)], traps: [text("age-encryption.org/v1\n"), new Uint8Array(0)], read: backupReader(container, identity) },
    CBOR: { seeds: [await auditSeed(random)], traps: [Uint8Array.of(0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), new Uint8Array(100_000).fill(0x81), new Uint8Array(100_000).fill(0xff), new Uint8Array(0)], read: readPackage },
    text: { seeds: [text("CF1~http://localhost:4180~gate~eyJhbGciOiJFUzI1NiJ9.e30.AAAA")], traps: [text('{"__proto__":{"admin":true}}'), text("~".repeat(100_000))], read: readTexts },
  };
}

const test: FaultTest = {
  name: "import-fuzz",
  holds: "whatever file is imported (CSV, XLSX, age, CBOR, QR text), it is read or refused in words within 2 s, whole, and nothing else comes of it",
  async run({ seed, short, log }) {
    const random = new Random(seed);
    const failures: string[] = [];
    let [n, slowestMs] = [0, 0];
    for (const [name, { seeds, traps, read }] of Object.entries(await kinds(random))) {
      const cases = short ? CASES.short : CASES.long;
      for (let index = 0; index < cases + traps.length; index++) {
        const trap = traps[index];
        const file = trap ?? mutated(random.pick(seeds), random.fork(`${name}-${String(index)}`));
        const begin = performance.now();
        const wrong = await read(file).catch((error: unknown) => `thrown: ${String(error)}`);
        const ms = performance.now() - begin;
        slowestMs = Math.max(slowestMs, ms);
        n++;
        if (wrong !== null) failures.push(`${name}, case ${String(index)}: ${wrong.slice(0, 200)}`);
        if (ms > ANSWERS_WITHIN_MS) failures.push(`${name}, case ${String(index)}: ${ms.toFixed(0)} ms`);
        if (Object.keys(Object.prototype).length > 0) failures.push(`${name}, case ${String(index)}: every object has a new property`);
      }
      log(`${name}: ${String(n)} files so far`);
    }
    return { n, failures, figures: { "slowest, ms": Math.round(slowestMs) } };
  },
};

export default test;
