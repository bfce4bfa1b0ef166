/** What a page of the bench offers to the script that drives it. */
export interface BenchPage {
  /** Loads everything. Says which backend it runs on. */
  open(options: OpenOptions): Promise<string>;
  /** One decision about the picture. Rejects when no face was found. */
  decide(variant?: string): Promise<Decision>;
}

export interface OpenOptions {
  /** Addresses of the production workers. */
  readonly workers: { readonly landmark: string; readonly inference: string; readonly matcher: string };
  /** People in the gallery, with five references each. */
  readonly people: number;
  /** Entries in the log, where a store is seeded. */
  readonly entries?: number;
}

/** Times in milliseconds. */
export interface Decision {
  readonly ms: number;
  readonly stages?: Readonly<Record<string, number>>;
}

/** The camera's frame that everybody gets. */
const WIDTH = 640;
const HEIGHT = 480;
export const PICTURE_ID = "picture";

/** Draws the picture onto the page's canvas as a camera would show it. */
export async function drawPicture(): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(await (await fetch("/bench-picture")).blob());
  const canvas = document.createElement("canvas");
  canvas.id = PICTURE_ID;
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  document.body.append(canvas);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#8a8f94";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const scale = HEIGHT / picture.height;
  context.drawImage(picture, (WIDTH - picture.width * scale) / 2, 0, picture.width * scale, HEIGHT);
  return canvas;
}

/** Hands a page to the script that drives it. */
export function offer(page: BenchPage): void {
  Object.assign(globalThis, { bench: page });
}

/** Time of `work` in milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const startedAt = performance.now();
  const value = await work();
  return [value, performance.now() - startedAt];
}
