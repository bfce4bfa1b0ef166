import { releaseProxy, transfer } from "comlink";
import type { FaceSample, FrameReport, LandmarkFailure, LandmarkInfo, LandmarkMemory, LandmarkWorker } from "../../src/contracts/landmark.ts";
import { meanLuma } from "../../src/domain/biometrics/pixels.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { failure } from "../../src/domain/errors.ts";
import type { Result } from "../../src/domain/result.ts";
import { err, ok } from "../../src/domain/result.ts";
import { FaceGraph } from "./face-graph.ts";
import type { GraphSource } from "./face-graph.ts";
import { FaceTracker } from "./face-tracker.ts";
import { FramePixels } from "./frame-pixels.ts";
import { RecycledGraph } from "./recycled-graph.ts";
import { measureFace, takeSample } from "./measure.ts";

/** The light of the whole frame is taken from every eighth pixel of every eighth row. */
const LUMA_STRIDE = 8;

/** A graph that fails this often in a row is given up. */
const MOST_FAILURES = 3;

type OnReport = ((report: FrameReport) => void | Promise<void>) & { readonly [releaseProxy]?: () => void };

export class LandmarkService implements LandmarkWorker {
  readonly #pixels = new FramePixels();
  #source: GraphSource | undefined;
  #video: RecycledGraph<FaceGraph> | undefined;
  #still: FaceGraph | undefined;
  #tracker = new FaceTracker();
  /** From this worker's clock to the page's. */
  #clockOffsetMs = 0;
  #frame = 0;
  #sampleWanted = false;
  #sampleFor: RecogniserProfile | undefined;
  #failures = 0;
  #reader: ReadableStreamDefaultReader<VideoFrame> | undefined;

  async open({ wasmBase, modelUrl, timeOrigin }: { wasmBase: string; modelUrl: string; timeOrigin: number }): Promise<Result<LandmarkInfo, LandmarkFailure>> {
    const startedAt = performance.now();
    this.#clockOffsetMs = performance.timeOrigin - timeOrigin;
    try {
      const response = await fetch(new URL(modelUrl, self.location.href));
      if (!response.ok) return err(failure("landmark/load-failed", `model: HTTP ${response.status}`));
      const source: GraphSource = { wasmBase: new URL(wasmBase, self.location.href).href, model: new Uint8Array(await response.arrayBuffer()) };
      this.#closeGraphs();
      this.#source = source;
      this.#video = new RecycledGraph(() => FaceGraph.load(source, "VIDEO"));
      await this.#video.ready();
      return ok({ loadMs: performance.now() - startedAt });
    } catch (error) {
      return err(failure("landmark/load-failed", describe(error)));
    }
  }

