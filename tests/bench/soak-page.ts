/** What the soak runs inside the page. Each function goes there as text: it may use nothing of this module. */

export interface WorkersMemory {
  readonly landmarkBytes: number;
  readonly inferenceBytes: number;
  readonly framesTaken: number;
  readonly framesClosed: number;
}

/** Before anything else: remembers the newest worker of each name. */
export function collectWorkers(): void {
  const workers: Record<string, Worker> = {};
  globalThis.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers[options?.name ?? ""] = this;
    }
  };
  Object.assign(globalThis, { soakWorkers: workers });
}

/** Asks the workers by the message that their own library would send. A worker that is not there or busy for 20 s counts as empty. */
export async function askWorkers(): Promise<WorkersMemory> {
  interface Answer {
    readonly wasmBytes: number;
    readonly frames?: { readonly taken: number; readonly closed: number };
  }
  const { soakWorkers } = globalThis as unknown as { readonly soakWorkers: Readonly<Record<string, Worker>> };
  const ask = (name: string): Promise<Answer> =>
    new Promise((resolve) => {
      const worker = soakWorkers[name];
      const id = crypto.randomUUID();
      const settle = (answer: Answer): void => {
        clearTimeout(timer);
        worker?.removeEventListener("message", onMessage);
        resolve(answer);
      };
      const onMessage = ({ data }: MessageEvent<{ readonly id?: string; readonly value?: Answer }>): void => {
        if (data.id === id) settle(data.value ?? { wasmBytes: 0 });
      };
      const timer = setTimeout(() => settle({ wasmBytes: 0 }), 20_000);
      worker?.addEventListener("message", onMessage);
      worker?.postMessage({ id, type: "APPLY", path: ["memory"], argumentList: [] });
    });
  const [landmark, inference] = await Promise.all([ask("landmark"), ask("inference")]);
  return {
    landmarkBytes: landmark.wasmBytes,
    inferenceBytes: inference.wasmBytes,
    framesTaken: landmark.frames?.taken ?? 0,
    framesClosed: landmark.frames?.closed ?? 0,
  };
}

/** Counts how often the kiosk came to each of its states. */
export function watchOutcomes(): void {
  const { kiosk } = document.querySelector("cf-app") as unknown as {
    readonly kiosk: { readonly state: { readonly value: { readonly kind: string }; subscribe(listener: (state: { readonly kind: string }) => void): unknown } };
  };
  const counts: Record<string, number> = {};
  Object.assign(globalThis, { soakOutcomes: counts });
  let last = "";
  kiosk.state.subscribe(({ kind }) => {
    if (kind !== last && ["recorded", "already-recorded", "not-recognised", "not-recorded", "challenge"].includes(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
    last = kind;
  });
}

export function outcomesSoFar(): Readonly<Record<string, number>> {
  return (globalThis as unknown as { readonly soakOutcomes: Readonly<Record<string, number>> }).soakOutcomes;
}
