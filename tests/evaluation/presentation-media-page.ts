/** Where ffmpeg is missing, the browser itself decodes what it can. */

/** The picture itself in the middle, and a blurred enlargement of it where the shape differs. */
const BLUR_PX = 24;

/** How long a clip lasts, milliseconds; null when the browser cannot play it. */
export async function mediaDuration(url: string): Promise<number | null> {
  const video = await load(url);
  return video === null ? null : Math.round(video.duration * 1000);
}

/** Frames of a clip at the given times, or the one of a still at each of them. Rejects when the browser cannot decode it. */
export async function* mediaFrames(url: string, still: boolean, fromMs: number, atMs: readonly number[], width: number, height: number): AsyncIterable<OffscreenCanvas> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no 2D context");
  const picture = still ? await createImageBitmap(await (await fetch(url)).blob()) : null;
  const video = still ? null : await load(url);
  const source = picture ?? video;
  if (source === null) throw new Error("the browser cannot decode it");
  const size = source instanceof ImageBitmap ? source : { width: source.videoWidth, height: source.videoHeight };
  for (const at of atMs) {
    if (video !== null) await seek(video, (fromMs + at) / 1000);
    const draw = (scale: number): void => context.drawImage(source, (width - size.width * scale) / 2, (height - size.height * scale) / 2, size.width * scale, size.height * scale);
    context.filter = `blur(${String(BLUR_PX)}px)`;
    draw(1.1 * Math.max(width / size.width, height / size.height));
    context.filter = "none";
    draw(Math.min(width / size.width, height / size.height));
    yield canvas;
  }
}

function load(url: string): Promise<HTMLVideoElement | null> {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  return new Promise((resolve) => {
    video.addEventListener("loadeddata", () => resolve(Number.isFinite(video.duration) ? video : null), { once: true });
    video.addEventListener("error", () => resolve(null), { once: true });
    video.src = url;
  });
}

function seek(video: HTMLVideoElement, second: number): Promise<void> {
  return new Promise((resolve, reject) => {
    video.addEventListener("seeked", () => resolve(), { once: true });
    video.addEventListener("error", () => reject(new Error("the browser cannot decode it")), { once: true });
    video.currentTime = second;
  });
}
