import { cp } from "node:fs/promises";
import { expect, test as base } from "@playwright/test";
import type { TabletOptions } from "./browser.ts";
import { newProfile, Tablet } from "./browser.ts";
import type { ClipName } from "./clips/clips.ts";
import { prepareClips } from "./clips/clips.ts";
import { ADA, EnrolmentPage, SetupPage } from "./pages.ts";
import type { Server } from "./servers.ts";
import { freePort, servedApp, startApp } from "./servers.ts";

/** A tablet's profile on which Ada is enrolled with the portrait's face and has a PIN. */
export interface Enrolled {
  readonly pin: string;
  /** Puts a copy of it into an empty folder. */
  copyTo(profile: string): Promise<void>;
}

export interface TestFixtures {
  /** An empty profile folder, gone after the test. */
  readonly profile: string;
  /** Starts a tablet that is closed after the test, which fails when anything in it asked for another host. */
  readonly startTablet: (options: Omit<TabletOptions, "profile" | "origin"> & Partial<TabletOptions>) => Promise<Tablet>;
}

export interface WorkerFixtures {
  /** Folder of the built app. */
  readonly dist: string;
  /** Clips to have ready; all of them when it is not said. */
  readonly clipNames: readonly ClipName[] | undefined;
  readonly app: Server;
  readonly clips: Readonly<Record<ClipName, string>>;
  readonly enrolled: Enrolled;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  dist: [servedApp(), { option: true, scope: "worker" }],
  clipNames: [undefined, { option: true, scope: "worker" }],
  app: [
    async ({ dist }, use) => {
      const app = await startApp(await freePort(), dist);
      await use(app);
      await app.stop();
    },
    { scope: "worker" },
  ],
  clips: [async ({ clipNames }, use) => use(await prepareClips(clipNames)), { scope: "worker" }],
  enrolled: [
    async ({ app, clips }, use) => {
      const profile = await newProfile("enrolled");
      const tablet = await Tablet.start({ clip: clips["portrait-enrols"], origin: app.origin, profile: profile.path });
      const setup = new SetupPage(tablet.page);
      await setup.run(app.origin);
      await setup.addPerson(ADA);
      const enrolment = new EnrolmentPage(tablet.page);
      await enrolment.agree();
      await expect(enrolment.enrolled).toBeVisible({ timeout: 90_000 });
      const pin = await enrolment.issuePin();
      await enrolment.finish();
      await setup.openKiosk();
      await tablet.close();
      await use({ pin, copyTo: (path) => cp(profile.path, path, { recursive: true }) });
      await profile.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  profile: async ({ browserName }, use) => {
    const profile = await newProfile(browserName);
    await use(profile.path);
    await profile.remove();
  },
  startTablet: async ({ app, profile }, use) => {
    const tablets: Tablet[] = [];
    await use(async (options) => {
      const tablet = await Tablet.start({ origin: app.origin, profile, ...options });
      tablets.push(tablet);
      return tablet;
    });
    for (const tablet of tablets) await tablet.close();
    expect(tablets.flatMap(({ strayRequests }) => strayRequests)).toEqual([]);
    expect(tablets.flatMap(({ errors }) => errors)).toEqual([]);
  },
});

export { expect };
