import { releaseProxy, transfer, wrap } from "comlink";
import type { ReadBadges } from "../../app/ports/badges.ts";
import type { BadgeReaderWorker } from "../../contracts/badge-reader.ts";

/** Between two looks, milliseconds: a badge is held still for longer. */
const LOOK_EVERY_MS = 120;
/** Long side of what is looked at, pixels: enough for a badge that fills a quarter of the picture. */
const LONG_SIDE = 960;

/**
 * Looks for QR codes in the camera's picture until it is stopped. One worker lives as long as the looking: its memory goes
 * with it, and a decoder that hangs on a picture ends with the screen.
 */
export const readBadges: ReadBadges = (stream, found) => {
  const worker = new Worker(new URL("../../../workers/badge/worker.ts", import.meta.url), { type: "module", name: "badge" });
  const remote = wrap<BadgeReaderWorker>(worker);
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async (): Promise<void> => {
    const started = performance.now();
    try {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
        const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight));
        const frame = await createImageBitmap(video, { resizeWidth: Math.round(video.videoWidth * scale), resizeHeight: Math.round(video.videoHeight * scale) });
        const text = await remote.read(transfer(frame, [frame]));
        if (text !== null && !isStopped()) found(text);
      }
    } catch {
      // No picture at that moment: the next one is looked at.
    }
    if (!isStopped()) timer = setTimeout(() => void look(), Math.max(0, LOOK_EVERY_MS - (performance.now() - started)));
  };
  /** Asked anew after each wait. */
  const isStopped = (): boolean => stopped;

  void video.play().catch(() => undefined);
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    video.srcObject = null;
    remote[releaseProxy]();
    worker.terminate();
  };
};
