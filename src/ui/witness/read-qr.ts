/** The Shape Detection API, or what stands in for it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface NativeDetector {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Between two looks at the picture, milliseconds: a code stands still. */
const LOOK_EVERY_MS = 150;

/** The browser's own reader where it has one, ours otherwise: it is loaded only then. */
async function detector(): Promise<Detector> {
  const Native = (globalThis as { readonly BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (Native !== undefined && (await Native.getSupportedFormats().catch((): readonly string[] => [])).includes("qr_code")) return new Native({ formats: ["qr_code"] });
  const { BarcodeDetector } = await import("qr/decode.js");
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** The text of the first QR code in the picture that `wanted` takes; null when `signal` ends the search first. */
export async function readQr(video: HTMLVideoElement, wanted: (text: string) => boolean, signal: AbortSignal): Promise<string | null> {
  const reader = await detector();
  while (!signal.aborted) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const found = await reader.detect(video).catch((): Awaited<ReturnType<Detector["detect"]>> => []);
      const text = found.find(({ rawValue }) => wanted(rawValue))?.rawValue;
      if (text !== undefined) return text;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return null;
}
