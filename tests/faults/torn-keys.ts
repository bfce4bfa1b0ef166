import { appendFileSync, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import { newProfile } from "../support/browser.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const LIVES = { short: 8, long: 80 };
const PEOPLE = 3;
const BEGIN_MS = Date.UTC(2026, 2, 2);
/** A life ends so long after its start at most, milliseconds: some before what a start does in the background is done. */
const ENDS_WITHIN_MS = 1_500;
/** A LevelDB record that says it is so long, and its beginning. */
const RECORD = { says: 200, writtenAtMost: 100 };
const HEADER_BYTES = 7;
/** Buckets by the order in which they are made: punches, the default one, the second copy of the log. They are not torn here. */
const OTHERS: ReadonlySet<string> = new Set(["1", "2", "3"]);

/** As a power cut leaves the log that was written last: with the beginning of a record that was not wholly written. */
function tearLast(profile: string, random: Random): string {
  const root = join(profile, "Default", "WebStorage");
  const logs = readdirSync(root)
    .filter((bucket) => /^\d+$/.test(bucket) && !OTHERS.has(bucket))
    .map((bucket) => join(root, bucket, "IndexedDB", "indexeddb.leveldb"))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".log")).map((name) => join(folder, name)))
    .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
  const last = logs.at(-1);
  if (last === undefined) throw new Error("there is no log");
  const record = Buffer.alloc(HEADER_BYTES + random.between(1, RECORD.writtenAtMost), 0x5a);
  record.writeUInt16LE(RECORD.says, 4);
  record[6] = 1;
  appendFileSync(last, record);
  return last.slice(root.length + 1);
}

async function run(context: FaultContext): Promise<FaultReport> {
  const random = new Random(context.seed);
  const lives = context.short ? LIVES.short : LIVES.long;
  const failures: string[] = [];
  const site = await openSite();
  const profile = await newProfile("torn-keys");
  let life = 0;
  let turned = 0;
  let added = PEOPLE;
  try {
    const first = await FaultBrowser.start(profile.path, site);
    await first.open({ startMs: BEGIN_MS });
    await first.call("setUp");
    await first.call("addPeople", PEOPLE);
    await first.call("turn");
    await first.kill();
    for (; life < lives && failures.length === 0; life++) {
      const torn = tearLast(profile.path, random);
      const browser = await FaultBrowser.start(profile.path, site);
      try {
        const opened = await browser.open({ startMs: BEGIN_MS + (life + 1) * 86_400_000 });
        const { problems, quarantined } = await browser.call("audit");
        const wrong = [...problems, ...quarantined];
        if (opened.people.length < added) wrong.push(`${added} people were there and ${opened.people.length} are`);
        failures.push(...wrong.map((line) => `life ${life + 1} after ${torn}: ${line}`));
        added = opened.people.length;
        const ends = new Promise((resolve) => setTimeout(resolve, random.below(ENDS_WITHIN_MS)));
        if (random.chance(0.5)) {
          await browser.call("turn");
          turned++;
        } else {
          // What it comes to is not heard of any more when the browser is killed first.
          await Promise.race([ends, browser.call("turn").catch(() => ends)]);
        }
      } catch (error) {
        failures.push(`life ${life + 1} after ${torn}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`);
      } finally {
        await browser.kill();
      }
    }
    return { n: life, failures, figures: { turned } };
  } finally {
    await site.close();
    await profile.remove();
  }
}

export default {
  name: "torn-keys",
  holds: "the log of a key store that ends in a torn record, start after start, costs no keys",
  run,
} satisfies FaultTest;
