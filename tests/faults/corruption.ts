import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite, type Site } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const START_MS = Date.UTC(2026, 2, 2, 0, 30);
const PUNCHES = 24;
const PEOPLE = 3;
const CASES = { short: 6, long: 200 };
const KINDS = ["flip", "truncate", "zero", "delete"] as const;
const BUCKETS = ["punch", "journal", "keys", "device"] as const;
/** Of a file at once, at most. */
const ZEROED_BYTES = 4096;

type Bucket = (typeof BUCKETS)[number];
type Kind = (typeof KINDS)[number];

interface Used {
  readonly profile: string;
  readonly receipts: readonly string[];
  readonly length: number;
}

/** What a start after the damage came to. */
interface Start {
  /** Failure with which the core did not open, and said so. */
  readonly refused: string | null;
  readonly setUp: boolean;
  readonly receipts: readonly string[];
  readonly people: number;
  readonly problems: readonly string[];
  readonly told: boolean;
  /** Entries of the log that tell of a loss. */
  readonly losses: number;
}

/** The four buckets' folders, told apart by what lies in them. */
async function foldersOf(profile: string): Promise<ReadonlyMap<Bucket, string>> {
  const root = join(profile, "Default", "WebStorage");
  const folders = new Map<Bucket, string>();
  for (const name of await readdir(root)) {
    const folder = join(root, name);
    if (!(await stat(folder)).isDirectory()) continue;
    const inside = await readdir(folder);
    if (inside.includes("FileSystem")) folders.set("journal", folder);
    else if (inside.includes("IndexedDB")) folders.set(await databaseIn(folder), folder);
  }
  return folders;
}

/** IndexedDB keeps names in UTF-16, big end first. */
async function databaseIn(folder: string): Promise<Bucket> {
  const files = (await filesIn(folder)).filter((file) => /\.(log|ldb)$/.test(file));
  const content = Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
  const holds = (name: string): boolean => content.includes(Buffer.from(name, "utf16le").swap16());
  return holds("clockface-device") ? "device" : holds("clockface-keys") ? "keys" : "punch";
}

/** Files that hold something, in an order that is the same each time. Locks and notes to the reader are not among them. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !["LOCK", "LOG", "LOG.old"].includes(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  const sized = await Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })));
  return sized.filter(({ size }) => size > 0).map(({ file }) => file).sort();
}

async function damage(file: string, kind: Kind, chance: Random): Promise<string> {
  if (kind === "delete") {
    await unlink(file);
    return "deleted";
  }
  const bytes = await readFile(file);
  // Where something is written: the blank end of a segment made ahead says nothing.
  const written = bytes.findLastIndex((byte) => byte !== 0) + 1;
  const at = chance.below(Math.max(1, written));
  if (kind === "truncate") {
    await truncate(file, at);
    return `cut at ${at} of ${bytes.length}`;
  }
  if (kind === "flip") bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  else bytes.fill(0, at, Math.min(bytes.length, at + ZEROED_BYTES));
  await writeFile(file, bytes);
  return `${kind} at ${at} of ${bytes.length}`;
}

async function use(site: Site): Promise<Used> {
  const profile = await mkdtemp(join(tmpdir(), "clockface-corruption-"));
  const browser = await FaultBrowser.start(profile, site);
  try {
    await browser.open({ startMs: START_MS });
    await browser.call("setUp");
    const people = await browser.call("addPeople", PEOPLE);
    const receipts: string[] = [];
    for (let turn = 0; turn < PUNCHES; turn++) receipts.push((await browser.call("punch", people[turn % PEOPLE] ?? "")).receipt);
    for (const personId of people) await browser.call("file", personId);
    const { length } = await browser.call("audit");
    await browser.call("close");
    return { profile, receipts, length };
  } finally {
    await browser.close();
  }
}

/** Starts on the profile, reads both copies through, and looks at everything. */
async function startOn(profile: string, site: Site): Promise<Start> {
  const browser = await FaultBrowser.start(profile, site);
  try {
    const opened = await browser.open({ startMs: START_MS + 86_400_000 }).catch((error: unknown) => /store\/[\w-]+/.exec(String(error))?.[0] ?? String(error));
    if (typeof opened === "string") return { refused: opened, setUp: false, receipts: [], people: 0, problems: [], told: true, losses: 0 };
    await browser.page.evaluate(readThrough);
    const audit = await browser.call("audit");
    await browser.call("close");
    const told = audit.types.some((type) => type === "data-loss" || type === "quarantined") || audit.quarantined.length > 0;
    return { refused: null, setUp: opened.setUp, receipts: audit.punches.map(({ receipt }) => receipt), people: audit.people, problems: audit.problems, told, losses: audit.types.filter((type) => type === "data-loss").length };
  } finally {
    await browser.close();
  }
}

