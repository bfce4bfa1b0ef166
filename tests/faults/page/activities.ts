import type { Activity, CoreOnPage, Told } from "./types.ts";

/** Punches between two of the other steps. */
const PUNCHES_BETWEEN = 3;

/** Goes on until the page is gone, it is told to rest, or something fails. */
export async function act(page: CoreOnPage, activity: Activity, people: readonly string[], stop: AbortSignal): Promise<void> {
  for (let turn = 0; !stop.aborted; turn++) {
    const personId = people[turn % people.length] ?? "";
    tell({ kind: "punch", punch: await page.punch(personId) });
    if (turn % PUNCHES_BETWEEN !== 0) continue;
    await step("file", undefined, () => page.file(personId));
    if (activity === "turning") await step("turn", undefined, () => page.turn());
    if (activity === "erasing") {
      await step("enrol", personId, () => page.enrol([personId]));
      await step("erase", personId, () => page.withdraw(personId));
    }
  }
}

/** Both ends are told: what was begun may be there after a cut or not, what was acknowledged must be. */
async function step(what: "turn" | "enrol" | "erase" | "file", personId: string | undefined, work: () => Promise<unknown>): Promise<void> {
  const of = personId === undefined ? { what } : { what, personId };
  tell({ kind: "begun", ...of });
  await work();
  tell({ kind: "done", ...of });
}

/** To the test's own process, at once: what this page remembers dies with it. */
export function tell(news: Told): void {
  (globalThis as unknown as { readonly told: (news: Told) => void }).told(news);
}
