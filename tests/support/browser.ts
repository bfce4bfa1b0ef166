import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { findChromium } from "../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "./chromium-flags.ts";
import { layPhone } from "./phone.ts";

/** Longest wait for something to become operable. */
const ACTION_MS = 20_000;

export interface TabletOptions {
  /** Motion JPEG that the camera plays round and round; null for a tablet without a camera. */
  readonly clip: string | null;
  /** Where its app lives. */
  readonly origin: string;
  /** Other origins that it may speak to. */
  readonly mayAsk?: readonly string[];
  /** Keeps what the tablet knows from one start to the next. */
  readonly profile: string;
  readonly locale?: string;
  /** What the camera calls itself. The same for every clip when it is not said: a tablet has one camera, whatever it sees. */
  readonly cameraLabel?: string;
}

const CAMERA_LABEL = "Camera of the tablet";

/** A browser with a profile folder of its own, as a tablet at a door has. */
export class Tablet {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly #origins: ReadonlySet<string>;
  readonly #strayRequests: string[] = [];
  readonly #errors: string[] = [];

  private constructor(context: BrowserContext, page: Page, origins: readonly string[]) {
    this.context = context;
    this.page = page;
    this.#origins = new Set(origins);
    context.on("request", (request) => this.#check(request.url()));
    context.on("serviceworker", (worker) => this.#check(worker.url()));
    page.on("pageerror", (error) => this.#errors.push(error.message));
  }

  static async start(options: TabletOptions): Promise<Tablet> {
    const camera =
      options.clip === null
        ? ["--use-fake-device-for-media-stream=device-count=0", "--use-fake-ui-for-media-stream"]
        : ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${options.clip}`];
    const context = await chromium.launchPersistentContext(options.profile, {
      executablePath: findChromium(),
      headless: true,
      args: [...CHROMIUM_FLAGS, ...camera],
      viewport: { width: 1280, height: 800 },
      locale: options.locale ?? "en-GB",
      permissions: options.clip === null ? [] : ["camera"],
    });
    layPhone(context, options.profile);
    context.setDefaultTimeout(ACTION_MS);
    const page = context.pages()[0] ?? (await context.newPage());
    // Scripts of tests that tsx compiles call this helper of its.
    await page.addInitScript("globalThis.__name ??= (value) => value");
    await page.addInitScript(observeLongTasks);
    await page.addInitScript(nameCamera, options.cameraLabel ?? CAMERA_LABEL);
    return new Tablet(context, page, [options.origin, ...(options.mayAsk ?? [])]);
  }

  /** Addresses on other hosts that anything in this browser asked for. */
  get strayRequests(): readonly string[] {
    return this.#strayRequests;
  }

  /** Exceptions that nobody caught. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  /** Durations of the page's tasks of 50 ms and more since it was loaded, milliseconds. */
  async longTasks(): Promise<readonly number[]> {
    return this.page.evaluate(() => (globalThis as { readonly longTasks?: readonly number[] }).longTasks ?? []);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** As a power cut would: SIGKILL to the browser's main process, which takes its children along. */
  async kill(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.context.once("close", () => resolve()));
    process.kill(await this.#processId(), "SIGKILL");
    await closed;
  }

  async #processId(): Promise<number> {
    const browser = this.context.browser();
    const session = browser === null ? await this.context.newCDPSession(this.page) : await browser.newBrowserCDPSession();
    const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as { processInfo: readonly { readonly type: string; readonly id: number }[] };
    const main = processInfo.find(({ type }) => type === "browser");
    if (main === undefined) throw new Error("the browser names no main process");
    return main.id;
  }

  #check(address: string): void {
    const { origin, protocol } = new URL(address);
    if ((protocol === "http:" || protocol === "https:" || protocol === "ws:" || protocol === "wss:") && !this.#origins.has(origin)) this.#strayRequests.push(address);
  }
}

/** A folder for a tablet's profile, and how to be rid of it. The name is part of the folder's. */
export async function newProfile(name: string): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `clockface-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Runs in the page before anything else. */
function observeLongTasks(): void {
  const longTasks: number[] = [];
  Object.assign(globalThis, { longTasks });
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });
}

/** Runs in the page before anything else. Chromium names a camera that plays a file after the file. */
function nameCamera(label: string): void {
  Object.defineProperty(MediaStreamTrack.prototype, "label", { configurable: true, get: () => label });
}
