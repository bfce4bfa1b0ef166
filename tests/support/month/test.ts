import { cp } from "node:fs/promises";

import { newProfile, Tablet } from "../browser.ts";
import { test as base } from "../test.ts";
import { seedMonth } from "./seed.ts";
import { THIRTY } from "./thirty.ts";
import type { Seeded } from "./types.ts";

/** A tablet's profile on which thirty people have worked through October. */
export interface SeededTablet extends Seeded {
  /** Puts a copy of it into an empty folder. */
  copyTo(profile: string): Promise<void>;
}

export const test = base.extend<object, { readonly october: SeededTablet }>({
  october: [
    async ({ app }, use) => {
      const profile = await newProfile("october");
      const tablet = await Tablet.start({ clip: null, origin: app.origin, profile: profile.path });
      const seeded = await seedMonth(tablet.page, app.origin, THIRTY);
      await tablet.close();
      await use({ ...seeded, copyTo: (path) => cp(profile.path, path, { recursive: true }) });
      await profile.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

export { expect } from "../test.ts";
