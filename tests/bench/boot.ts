import { newProfile, Tablet } from "../support/browser.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { until } from "../support/until.ts";
import { median, rounded } from "./figures.ts";
import { readyAfter } from "./kiosk-page.ts";
import { seedStore, STORED_ENTRIES, STORED_PEOPLE } from "./seeded.ts";
import { startBenchServer } from "./server.ts";

const STARTS = 5;
/** Longest that fetching the whole app for use without a network takes. */
const INSTALL_MS = 180_000;

/** From the navigation to a kiosk that recognises, with no server, milliseconds. */
export interface BootFigures {
  readonly people: number;
  readonly entries: number;
  readonly ms: number;
  readonly worstMs: number;
  readonly n: number;
}

/** Enrols people in the app's own store in a profile on the disk, keeps the app there, cuts the line and starts again and again. */
export async function boot(progress: (text: string) => void): Promise<BootFigures> {
  const clips = await prepareClips(["portrait-still"]);
  const profile = await newProfile("boot");
  const server = await startBenchServer();
  const start = (): Promise<Tablet> => Tablet.start({ clip: clips["portrait-still"], origin: server.origin, profile: profile.path });
  try {
    progress(`seeded in ${await seedStore(server, profile.path, clips["portrait-still"])} s`);
    const first = await start();
    await readyAfter(first.page, server.origin);
    await until(first.page, async () => (await navigator.serviceWorker.ready).active?.state === "activated", undefined, { timeoutMs: INSTALL_MS });
    await first.close();
    await server.stop();
    const times: number[] = [];
    for (let turn = 0; turn < STARTS; turn++) {
      // A browser of its own each time: nothing is left in memory of the start before.
      const tablet = await start();
      times.push(await readyAfter(tablet.page, server.origin, STORED_PEOPLE));
      await tablet.close();
    }
    return { people: STORED_PEOPLE, entries: STORED_ENTRIES, ms: rounded(median(times)), worstMs: rounded(Math.max(...times)), n: times.length };
  } finally {
    await server.stop();
    await profile.remove();
  }
}
