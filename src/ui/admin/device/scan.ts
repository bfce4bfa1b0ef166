/** The Shape Detection API, where the browser has it (Android, ChromeOS, macOS). */
interface BarcodeDetectorLike {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface BarcodeDetectorConstructor {
  new (options: { readonly formats: readonly string[] }): BarcodeDetectorLike;
  getSupportedFormats(): Promise<readonly string[]>;
}

function constructorOf(scope: object): BarcodeDetectorConstructor | undefined {
  return (scope as { readonly BarcodeDetector?: BarcodeDetectorConstructor }).BarcodeDetector;
}

/** Whether QR codes can be read here. Some systems have the interface and no formats. */
export async function canScan(): Promise<boolean> {
  const Detector = constructorOf(globalThis);
  if (Detector === undefined) return false;
  try {
    return (await Detector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

/** The text of the first QR code that the video shows; null when `signal` ends the search first. */
export async function scanQr(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const Detector = constructorOf(globalThis);
  if (Detector === undefined) return null;
  const detector = new Detector({ formats: ["qr_code"] });
  while (!signal.aborted) {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      const [found] = await detector.detect(video).catch(() => []);
      if (found !== undefined && found.rawValue !== "") return found.rawValue;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return null;
}
