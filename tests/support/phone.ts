import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { Secret, TOTP } from "otpauth";

const STEP_MS = 30_000;
/** What is left of a step when the code of the one before may still be used: the app takes a moment to look at it. */
const MARGIN_MS = 10_000;
/** Longest wait for a code that was not used yet. */
const PATIENCE_MS = 2 * STEP_MS;

interface Account {
  readonly secret: string;
  readonly lastStep: number;
}

const folders = new WeakMap<BrowserContext, string>();

/** Lays the phone of whoever administers a tablet beside its profile, so that a copy of the tablet has a copy of the phone. */
export function layPhone(context: BrowserContext, profile: string): void {
  folders.set(context, join(profile, "phone.json"));
}

/** The authenticator app of the people who sign in to a tablet, by their names. */
export class Phone {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @param secret base32, with or without spaces */
  takeIn(name: string, secret: string): void {
    this.#keep(name, { secret: secret.replace(/\s/g, ""), lastStep: 0 });
  }

  knows(name: string): boolean {
    return name in this.#accounts;
  }

  /**
   * A code that was not used yet. The app takes those of the step before, the present and the next one, each once and in
   * their order: with the earliest first, three sign-ins in a row need no wait.
   */
  async code(name: string): Promise<string> {
    const account = this.#accounts[name];
    if (account === undefined) throw new Error(`${name} has no second factor`);
    const next = async (): Promise<number | null> => {
      // By the tablet's clock, which tests set.
      const now = await this.#page.evaluate(() => Date.now());
      const present = Math.floor(now / STEP_MS);
      const earliest = STEP_MS - (now % STEP_MS) > MARGIN_MS ? present - 1 : present;
      const step = Math.max(account.lastStep + 1, earliest);
      return step <= present + 1 ? step : null;
    };
    await expect.poll(next, { timeout: PATIENCE_MS, intervals: [500] }).not.toBeNull();
    const step = await next();
    if (step === null) throw new Error("the tablet's clock went back");
    this.#keep(name, { ...account, lastStep: step });
    return new TOTP({ secret: Secret.fromBase32(account.secret) }).generate({ timestamp: step * STEP_MS });
  }

  get #file(): string {
    const file = folders.get(this.#page.context());
    if (file === undefined) throw new Error("this browser was not started as a tablet");
    return file;
  }

  get #accounts(): Readonly<Record<string, Account>> {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, "utf8")) as Record<string, Account>) : {};
  }

  #keep(name: string, account: Account): void {
    writeFileSync(this.#file, JSON.stringify({ ...this.#accounts, [name]: account }));
  }
}
