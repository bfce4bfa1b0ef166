import type { Versions } from "./versions.ts";

/** Far longer than a page takes to come up on the slowest tablet. */
export const STARTS_WITHIN_S = 60;
/** Longer than the page gives its self-test; together within the five minutes that a browser lets a service worker work at one event. */
export const PROVES_WITHIN_S = 200;

/** A page that is open; only one in a window can be led to an address. */
interface OpenPage {
  readonly url: string;
  navigate?(url: string): Promise<unknown>;
}

interface TrialDependencies {
  readonly versions: Pick<Versions, "onTrial" | "silent">;
  readonly pages: { get(id: string): Promise<OpenPage | undefined> };
  /** Resolves a second later. Seconds are counted rather than looked up: a tablet that sleeps, sleeps with its page. */
  readonly second: () => Promise<void>;
}

/**
 * Watches over the pages of a version on trial: nobody may be there to reload one that stays blank. A page has to say
 * that it has come up, then that it works; when it does not, the version before is opened in its place.
 */
export class Trial {
  readonly #open = new Set<string>();
  readonly #up = new Set<string>();

  constructor(private readonly dependencies: TrialDependencies) {}

  /** The page has come up. */
  started(page: string): void {
    this.#up.add(page);
  }

  /** Resolves when the trial is over, or the page is gone. */
  async watch(page: string): Promise<void> {
    const { versions, pages, second } = this.dependencies;
    if (!(await versions.onTrial)) return;
    this.#open.add(page);
    for (let seconds = 0; seconds < (this.#up.has(page) ? PROVES_WITHIN_S : STARTS_WITHIN_S); seconds++) {
      await second();
      if (!(await versions.onTrial)) return;
    }
    // Closed, or opened anew: that one is watched by itself.
    if ((await pages.get(page)) === undefined) return;
    if (await versions.silent(this.#up.has(page) ? "says nothing" : "does not start")) await this.goBack();
  }

  /** Opens the version that is served now in the pages of the one that was given up. */
  async goBack(butNot?: string): Promise<void> {
    for (const id of this.#open) {
      const page = id === butNot ? undefined : await this.dependencies.pages.get(id);
      // A page that is just being closed cannot be led elsewhere.
      await page?.navigate?.(page.url).catch(() => null);
    }
    this.#open.clear();
  }
}
