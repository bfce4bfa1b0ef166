import { decodeQR } from "qr/decode.js";

/** The Shape Detection API, where the browser has it (Android, ChromeOS, macOS). */
interface Detector {
  detect(source: ImageBitmap): Promise<readonly { readonly rawValue: string }[]>;
}

interface NativeDetector {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

let native: Promise<Detector | null> | null = null;

/** Some systems have the interface and no formats. */
async function nativeDetector(): Promise<Detector | null> {
  const Native = (globalThis as { readonly BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (Native === undefined) return null;
  const formats = await Native.getSupportedFormats().catch((): readonly string[] => []);
  return formats.includes("qr_code") ? new Native({ formats: ["qr_code"] }) : null;
}

/** The browser's own reader where it has one, ours otherwise. */
export async function readCode(frame: ImageBitmap): Promise<string | null> {
  try {
    native ??= nativeDetector();
    const detector = await native;
    if (detector !== null) return (await detector.detect(frame))[0]?.rawValue ?? null;
    const { width, height } = frame;
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context?.drawImage(frame, 0, 0);
    const pixels = context?.getImageData(0, 0, width, height);
    return pixels === undefined ? null : decodeQR({ width, height, data: pixels.data });
  } catch {
    // The decoder throws where it finds none.
    return null;
  } finally {
    frame.close();
  }
}
