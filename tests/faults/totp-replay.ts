import { withTabs } from "./identity-tabs.ts";
import { Random } from "./random.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const CASES = { short: 20, long: 1_000 };
const TABS = 3;
const START_MS = Date.UTC(2026, 2, 2, 0, 30);
const STEP_MS = 30_000;
/** Long enough for any lock to have been served, milliseconds. */
const LONG_MS = 16 * 60_000;

async function run({ seed, short, log }: FaultContext): Promise<FaultReport> {
  return withTabs(TABS, async (tabs) => {
    const random = new Random(seed);
    const failures: string[] = [];
    const prefix = `totp-${seed}-`;
    const [first] = tabs;
    if (!first) throw new Error("no tab");
    let realMs = 0;
    const born: number[] = [];
    const reading = (tab: number, wallMs: number): { readonly wallMs: number; readonly monoMs: number } => ({ wallMs, monoMs: 1_000 + realMs - (born[tab] ?? 0) });
    const wall = (): number => START_MS + realMs;
    const { secret } = await first.call("open", prefix, reading(0, wall()));
    if (secret === null) throw new Error("there was a site already");
    for (const [index, tab] of tabs.entries()) if (index > 0) await tab.call("open", prefix, reading(index, wall()));
    const cases = short ? CASES.short : CASES.long;
    let n = 0;
    /** @returns how many were let in */
    const tryAll = async (wallMs: number, code: string, those: readonly number[]): Promise<number> => {
      for (const index of those) await tabs[index]?.call("set", reading(index, wallMs));
      const outcomes = await Promise.all(those.flatMap((index) => tabs[index]?.call("signIn", code) ?? []));
      n += those.length;
      for (const outcome of outcomes) if (!["right", "session/wrong", "session/locked"].includes(outcome.kind)) failures.push(`case ${n}: ${outcome.kind}`);
      return outcomes.filter((outcome) => outcome.kind === "right").length;
    };
    const everywhere = tabs.map((_, index) => index);
    for (let turn = 1; turn <= cases && failures.length < 10; turn++) {
      realMs += LONG_MS;
      if (random.chance(0.2)) {
        const index = random.below(TABS);
        await tabs[index]?.load();
        born[index] = realMs;
        await tabs[index]?.call("open", prefix, reading(index, wall()));
        realMs += LONG_MS;
      }
      const code = await first.call("codeAt", secret, wall());
      const before = await first.call("lastStep");
      // A lock that another tab met is served there: who comes honestly comes in one tab and waits.
      let entered = await tryAll(wall(), code, everywhere);
      if (entered > 1) failures.push(`case ${n}: one code let ${entered} tabs in at once`);
      // The code again: at once, in the next step, and with the clock set back to the time it was good.
      entered += await tryAll(wall(), code, [random.below(TABS)]);
      realMs += STEP_MS;
      entered += await tryAll(wall(), code, [random.below(TABS)]);
      realMs += LONG_MS;
      entered += await tryAll(wall() - LONG_MS - STEP_MS, code, [random.below(TABS)]);
      // A code of an earlier step, at the time it was good.
      const earlier = wall() - random.between(2, 100) * LONG_MS;
      const old = await first.call("codeAt", secret, earlier);
      realMs += LONG_MS;
      const last = await first.call("lastStep");
      const replayed = await tryAll(earlier, old, [random.below(TABS)]);
      if (replayed > 0 && Math.floor(earlier / STEP_MS) < last) failures.push(`case ${n}: a clock that was set back let somebody in`);
      if (entered > 1) failures.push(`case ${n}: one code was good ${entered} times`);
      const after = await first.call("lastStep");
      if (after < before) failures.push(`case ${n}: the last step sank`);
      if (turn % 100 === 0) log(`${turn} codes`);
    }
    // The test is none if nobody ever came in.
    realMs += LONG_MS;
    for (let attempt = 0; attempt < 2; attempt++) {
      await tryAll(wall(), "000000", [0]);
      realMs += LONG_MS;
    }
    if ((await tryAll(wall(), await first.call("codeAt", secret, wall()), [0])) !== 1) failures.push("the right code, in time, did not let anybody in");
    return { n, failures };
  });
}

export default {
  name: "totp-replay",
  holds: "each code is good once, in one tab, and none of a clock that was set back",
  run,
} satisfies FaultTest;
