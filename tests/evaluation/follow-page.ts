import { openRecogniser } from "./extract-page.ts";

/** What happened while a picture was followed. Times in milliseconds. */
export interface FollowResult {
  readonly frames: number;
  readonly withFace: number;
  readonly tracks: number;
  readonly processedMs: readonly number[];
  readonly padMs: readonly number[];
  readonly featuresMs: readonly number[];
  /** Of page and workers together; undefined where the browser does not tell. */
  readonly memoryBytes: number | undefined;
}

const SAMPLE_EVERY_MS = 500;

/** Follows a moving picture as a camera would show it and takes a sample twice a second, or when the one before is done. */
export async function follow(url: string, seconds: number): Promise<FollowResult> {
  const recogniser = openRecogniser();
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  const [track] = canvas.captureStream(30).getVideoTracks();
  if (!context || !track) throw new Error("no canvas");
  let drawn = 0;
  const drawing = setInterval(() => {
    drawn++;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 64 + 20 * Math.sin(drawn / 20), -15, 512, 512);
  }, 33);

  const processedMs: number[] = [];
  const padMs: number[] = [];
  const featuresMs: number[] = [];
  const tracks = new Set<number>();
  let withFace = 0;
  let extracting: Promise<void> | undefined;
  const tracking = await recogniser.track(track, (report) => {
    processedMs.push(report.processedMs);
    if (report.faces.length > 0) withFace++;
    for (const { trackId } of report.faces) tracks.add(trackId);
    if (!report.sample) return;
    extracting = recogniser.extract(report.sample).then((extraction) => {
      extracting = undefined;
      if (!extraction.ok) throw new Error(`${extraction.error.kind}: ${extraction.error.detail ?? ""}`);
      padMs.push(extraction.value.ms.pad);
      featuresMs.push(extraction.value.ms.features);
    });
  });
  if (!tracking.ok) throw new Error(tracking.error.kind);
  const sampling = setInterval(() => {
    if (!extracting) tracking.value.requestSample();
  }, SAMPLE_EVERY_MS);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(sampling);
  await tracking.value.stop();
  await extracting;
  clearInterval(drawing);
  track.stop();
  return { frames: processedMs.length, withFace, tracks: tracks.size, processedMs, padMs, featuresMs, memoryBytes: await memoryBytes() };
}

async function memoryBytes(): Promise<number | undefined> {
  const measuring = performance as { readonly measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }> };
  return (await measuring.measureUserAgentSpecificMemory?.())?.bytes;
}
