/** What the soak saw in one minute. */
export interface Minute {
  readonly minute: number;
  readonly framesPerSecond: number;
  /** Camera frames that were taken over and not closed yet. */
  readonly framesOpen: number;
  /** JavaScript heap of the page after a collection. */
  readonly pageHeapMiB: number;
  /** Page and workers as the browser counts them; null when it did not tell. */
  readonly agentMiB: number | null;
  readonly landmarkWasmMiB: number;
  readonly inferenceWasmMiB: number;
  readonly rendererMiB: number;
  readonly browserMiB: number;
  /** Since the start. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly longTasks: number;
  readonly worstTaskMs: number;
}

/** How one measure went over the run. */
export interface Course {
  readonly n: number;
  /** Means of the first and the last quarter of the minutes after warm-up. */
  readonly firstQuarter: number;
  readonly lastQuarter: number;
  /** The last quarter over the first, less one. */
  readonly change: number;
  /** Least-squares slope, units an hour. */
  readonly slopePerHour: number;
}

/** Caches fill, code is compiled, memories grow to their working size. */
const WARM_UP_MINUTES = 10;

const MEASURES = ["framesPerSecond", "framesOpen", "pageHeapMiB", "agentMiB", "landmarkWasmMiB", "inferenceWasmMiB", "rendererMiB", "browserMiB"] as const;

/** The course of every measure over the minutes after warm-up; of all minutes while there are too few. */
export function summary(minutes: readonly Minute[]): Readonly<Record<(typeof MEASURES)[number], Course>> {
  const warm = minutes.length >= 2 * WARM_UP_MINUTES ? minutes.slice(WARM_UP_MINUTES) : minutes;
  return Object.fromEntries(
    MEASURES.map((measure) => [measure, course(warm.flatMap((row) => (row[measure] === null ? [] : [{ hour: row.minute / 60, value: row[measure] }])))]),
  ) as Record<(typeof MEASURES)[number], Course>;
}

function course(points: readonly { readonly hour: number; readonly value: number }[]): Course {
  const quarter = Math.max(1, Math.floor(points.length / 4));
  const mean = (part: readonly { readonly value: number }[]): number => part.reduce((sum, { value }) => sum + value, 0) / part.length;
  const firstQuarter = mean(points.slice(0, quarter));
  const lastQuarter = mean(points.slice(-quarter));
  const middle = points.reduce((sum, { hour }) => sum + hour, 0) / points.length;
  const level = mean(points);
  const along = points.reduce((sum, { hour, value }) => sum + (hour - middle) * (value - level), 0);
  const spread = points.reduce((sum, { hour }) => sum + (hour - middle) ** 2, 0);
  return {
    n: points.length,
    firstQuarter,
    lastQuarter,
    change: firstQuarter === 0 ? (lastQuarter === 0 ? 0 : Number.POSITIVE_INFINITY) : lastQuarter / firstQuarter - 1,
    slopePerHour: spread === 0 ? 0 : along / spread,
  };
}
