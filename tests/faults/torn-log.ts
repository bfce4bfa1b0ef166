import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { newProfile } from "../support/browser.ts";
import { logOf, recordsOf } from "./disk/leveldb-log.ts";
import { Expectations } from "./expectations.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const LIVES = { short: 4, long: 60 };
const PEOPLE = 3;
const BEGIN_MS = Date.UTC(2026, 2, 2);
const DAY_MS = 86_400_000;
/** Acknowledged punches of a life at most: more than the start's own work takes in some, fewer in others. */
const PUNCHES_AT_MOST = 12;
/** The bucket of the punches is the first one that is made. */
const PUNCHES = "1";
const PAGE_BYTES = 4096;
/** A LevelDB record that says it is so long, and its beginning. */
const RECORD = { says: 200, writtenAtMost: 100 };
const HEADER_BYTES = 7;
/** Records that are lost in a row at most. */
const RECORDS_AT_MOST = 4;
/**
 * What happens to the log, life after life. Some records: what was written before a new log was begun and not synced with it
 * is gone, and what came after it is there. Half a record: one was being written. The last page: it was synced, and the disk
 * does not have it.
 */
const TEARS = ["some records", "half a record", "the last page"] as const;
type Tear = (typeof TEARS)[number];

interface Log {
  readonly path: string;
  readonly bytes: number;
}

/** The log of the punches' database that was written last. */
function lastLog(profile: string): Log {
  const folder = join(profile, "Default", "WebStorage", PUNCHES, "IndexedDB", "indexeddb.leveldb");
  const logs = readdirSync(folder)
    .filter((name) => name.endsWith(".log"))
    .map((name) => join(folder, name))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
  const path = logs.at(-1);
  if (path === undefined) throw new Error("there is no log");
  return { path, bytes: statSync(path).size };
}

/** @param from what was in the log before this life; 0 where it has begun another one */
function tear({ path, bytes }: Log, from: number, how: Tear, random: Random): void {
  if (how === "half a record") {
    const record = Buffer.alloc(HEADER_BYTES + random.between(1, RECORD.writtenAtMost), 0x5a);
    record.writeUInt16LE(RECORD.says, 4);
    record[6] = 1;
    appendFileSync(path, record);
    return;
  }
  const log = readFileSync(path);
  if (how === "the last page") {
    // What an earlier life had written stays: it was on the disk long ago.
    log.fill(0, Math.max(from, Math.floor((bytes - 1) / PAGE_BYTES) * PAGE_BYTES));
    writeFileSync(path, log);
    return;
  }
  const records = recordsOf(log);
  const young = records.filter(({ at }) => at >= from);
  const first = records.length - young.length + random.below(Math.max(1, young.length - RECORDS_AT_MOST));
  writeFileSync(path, logOf(records.toSpliced(first, random.between(1, RECORDS_AT_MOST))));
}

async function run(context: FaultContext): Promise<FaultReport> {
  const random = new Random(context.seed);
  const lives = context.short ? LIVES.short : LIVES.long;
  const failures: string[] = [];
  const expectations = new Expectations();
  const readyMs: number[] = [];
  const site = await openSite();
  const profile = await newProfile("torn-log");
  let life = 0;
  try {
    const first = await FaultBrowser.start(profile.path, site);
    await first.open({ startMs: BEGIN_MS });
    await first.call("setUp");
    const people = await first.call("addPeople", PEOPLE);
    await first.kill();
    let before = lastLog(profile.path);
    let what: Tear | "nothing" = "nothing";
    for (; failures.length === 0; life++) {
      const browser = await FaultBrowser.start(profile.path, site);
      try {
        const opened = await browser.open({ startMs: BEGIN_MS + (life + 1) * DAY_MS });
        readyMs.push(opened.readyMs);
        const wrong = expectations.compare(await browser.call("audit"));
        failures.push(...wrong.map((line) => `life ${life + 1} after ${what}: ${line}`));
        if (life === lives) break;
        await browser.call("act", "punching", people);
        await browser.acknowledgedAtLeast(random.between(1, PUNCHES_AT_MOST));
        if (browser.failures.length > 0) failures.push(`life ${life + 1} after ${what}: ${browser.failures[0] ?? ""}`);
      } catch (error) {
        failures.push(`life ${life + 1} after ${what}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
      } finally {
        await browser.kill();
      }
      expectations.take(browser);
      const log = lastLog(profile.path);
      const how = TEARS[life % TEARS.length] ?? TEARS[0];
      what = how;
      tear(log, log.path === before.path ? before.bytes : 0, how, random);
      before = lastLog(profile.path);
    }
    return { n: life, failures, figures: { acknowledged: expectations.acknowledged, "ready ms at worst": Math.round(Math.max(0, ...readyMs)) } };
  } finally {
    await site.close();
    await profile.remove();
  }
}

export default {
  name: "torn-log",
  holds: "the log of the punches' database that is torn or loses pages or records, start after start, costs no acknowledged punch, request or file",
  run,
} satisfies FaultTest;
