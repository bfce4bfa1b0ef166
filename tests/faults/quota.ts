import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Core } from "../../src/adapters/storage/core.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { FaultBrowser } from "./profile.ts";
import { openSite } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const START_MS = Date.UTC(2026, 2, 2, 0, 30);
const SEGMENT = 64 * 1024;
/** Of the first copy; its own empty database takes less than a tenth of it. */
const FIRST_BYTES = 3 * 1024 * 1024;
/** Two segments and no third, with what the browser counts beside the files. */
const SECOND_BYTES = 2.5 * SEGMENT;
const PLENTY = 1024 * 1024 * 1024;
/** How often the writes are tried, each time with the disk as full as the round before left it. */
const ROUNDS = { short: 1, long: 10 };

type Copy = "first" | "second";

/** What one write came to on the full disk. */
interface Tried {
  readonly write: string;
  /** Kind of the failure; null where there was room for it after all. */
  readonly refused: string | null;
  /** What was there in part afterwards. */
  readonly half: readonly string[];
}

/** In the page. Fills one copy until nothing fits, then tries every write, and counts rows before and after each. */
async function tryWrites([copy, people]: readonly [Copy, readonly string[]]): Promise<readonly Tried[]> {
  const { core } = globalThis as unknown as { readonly core: Core };
  const faults = (globalThis as unknown as { readonly faults: { pass(ms: number): void } }).faults;
  const { database } = core;
  const person = people[0] as PersonId;
  let named = 1_000;
  const input = (): { employeeNumber: string; name: string; department: string; employmentType: "intern" } => ({ employeeNumber: `Q${named++}`, name: "Late", department: "", employmentType: "intern" });
  const punch = async (): Promise<{ readonly ok: boolean }> => {
    faults.pass(600_000);
    return core.ledger.punch({ personId: person, method: "pin" });
  };
  const fillFirst = async (): Promise<void> => {
    for (const size of [60_000, 4_000, 200]) {
      for (;;) {
        try {
          await database.sync.put({ key: `filler-${crypto.randomUUID()}`, value: crypto.getRandomValues(new Uint8Array(size)) });
        } catch {
          break;
        }
      }
    }
  };
  const roster = await core.people.preview(new Blob(["number,name,department,employment type\nI1,One,,intern\nI2,Two,,intern\n"]));
  const writes: Readonly<Record<string, () => Promise<{ readonly ok: boolean; readonly error?: { readonly kind: string } }>>> = {
    direction: async () => {
      const last = core.store.standing(person).latest?.punch;
      return last ? core.ledger.changeDirection(last) : { ok: false, error: { kind: "no punch" } };
    },
    punch,
    attempt: () => core.ledger.attempt("no-candidate"),
    "add a person": () => core.people.add(input()),
    "change a person": () => core.people.update(person, input()),
    consent: () => core.people.giveConsent(people[1] as PersonId, `n${named++}`, "en"),
    "issue a PIN": () => core.people.issuePin(person),
    "import a roster": async () => (roster.ok ? core.people.importRoster(roster.value, () => undefined, new AbortController().signal) : { ok: false, error: { kind: "preview" } }),
    settings: () => core.setup.change({ helpContact: `desk ${named++}` }),
    "withdraw a consent": () => core.people.withdrawConsent(person),
  };
  const counts = async (): Promise<Readonly<Record<string, number>>> => {
    const tables = database.tables.filter(({ name }) => !["sync", "lockouts", "quarantine"].includes(name));
    const head = await database.meta.get("head");
    return {
      ...Object.fromEntries(await Promise.all(tables.map(async (table) => [table.name, await table.count()] as const))),
      head: head?.key === "head" ? head.seq : 0,
      held: core.store.length,
      people: core.store.people.size,
    };
  };
  await core.people.giveConsent(person, "before", "en");
  await punch();
  const tried: Tried[] = [];
  for (const [write, attempt] of Object.entries(writes)) {
    if (copy === "first") await fillFirst();
    else while ((await core.ledger.attempt("no-candidate")).ok);
    const before = await counts();
    const outcome = await attempt().catch((error: unknown) => ({ ok: false, error: { kind: `thrown: ${String(error)}` } }));
    const after = await counts();
    const half: string[] = [];
    if (!outcome.ok) for (const [name, count] of Object.entries(after)) if (count !== before[name]) half.push(`${name} ${before[name] ?? 0} -> ${count}`);
    if (after["log"] !== after["head"] || after["head"] !== after["held"]) half.push(`${after["log"] ?? 0} entries, head ${after["head"] ?? 0}, ${after["held"] ?? 0} in memory`);
    tried.push({ write, refused: outcome.ok ? null : (outcome.error?.kind ?? "?"), half });
  }
  await database.sync.clear();
  return tried;
}

export default {
  name: "quota",
  holds: "on a full disk every write is refused visibly, and leaves no half record in either copy",
  async run({ short, log }: FaultContext): Promise<FaultReport> {
    const site = await openSite();
    const failures: string[] = [];
    let n = 0;
    let refusals = 0;
    const profile = await mkdtemp(join(tmpdir(), "clockface-quota-"));
    try {
      const browser = await FaultBrowser.start(profile, site);
      try {
        for (let round = 0; round < (short ? ROUNDS.short : ROUNDS.long); round++) {
          for (const copy of ["first", "second"] as const) {
            const options = { prefix: `${copy}${round}-`, quotaBytes: copy === "first" ? FIRST_BYTES : PLENTY, journal: { segmentBytes: SEGMENT, spares: 1, quotaBytes: copy === "second" ? SECOND_BYTES : PLENTY } };
            await browser.open({ startMs: START_MS, ...options });
            await browser.call("setUp");
            const people = await browser.call("addPeople", 2);
            const tried = await browser.page.evaluate(tryWrites, [copy, people] as const);
            for (const { write, refused, half } of tried) {
              n++;
              if (refused !== null) refusals++;
              log(`${copy} copy full, ${write}: ${refused ?? "written"}`);
              if (refused !== null && !/full|failed|not-stored/.test(refused)) failures.push(`${copy} copy full, ${write}: ${refused}`);
              if (half.length > 0) failures.push(`${copy} copy full, ${write}: left ${half.join(", ")}`);
            }
            if (!tried.some(({ write, refused }) => write === "punch" && refused === "ledger/storage-full")) failures.push(`${copy} copy full: a punch was not refused for it`);
            await browser.call("close");
            // What was refused is not there after a start either, and the copies agree.
            await browser.open({ startMs: START_MS + 60 * 86_400_000, ...options });
            const audit = await browser.call("audit");
            for (const problem of audit.problems) failures.push(`${copy} copy full, after the next start: ${problem}`);
            if (audit.types.includes("data-loss")) failures.push(`${copy} copy full: the copies came apart`);
            await browser.call("close");
          }
        }
      } finally {
        await browser.close();
      }
    } finally {
      await site.close();
      await rm(profile, { recursive: true, force: true });
    }
    return { n, failures, figures: { refused: refusals } };
  },
} satisfies FaultTest;