/** In the page: what was begun in the background ends, then everything is read. */
async function readThrough(): Promise<void> {
  interface Copies {
    readonly status: { readonly value: { readonly second: string }; subscribe(listener: (status: { readonly second: string }) => void): () => void };
    scrub(signal: AbortSignal): Promise<void>;
  }
  const { copies } = (globalThis as unknown as { readonly core: { readonly copies: Copies } }).core;
  const whole = new Promise<void>((resolve) => {
    if (copies.status.value.second !== "filling") resolve();
    copies.status.subscribe(({ second }) => {
      if (second !== "filling") resolve();
    });
  });
  await whole;
  await copies.scrub(new AbortController().signal);
}

function verdict(bucket: Bucket, { refused, setUp, receipts, people, problems, told }: Start, { receipts: acknowledged }: Used): string | null {
  if (refused !== null) {
    const visible = refused === "store/keys-lost" || refused === "store/emptied";
    if (!visible) return `did not start: ${refused}`;
    return bucket === "punch" || bucket === "journal" ? `did not start although the other copy was whole: ${refused}` : null;
  }
  if (!setUp) return "looked like a new tablet";
  const missing = acknowledged.filter((receipt) => !receipts.includes(receipt));
  if (bucket === "keys" || bucket === "device") return missing.length > 0 && !told ? `${missing.length} punches could not be read, and nothing was told` : null;
  if (missing.length > 0) return `${missing.length} acknowledged punches are gone`;
  if (people !== PEOPLE) return `${people} people of ${PEOPLE}`;
  return problems.length > 0 ? problems.join("; ") : null;
}

async function oneCase(index: number, used: Used, site: Site, chance: Random): Promise<{ readonly name: string; readonly found: string; readonly failure: string | null }> {
  const bucket = BUCKETS[index % 2 === 0 ? 0 : [1, 1, 2, 3][((index - 1) / 2) % 4] ?? 1] ?? "punch";
  const kind = KINDS[(index + Math.floor(index / KINDS.length)) % KINDS.length] ?? "flip";
  const profile = `${used.profile}-${index}`;
  await cp(used.profile, profile, { recursive: true });
  try {
    // Told apart while it is as it was left: a later start may pack the names of its databases away.
    const folders = await foldersOf(profile);
    const folder = folders.get(bucket);
    if (folder === undefined) return { name: bucket, found: "", failure: `no folder of the bucket ${bucket}` };
    const files = await filesIn(folder);
    const file = files[chance.below(files.length)] ?? "";
    const name = `${bucket} ${basename(file)} ${await damage(file, kind, chance)}`;
    const start = await startOn(profile, site);
    let failure = verdict(bucket, start, used);
    if (failure === null && bucket === "journal") {
      // What was found broken was written anew: it now carries the first copy alone.
      await rm(folders.get("punch") ?? "", { recursive: true });
      failure = verdict(bucket, await startOn(profile, site), used);
      if (failure !== null) failure = `after the first copy was lost too: ${failure}`;
    }
    if (failure === null && bucket === "punch") {
      const again = await startOn(profile, site);
      failure = verdict(bucket, again, used) ?? (again.losses > start.losses ? "the next start lost something again" : null);
    }
    return { name, found: start.refused ?? (start.told ? "told" : "no effect"), failure };
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

export default {
  name: "corruption",
  holds: "damage to any bucket's files is found, one copy is rebuilt from the other, and a used tablet never looks new",
  async run({ seed, short, log }: FaultContext): Promise<FaultReport> {
    const site = await openSite();
    const chance = new Random(seed);
    const failures: string[] = [];
    const outcomes = new Map<string, number>();
    const n = short ? CASES.short : CASES.long;
    let used: Used | null = null;
    try {
      used = await use(site);
      for (let index = 0; index < n; index++) {
        const { name, found, failure } = await oneCase(index, used, site, chance);
        outcomes.set(found, (outcomes.get(found) ?? 0) + 1);
        log(`${name}: ${failure ?? found}`);
        if (failure !== null) failures.push(`case ${index}, ${name}: ${failure}`);
      }
    } finally {
      await site.close();
      if (used) await rm(used.profile, { recursive: true, force: true });
    }
    return { n, failures, figures: Object.fromEntries(outcomes) };
  },
} satisfies FaultTest;
