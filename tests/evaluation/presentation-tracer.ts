import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Page, Route } from "playwright";
import type { Harness } from "./harness.ts";
import { decodeWithFfmpeg, FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from "./presentation-decode.ts";
import type { DecodedFrames } from "./presentation-decode.ts";
import type { Presentation } from "./presentation-files.ts";
import type { PresentationTrace } from "./presentation-trace.ts";

declare const harness: Harness;

const FRAMES = "/presentation-frames";
/** Frames nearer to each other than this are left out: 15 a second, as on a slow tablet, where blinks are seen worst. */
const LEAST_GAP_MS = 64;
/** One sample at a time is judged at the kiosk; this is what that takes on a slow tablet. */
const SAMPLE_EVERY_MS = 190;
/** A still picture changes nothing: it is shown less often and for less long. */
const STILL = { durationMs: 5_000, frameMs: 100, sampleEveryMs: 300 } as const;

/** Shows presentations to the application's own workers in the page. What they said of each is kept on disk. */
export class Tracer {
  readonly #page: Page;
  readonly #folder: string;
  #frames: Uint8Array = new Uint8Array();

  private constructor(page: Page, folder: string) {
    this.#page = page;
    this.#folder = folder;
  }

  /** @param folder of what was traced before; its name must change with what computes */
  static async on(page: Page, folder: string): Promise<Tracer> {
    const tracer = new Tracer(page, folder);
    await page.route(`**${FRAMES}?*`, (route) => tracer.#serve(route));
    return tracer;
  }

  async trace(presentation: Presentation): Promise<PresentationTrace> {
    const { path, fromMs, mostMs, kind } = presentation;
    const stored = storedTrace(this.#folder, presentation);
    if (stored !== null) return stored;
    const file = traceFile(this.#folder, presentation);
    const decoded = await decodeWithFfmpeg(path, { fromMs, mostMs, leastGapMs: LEAST_GAP_MS });
    const trace = await this.#show(kind === "still" ? held(decoded) : decoded, kind === "still" ? STILL.sampleEveryMs : SAMPLE_EVERY_MS);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, gzipSync(JSON.stringify(trace)));
    renameSync(`${file}.part`, file);
    return trace;
  }

  async #show({ atMs, data }: DecodedFrames, sampleEveryMs: number): Promise<PresentationTrace> {
    this.#frames = data;
    return this.#page.evaluate((options) => harness.tracePresentation(options), { url: FRAMES, atMs, width: FRAME_WIDTH, height: FRAME_HEIGHT, sampleEveryMs });
  }

  async #serve(route: Route): Promise<void> {
    const query = new URL(route.request().url()).searchParams;
    const stored = this.#frames.length / FRAME_BYTES;
    // Every frame of a still is its first.
    const from = stored === 1 ? 0 : Number(query.get("from"));
    const count = stored === 1 ? 1 : Number(query.get("count"));
    await route.fulfill({ contentType: "application/octet-stream", body: Buffer.from(this.#frames.subarray(from * FRAME_BYTES, (from + count) * FRAME_BYTES)) });
  }
}

/** What was traced before; null when it was not. */
export function storedTrace(folder: string, presentation: Presentation): PresentationTrace | null {
  const file = traceFile(folder, presentation);
  return existsSync(file) ? (JSON.parse(gunzipSync(readFileSync(file)).toString()) as PresentationTrace) : null;
}

function traceFile(folder: string, { digest, fromMs, mostMs, kind }: Presentation): string {
  const key = createHash("sha256").update(JSON.stringify([digest, fromMs, mostMs, kind, LEAST_GAP_MS, SAMPLE_EVERY_MS, STILL])).digest("hex").slice(0, 32);
  return join(folder, `${key}.json.gz`);
}

function held({ data }: DecodedFrames): DecodedFrames {
  const atMs = Array.from({ length: data.length === 0 ? 0 : STILL.durationMs / STILL.frameMs }, (_, index) => index * STILL.frameMs);
  return { atMs, data };
}
