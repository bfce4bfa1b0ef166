import type { PracticeAction } from "./motion.ts";
import type { PracticeReply, PracticeRequest } from "./protocol.ts";
import { FRAME_HEIGHT, FRAME_RATE, FRAME_WIDTH } from "./scene.ts";

/** A moving picture in place of a camera. Whoever has it stops it. */
export interface PracticeCamera {
  /** 640 x 480 at 30 frames a second. */
  readonly stream: MediaStream;
  /** Asks the person in the picture to do something, until something else is asked or `rest`. */
  perform(action: PracticeAction): void;
  stop(): void;
}

/** Frames made elsewhere, as a track: Chromium's own way, with no work for the page. */
interface TrackGenerator extends MediaStreamTrack {
  readonly writable: WritableStream<VideoFrame>;
}

/**
 * A person who comes near, looks about, breathes, blinks and leaves again: a portrait in the public domain, turned in
 * depth over its landmark mesh. Rejects when the picture cannot be loaded.
 */
export async function createPracticeCamera(): Promise<PracticeCamera> {
  const worker = new Worker(new URL("./practice.worker.ts", import.meta.url), { type: "module", name: "practice-picture" });
  const output = createOutput();
  const assets = new URL(`${import.meta.env.BASE_URL}assets/practice/`, location.href).href;
  const send = (request: PracticeRequest, transferred: Transferable[] = []): void => worker.postMessage(request, transferred);
  const stop = (): void => {
    worker.terminate();
    for (const track of output.stream.getTracks()) track.stop();
  };
  const started = new Promise<void>((resolve, reject) => {
    worker.addEventListener("error", (event) => reject(new Error(event.message)));
    worker.addEventListener("message", ({ data }: MessageEvent<PracticeReply>) => {
      if (data.kind === "started") resolve();
      else if (data.kind === "failed") reject(new Error(data.detail));
      else output.show?.(data.pixels);
    });
  });
  send({ kind: "start", assets, ...(output.frames === undefined ? {} : { frames: output.frames }) }, output.frames === undefined ? [] : [output.frames]);
  try {
    await started;
  } catch (error) {
    stop();
    throw error;
  }
  return { stream: output.stream, perform: (action) => send({ kind: "perform", action }), stop };
}

interface Output {
  readonly stream: MediaStream;
  readonly frames?: WritableStream<VideoFrame>;
  readonly show?: (pixels: ArrayBuffer) => void;
}

function createOutput(): Output {
  const { MediaStreamTrackGenerator: Generator } = globalThis as { readonly MediaStreamTrackGenerator?: new (options: { kind: "video" }) => TrackGenerator };
  if (Generator !== undefined) {
    const track = new Generator({ kind: "video" });
    return { stream: new MediaStream([track]), frames: track.writable };
  }
  const canvas = document.createElement("canvas");
  canvas.width = FRAME_WIDTH;
  canvas.height = FRAME_HEIGHT;
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("no 2D context");
  return {
    stream: canvas.captureStream(FRAME_RATE),
    show: (pixels) => context.putImageData(new ImageData(new Uint8ClampedArray(pixels), FRAME_WIDTH, FRAME_HEIGHT), 0, 0),
  };
}
