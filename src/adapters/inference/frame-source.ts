/** Where frames of a video track come from, by what the browser can do. */
export type FrameSource =
  | { readonly kind: "stream"; readonly frames: ReadableStream<VideoFrame> }
  | { readonly kind: "callbacks"; readonly follow: (take: (frame: VideoFrame | ImageBitmap, capturedAtMs: number) => Promise<void>) => () => void };

/** Chromium has the processor on the page; the DOM library's types do not know it there. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorConstructor = new (init: { readonly track: MediaStreamTrack; readonly maxBufferSize: number }) => TrackProcessor;

function trackProcessor(): TrackProcessorConstructor | undefined {
  const { MediaStreamTrackProcessor: found } = globalThis as { readonly MediaStreamTrackProcessor?: TrackProcessorConstructor };
  return found;
}

/** The best way to this track's frames. The track stays the caller's. */
export function frameSource(track: MediaStreamTrack): FrameSource {
  const Processor = trackProcessor();
  // A buffer of one holds the latest frame: older ones are dropped where they are made.
  if (Processor) return { kind: "stream", frames: new Processor({ track, maxBufferSize: 1 }).readable };
  return { kind: "callbacks", follow: (take) => followVideo(track, take) };
}

/** Hands over a frame whenever the video shows a new one and the one before has been dealt with. */
function followVideo(track: MediaStreamTrack, take: (frame: VideoFrame | ImageBitmap, capturedAtMs: number) => Promise<void>): () => void {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  let stopped = false;
  const next = (): void => {
    if (!stopped) video.requestVideoFrameCallback((now) => void grab(now));
  };
  const grab = async (now: number): Promise<void> => {
    try {
      const frame = "VideoFrame" in globalThis ? new VideoFrame(video, { timestamp: Math.round(now * 1000) }) : await createImageBitmap(video);
      await take(frame, now);
    } catch {
      // A picture that could not be taken over: the video was stopped, or its source is gone. There may be another.
    } finally {
      next();
    }
  };
  next();
  void video.play().catch(() => undefined);
  return () => {
    stopped = true;
    video.pause();
    video.srcObject = null;
  };
}
