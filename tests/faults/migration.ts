import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { newProfile } from "../support/browser.ts";
import type { Audit } from "./page/types.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite, type Site } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const GOLDEN = join(import.meta.dirname, "..", "golden", "store-v1");
/** Origin of the profile: `http://localhost:41733`. */
const PORT = 41733;
const PASSPHRASE = "seven brass clocks on a wall";
const KILLS = { short: 3, long: 60 };
/** Longest from the page's start to the cut, milliseconds: beyond it the store is taken over on a slow machine too. */
const CUT_WITHIN_MS = 500;
const DAY_MS = 86_400_000;

interface Expected {
  readonly length: number;
  readonly endsAtMs: number;
  readonly people: readonly { readonly id: string; readonly number: string; readonly pin: string | null; readonly face: boolean }[];
  readonly punches: readonly { readonly seq: number; readonly receipt: string; readonly personId: string }[];
}

const expected = JSON.parse(readFileSync(join(GOLDEN, "expected.json"), "utf8")) as Expected;

/** A profile as the first form left it. */
async function firstProfile(): Promise<Awaited<ReturnType<typeof newProfile>>> {
  const profile = await newProfile("first-store");
  execFileSync("tar", ["xzf", join(GOLDEN, "profile.tar.gz"), "-C", profile.path]);
  return profile;
}

const openingOf = (browser: FaultBrowser): Promise<unknown> => browser.open({ startMs: expected.endsAtMs + DAY_MS, matcher: true });

/** What is missing of what was put in, or wrong with it. */
function compare({ problems, quarantined, punches, templates, people, types, epoch, length }: Audit): readonly string[] {
  const wrong = [...problems, ...quarantined];
  if (people !== expected.people.length) wrong.push(`${people} people of ${expected.people.length}`);
  const faces = expected.people.filter(({ face }) => face).map(({ id }) => id).sort();
  if ([...templates].sort().join() !== faces.join()) wrong.push(`${templates.length} templates of ${faces.length}`);
  const seen = new Map(punches.map((punch) => [punch.seq, punch]));
  for (const { seq, receipt, personId } of expected.punches) {
    const punch = seen.get(seq);
    if (punch?.receipt !== receipt || punch.personId !== personId) wrong.push(`punch ${seq} is not as it was`);
  }
  if (seen.size !== expected.punches.length) wrong.push(`${seen.size} punches of ${expected.punches.length}`);
  if (epoch < 2) wrong.push("the first keys are still in force");
  if (types.filter((type) => type === "epoch").length !== epoch - 1) wrong.push(`epoch ${epoch}, and the log speaks of it ${types.filter((type) => type === "epoch").length} times`);
  if (length <= expected.length) wrong.push(`the log has ${length} entries`);
  return wrong;
}

/** PINs, the passphrase and the next punch, as the people there would use them. */
async function use(browser: FaultBrowser): Promise<readonly string[]> {
  const wrong: string[] = [];
  const pins = expected.people.flatMap(({ id, number, pin }) => (pin === null ? [] : [{ id, number, pin }]));
  const opened = await browser.page.evaluate(async (tried) => {
    const { core } = globalThis as unknown as { readonly core: { readonly ledger: { verifyPin(number: string, pin: string): Promise<{ readonly ok: boolean; readonly value?: string }> } } };
    const ids: (string | null)[] = [];
    for (const { number, pin } of tried) ids.push((await core.ledger.verifyPin(number, pin)).value ?? null);
    return ids;
  }, pins);
  pins.forEach(({ id }, index) => {
    if (opened[index] !== id) wrong.push(`the PIN of person ${index + 1} does not open`);
  });
  const signedIn = await browser.page.evaluate(async (passphrase) => {
    const { core } = globalThis as unknown as { readonly core: { readonly sessions: { signIn(input: { readonly passphrase: string }): Promise<{ readonly ok: boolean; readonly error?: { readonly kind: string } }> } } };
    const answer = await core.sessions.signIn({ passphrase });
    return answer.ok ? "" : (answer.error?.kind ?? "refused");
  }, PASSPHRASE);
  if (signedIn !== "") wrong.push(`the passphrase does not open: ${signedIn}`);
  const [first] = pins;
  if (first) await browser.call("punch", first.id);
  const after = await browser.call("audit");
  wrong.push(...after.problems);
  if (after.punches.length !== expected.punches.length + 1) wrong.push("the next punch was not recorded");
  return wrong;
}

/** Starts the present version on the old profile, cuts it, and starts it again. */
async function cutAndCheck(site: Site, cutAfterMs: number | null): Promise<readonly string[]> {
  const profile = await firstProfile();
  try {
    if (cutAfterMs !== null) {
      const first = await FaultBrowser.start(profile.path, site);
      await first.page.goto(site.origin);
      await first.page.waitForFunction(() => "faults" in globalThis);
      // It is cut in the middle: what it says then is of no interest.
      first.call("open", { startMs: expected.endsAtMs + DAY_MS }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, cutAfterMs));
      await first.kill();
    }
    const browser = await FaultBrowser.start(profile.path, site);
    try {
      await openingOf(browser);
      const wrong = compare(await browser.call("audit"));
      return wrong.length > 0 || cutAfterMs !== null ? wrong : await use(browser);
    } finally {
      await browser.close();
    }
  } finally {
    await profile.remove();
  }
}

async function run(context: FaultContext): Promise<FaultReport> {
  const random = new Random(context.seed);
  const kills = context.short ? KILLS.short : KILLS.long;
  const site = await openSite(PORT);
  const failures: string[] = [];
  try {
    failures.push(...(await cutAndCheck(site, null)).map((line) => `whole: ${line}`));
    for (let kill = 0; kill < kills; kill++) {
      const cutAfterMs = random.below(CUT_WITHIN_MS);
      failures.push(...(await cutAndCheck(site, cutAfterMs)).map((line) => `cut after ${cutAfterMs} ms: ${line}`));
      if ((kill + 1) % 10 === 0) context.log(`${kill + 1} cuts`);
    }
  } finally {
    await site.close();
  }
  return { n: kills + 1, failures, figures: { entries: expected.length, people: expected.people.length } };
}

export default {
  name: "migration",
  holds: "a real store of the first form is taken over whole, people, PINs, faces, punches and passphrase; cut at any moment, the next start does it",
  run,
} satisfies FaultTest;
