import { FEATURE_DIMENSIONS } from "../../../src/domain/biometrics/types.ts";
import { Gallery } from "../../../workers/matcher/gallery.ts";
import { chanceFeatures, chanceIds } from "./gallery.ts";

/** Times in milliseconds, one of each round. */
export interface MatcherTimes {
  readonly people: number;
  readonly dimensions: number;
  /** One full search over everybody. */
  readonly searchMs: readonly number[];
  /** Reading a memory of the same size once. */
  readonly readMs: readonly number[];
  /** Of one person with five references. */
  readonly addMs: readonly number[];
  readonly removeMs: readonly number[];
}

export interface MatcherOptions {
  readonly people: number;
  readonly rounds: number;
  /** WebAssembly module, base64, that reads and adds up a memory. */
  readonly readKernel: string;
}

const CANDIDATES = 5;
const REFERENCES_OF_ONE = 5;
const FLOAT_BYTES = 4;
const PAGE_BYTES = 65_536;

/** The matcher worker's own gallery and kernel, without the envelopes that references lie in on the disk: opening them takes its time once, at the start. */
function measure({ people, rounds, readKernel }: MatcherOptions): MatcherTimes {
  const read = reader(readKernel, people * FEATURE_DIMENSIONS.accurate * FLOAT_BYTES);
  const gallery = new Gallery("accurate");
  for (const id of chanceIds(people)) gallery.set(id, [chanceFeatures()]);

  const times = { searchMs: [] as number[], readMs: [] as number[], addMs: [] as number[], removeMs: [] as number[] };
  const [one] = chanceIds(1);
  if (one === undefined) throw new Error("nobody");
  for (let round = 0; round <= rounds; round++) {
    const probe = chanceFeatures();
    const references = Array.from({ length: REFERENCES_OF_ONE }, chanceFeatures);
    times.readMs.push(timeOf(read));
    times.searchMs.push(timeOf(() => gallery.search(probe, CANDIDATES)));
    times.addMs.push(timeOf(() => gallery.set(one, references)));
    times.removeMs.push(timeOf(() => gallery.remove(one)));
    // The first round warms up.
    if (round === 0) for (const list of Object.values(times)) list.length = 0;
  }
  return { people, dimensions: FEATURE_DIMENSIONS.accurate, ...times };
}

function timeOf(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Reads a memory of so many bytes, which is no memory until something is written to it. */
function reader(kernel: string, bytes: number): () => void {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
  new Float32Array(memory.buffer).fill(0.5);
  const module = new WebAssembly.Module(Uint8Array.from(atob(kernel), (character) => character.charCodeAt(0)));
  const { read } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as { read(at: number, bytes: number): number };
  return () => {
    if (!(read(0, bytes) > 0)) throw new Error("nothing was read");
  };
}

Object.assign(globalThis, { measureMatcher: measure });
