import type { Race, RaceResult, RuntimeChoice } from "../../contracts/inference.ts";

/** Never more: beyond it the models of one face are too small to be shared out. */
const MOST_THREADS = 8;

/** A change of the way to run is worth a fresh worker only when it saves this part of the time. */
const WORTH_CHANGING = 0.9;

/** What the machine has, as far as the choice depends on it. */
export interface Hardware {
  /** Threads of WebAssembly need it. */
  readonly isolated: boolean;
  readonly cores: number;
  readonly webgpu: boolean;
}

/** Before anything was raced: two threads are 1.5 times as fast as one on a quiet machine. */
export function firstChoice({ isolated, cores }: Hardware): RuntimeChoice {
  return { backend: "wasm", threads: isolated && cores >= 2 ? 2 : 1 };
}

/** Every way to run that takes part in the race. One core is left to the landmarks and the page where there are more than two. */
export function candidates({ isolated, cores, webgpu }: Hardware): readonly RuntimeChoice[] {
  const threads = isolated ? [1, Math.min(2, cores), Math.min(4, cores - 1), Math.min(MOST_THREADS, cores - 1)].filter((count) => count >= 1) : [1];
  const wasm = [...new Set(threads)].sort((one, other) => one - other).map((count): RuntimeChoice => ({ backend: "wasm", threads: count }));
  return webgpu ? [...wasm, { backend: "webgpu", threads: 1 }] : wasm;
}

export function sameChoice(one: RuntimeChoice, other: RuntimeChoice): boolean {
  return one.backend === other.backend && one.threads === other.threads;
}

/** True when the challenger takes the champion's place. */
export function winsOver(challengerMs: number, championMs: number): boolean {
  return challengerMs < championMs * WORTH_CHANGING;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What a race found, as it is kept from one start of the app to the next. */
export interface Remembered {
  readonly choice: RuntimeChoice;
  readonly modelSet: string;
  readonly race: Race;
}

/** Where it is kept; what was kept for another browser, machine or profile is not found. */
export interface RuntimeMemory {
  read(): Remembered | undefined;
  write(remembered: Remembered | undefined): void;
}

const STORAGE_KEY = "clockface.runtime";

/** @param situation names everything that the outcome depends on but the models: browser, hardware, profile */
export function storedRuntime(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">, situation: string): RuntimeMemory {
  return {
    read() {
      try {
        const kept = JSON.parse(storage.getItem(STORAGE_KEY) ?? "null") as unknown;
        return isKept(kept) && kept.situation === situation ? kept : undefined;
      } catch {
        return undefined;
      }
    },
    write(remembered) {
      try {
        if (remembered === undefined) storage.removeItem(STORAGE_KEY);
        else storage.setItem(STORAGE_KEY, JSON.stringify({ situation, ...remembered }));
      } catch {
        // No room or no permission: the next start races again.
      }
    },
  };
}

function isKept(value: unknown): value is Remembered & { readonly situation: string } {
  const { situation, choice, modelSet, race } = (value ?? {}) as Partial<Remembered & { readonly situation: string }>;
  return typeof situation === "string" && typeof modelSet === "string" && isChoice(choice) && Array.isArray(race?.results) && race.results.every(isResult) && typeof race.atMs === "number";
}

function isChoice(value: unknown): value is RuntimeChoice {
  const { backend, threads } = (value ?? {}) as Partial<RuntimeChoice>;
  return (backend === "wasm" || backend === "webgpu") && Number.isInteger(threads) && Number(threads) >= 1;
}

function isResult(value: unknown): value is RaceResult {
  const { medianMs } = (value ?? {}) as Partial<RaceResult>;
  return isChoice(value) && (medianMs === null || typeof medianMs === "number");
}
