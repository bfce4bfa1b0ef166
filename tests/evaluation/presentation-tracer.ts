import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Page, Route } from "playwright";
import { EvaluationError } from "./errors.ts";
import type { Harness } from "./harness.ts";
import { decodeWithFfmpeg, FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH, frameTimes, hasFfmpeg } from "./presentation-decode.ts";
import type { Presentation } from "./presentation-files.ts";
import type { PresentationTrace, TraceOptions } from "./presentation-trace.ts";

declare const harness: Harness;

const FRAMES = "/presentation-frames";
const MEDIA = "/presentation-media";
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
  readonly #ffmpeg: boolean;
  #frames: Uint8Array = new Uint8Array();
  #media = "";

  private constructor(page: Page, folder: string) {
    this.#page = page;
    this.#folder = folder;
    this.#ffmpeg = hasFfmpeg();
  }

  /** @param folder of what was traced before; its name must change with what computes */
  static async on(page: Page, folder: string): Promise<Tracer> {
    const tracer = new Tracer(page, folder);
    await page.route(`**${FRAMES}?*`, (route) => tracer.#serve(route));
    await page.route(`**${MEDIA}?*`, (route) => route.fulfill({ path: tracer.#media }));
    return tracer;
  }

  /** Times of a clip's frames, milliseconds, or of its first and last where only the browser can tell. */
  async timesOf(path: string): Promise<readonly number[]> {
    if (this.#ffmpeg) return frameTimes(path);
    const duration = await this.#page.evaluate((url) => harness.mediaDuration(url), this.#offer(path));
    if (duration === null) throw new EvaluationError(`${path} cannot be played by the browser: install ffmpeg`);
    return [0, duration];
  }

  async trace(presentation: Presentation): Promise<PresentationTrace> {
    const stored = storedTrace(this.#folder, presentation);
    if (stored !== null) return stored;
    const file = traceFile(this.#folder, presentation);
    const trace = this.#ffmpeg ? await this.#decodeAndShow(presentation) : await this.#play(presentation);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.part`, gzipSync(JSON.stringify(trace)));
    renameSync(`${file}.part`, file);
    return trace;
  }

  async #decodeAndShow({ path, fromMs, mostMs, kind }: Presentation): Promise<PresentationTrace> {
    const { atMs, data } = await decodeWithFfmpeg(path, { fromMs, mostMs, leastGapMs: LEAST_GAP_MS });
    this.#frames = data;
    return this.#evaluate({ url: FRAMES, media: null, atMs: kind === "still" && atMs.length > 0 ? STILL_TIMES : atMs, ...sampling(kind) });
  }

  /** The browser's own decoder gives no times: frames are taken evenly. */
  async #play({ path, fromMs, mostMs, kind }: Presentation): Promise<PresentationTrace> {
    const times = kind === "still" ? [] : await this.timesOf(path);
    const lastMs = Math.min(mostMs, (times.at(-1) ?? 0) - fromMs);
    const atMs = kind === "still" ? STILL_TIMES : Array.from({ length: Math.ceil(lastMs / LEAST_GAP_MS) }, (_, index) => index * LEAST_GAP_MS);
    try {
      return await this.#evaluate({ url: this.#offer(path), media: { still: kind === "still", fromMs }, atMs, ...sampling(kind) });
    } catch (error) {
      throw new EvaluationError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #evaluate(options: TraceOptions): Promise<PresentationTrace> {
    return this.#page.evaluate((given) => harness.tracePresentation(given), options);
  }

  #offer(path: string): string {
    this.#media = path;
    return `${MEDIA}?${encodeURIComponent(path)}`;
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

const STILL_TIMES = Array.from({ length: STILL.durationMs / STILL.frameMs }, (_, index) => index * STILL.frameMs);

function sampling(kind: Presentation["kind"]): Pick<TraceOptions, "width" | "height" | "sampleEveryMs"> {
  return { width: FRAME_WIDTH, height: FRAME_HEIGHT, sampleEveryMs: kind === "still" ? STILL.sampleEveryMs : SAMPLE_EVERY_MS };
}