  async track(frames: ReadableStream<VideoFrame>, onReport: OnReport): Promise<Result<void, LandmarkFailure>> {
    await this.stop();
    const reader = frames.getReader();
    this.#reader = reader;
    this.#tracker = new FaceTracker();
    let acknowledged: void | Promise<void> = undefined;
    try {
      for (;;) {
        const { done, value: frame } = await reader.read();
        if (done) return ok();
        const report = await this.#look(frame, this.#now());
        if (!report.ok) {
          if (++this.#failures >= MOST_FAILURES) return report;
          continue;
        }
        this.#failures = 0;
        // A page that is busy is not buried in reports: one at most is on its way.
        await acknowledged;
        acknowledged = onReport(transfer(report.value, buffersOf(report.value)));
      }
    } catch (error) {
      return err(failure("landmark/graph-failed", describe(error)));
    } finally {
      await reader.cancel().catch(() => undefined);
      if (this.#reader === reader) this.#reader = undefined;
      onReport[releaseProxy]?.();
    }
  }

  async push(frame: VideoFrame | ImageBitmap, capturedAtMs: number): Promise<Result<FrameReport, LandmarkFailure>> {
    const report = await this.#look(frame, capturedAtMs);
    return report.ok ? transfer(report, buffersOf(report.value)) : report;
  }

  requestSample(profile?: RecogniserProfile): void {
    this.#sampleWanted = true;
    this.#sampleFor = profile;
  }

  async analyse(picture: ImageBitmap): Promise<Result<FrameReport & { readonly sample: FaceSample }, LandmarkFailure>> {
    const startedAt = performance.now();
    try {
      if (!this.#source) return err(failure("landmark/load-failed", "not open"));
      // Pixels of its own: a frame being followed at the same time must not be written over.
      const pixels = await new FramePixels().read(picture);
      this.#still ??= await FaceGraph.load(this.#source, "IMAGE");
      const detected = this.#still.detect(pixels, 0);
      const [first, second] = detected;
      if (!first) return err(failure("landmark/no-face"));
      if (second) return err(failure("landmark/several-faces", `${detected.length} faces`));
      const measured = measureFace(pixels, first);
      const capturedAtMs = this.#now();
      const sample = takeSample(pixels, measured, 0, capturedAtMs);
      const report = {
        frame: 0,
        capturedAtMs,
        processedMs: performance.now() - startedAt,
        width: pixels.width,
        height: pixels.height,
        luma: meanLuma(pixels, LUMA_STRIDE),
        faces: [{ ...measured.face, trackId: 0 }],
        sample,
      };
      return transfer(ok(report), buffersOf(report));
    } catch (error) {
      this.#still?.close();
      this.#still = undefined;
      return err(failure("landmark/graph-failed", describe(error)));
    }
  }

  async stop(): Promise<void> {
    this.#sampleWanted = false;
    await this.#reader?.cancel().catch(() => undefined);
  }

  memory(): LandmarkMemory {
    return { wasmBytes: (this.#video?.wasmBytes ?? 0) + (this.#still?.wasmBytes ?? 0), frames: this.#pixels.frames };
  }

  async #look(frame: VideoFrame | ImageBitmap, capturedAtMs: number): Promise<Result<FrameReport, LandmarkFailure>> {
    const startedAt = performance.now();
    try {
      const pixels = await this.#pixels.read(frame);
      if (!this.#video) return err(failure("landmark/load-failed", "not open"));
      const detected = (await this.#video.ready()).detect(pixels, capturedAtMs);
      this.#video.looked(detected.length, capturedAtMs);
      const measured = detected
        .map((face) => measureFace(pixels, face))
        .sort((one, other) => other.box.width * other.box.height - one.box.width * one.box.height);
      const trackIds = this.#tracker.assign(measured.map(({ box }) => box), capturedAtMs);
      const [largest] = measured;
      const wanted = this.#sampleWanted && largest !== undefined;
      if (wanted) this.#sampleWanted = false;
      return ok({
        frame: ++this.#frame,
        capturedAtMs,
        width: pixels.width,
        height: pixels.height,
        luma: meanLuma(pixels, LUMA_STRIDE),
        faces: measured.map(({ face }, index) => ({ ...face, trackId: trackIds[index] ?? 0 })),
        ...(wanted ? { sample: takeSample(pixels, largest, trackIds[0] ?? 0, capturedAtMs, this.#sampleFor) } : {}),
        processedMs: performance.now() - startedAt,
      });
    } catch (error) {
      // What the graph keeps from frame to frame cannot be trusted now; the next frame makes a new one.
      this.#video?.discard();
      return err(failure("landmark/graph-failed", describe(error)));
    }
  }

  #closeGraphs(): void {
    this.#video?.close();
    this.#still?.close();
    this.#video = undefined;
    this.#still = undefined;
  }

  #now(): number {
    return performance.now() + this.#clockOffsetMs;
  }
}

/** What moves to the page instead of being copied. */
function buffersOf({ faces, sample }: FrameReport): Transferable[] {
  const buffers = faces.map(({ landmarks }) => landmarks.buffer);
  if (sample) buffers.push(sample.aligned112.buffer, sample.aligned150.buffer, sample.padNear.buffer, sample.padFar.buffer);
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
}
