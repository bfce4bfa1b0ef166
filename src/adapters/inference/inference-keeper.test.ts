import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Extraction, InferenceFailure, InferenceInfo, InferenceWorker, RuntimeChoice } from "../../contracts/inference.ts";
import type { FaceSample } from "../../contracts/landmark.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { InferenceKeeper } from "./inference-keeper.ts";
import type { Hardware, Remembered } from "./runtime-choice.ts";
import { FakeWorker } from "./testing/fake-worker.ts";

const IDLE_MS = 1_000;
/** Milliseconds of an extraction by the way it is run. */
type Speeds = (choice: RuntimeChoice) => number | "will not start";

/** The machine: which ways there are, how fast each is, and what each worker does. */
class Machine {
  hardware: Hardware = { isolated: true, cores: 4, webgpu: false };
  speeds: Speeds = ({ threads }) => 100 / threads;
  failing: (choice: RuntimeChoice) => boolean = () => false;
  kept: Remembered | undefined;
  readonly workers: { readonly worker: FakeWorker; readonly backend: string; choice: RuntimeChoice | undefined; lose: (reason: string) => void }[] = [];
  readonly events: string[] = [];

  readonly keeper = (threads?: number): InferenceKeeper =>
    new InferenceKeeper(
      "accurate",
      {
        models: { featuresA: "", featuresB: "", featuresC: "", pad: "" },
        hardware: this.hardware,
        spawn: (backend) => this.#spawn(backend) as unknown as Worker,
        memory: () => ({ read: () => this.kept, write: (kept) => (this.kept = kept) }),
        ...(threads === undefined ? {} : { threads }),
        idleMs: IDLE_MS,
        monotonicMs: () => performance.now(),
        wallMs: () => 1_000,
      },
      {
        changed: ({ backend, threads: used }) => this.events.push(`changed to ${backend} ${used}`),
        replacing: () => this.events.push("replacing"),
        failed: ({ kind }) => this.events.push(`failed ${kind}`),
      },
    );

  get alive(): readonly RuntimeChoice[] {
    return this.workers.flatMap(({ worker, choice }) => (worker.terminated || !choice ? [] : [choice]));
  }

  #spawn(backend: RuntimeChoice["backend"]): FakeWorker {
    let lose: (reason: string) => void = () => undefined;
    const lost = new Promise<string>((resolve) => (lose = resolve));
    let choice: RuntimeChoice = { backend, threads: 0 };
    const ms = (): number => Number(this.speeds(choice));
    const contract: InferenceWorker = {
      open: ({ threads = 1 }): Promise<Result<InferenceInfo, InferenceFailure>> => {
        choice = { backend, threads };
        if (this.speeds(choice) === "will not start") return Promise.resolve(err(failure("inference/load-failed")));
        entry.choice = choice;
        return Promise.resolve(ok({ ...choice, loadMs: 1, modelSet: "models" }));
      },
      extract: ({ trackId }) => Promise.resolve(this.failing(choice) ? err(failure("inference/run-failed")) : ok(extraction(trackId, ms()))),
      rehearse: () => new Promise((resolve) => setTimeout(() => resolve(ok(ms())), ms())),
      deviceLost: () => lost,
      memory: () => ({ wasmBytes: 0 }),
    };
    const entry = { worker: new FakeWorker(contract), backend, choice: undefined as RuntimeChoice | undefined, lose };
    this.workers.push(entry);
    return entry.worker;
  }
}

function extraction(trackId: number, ms: number): Extraction {
  return { trackId, capturedAtMs: 0, probe: new Float32Array(), pad: { near: 1, far: 1 }, ms: { pad: ms / 2, features: ms / 2 } };
}

function sample(trackId: number): FaceSample {
  const nothing = new Uint8Array();
  const quality = {} as FaceSample["quality"];
  return { trackId, capturedAtMs: 0, quality, aligned112: nothing, aligned150: nothing, padNear: nothing, padFar: nothing };
}

describe("inference keeper", () => {
  let machine: Machine;
  const keepers: InferenceKeeper[] = [];

  async function opened(threads?: number): Promise<InferenceKeeper> {
    const keeper = machine.keeper(threads);
    keepers.push(keeper);
    expect(await keeper.open()).toMatchObject({ ok: true });
    return keeper;
  }

  /** Lets a race come to its end. */
  async function raced(): Promise<void> {
    for (let turn = 0; turn < 1_000 && !machine.events.some((event) => event.startsWith("changed")); turn++) await vi.advanceTimersByTimeAsync(50);
    expect(machine.events).toContainEqual(expect.stringMatching(/^changed/));
  }

  beforeEach(() => {
    vi.useFakeTimers();
    machine = new Machine();
  });

  afterEach(() => {
    keepers.splice(0).forEach((keeper) => keeper.close());
    vi.useRealTimers();
  });

  test("is ready with the first choice, then takes the fastest way and remembers it", async () => {
    const keeper = await opened();
    expect(keeper.info).toMatchObject({ backend: "wasm", threads: 2 });
    await raced();
    expect(keeper.info).toMatchObject({ threads: 3, race: { atMs: 1_000 } });
    expect(keeper.info?.race?.results).toHaveLength(3);
    expect(machine.kept).toMatchObject({ choice: { backend: "wasm", threads: 3 }, modelSet: "models" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(machine.alive).toEqual([{ backend: "wasm", threads: 3 }]);
  });

  test.each<{ state: string; hardware: Partial<Hardware>; speeds: Speeds; choice: RuntimeChoice; raced: number }>([
    { state: "another process holds the cores", hardware: { cores: 2 }, speeds: ({ threads }) => 100 * threads, choice: { backend: "wasm", threads: 1 }, raced: 2 },
    { state: "the gain is too small", hardware: { cores: 4 }, speeds: ({ threads }) => 100 - threads, choice: { backend: "wasm", threads: 2 }, raced: 3 },
    { state: "a graphics processor is faster", hardware: { webgpu: true }, speeds: ({ backend }) => (backend === "webgpu" ? 5 : 50), choice: { backend: "webgpu", threads: 1 }, raced: 4 },
    { state: "there is no real graphics processor", hardware: { webgpu: true, cores: 2 }, speeds: ({ backend }) => (backend === "webgpu" ? "will not start" : 50), choice: { backend: "wasm", threads: 2 }, raced: 3 },
  ])("runs on $choice.backend with $choice.threads when $state", async ({ hardware, speeds, choice, raced: count }) => {
    machine.hardware = { ...machine.hardware, ...hardware };
    machine.speeds = speeds;
    const keeper = await opened();
    await raced();
    expect(keeper.info).toMatchObject(choice);
    expect(keeper.info?.race?.results).toHaveLength(count);
  });

  test("starts in the remembered way, without a race, when the models are the same", async () => {
    const race = { results: [{ backend: "wasm" as const, threads: 1, medianMs: 40 }], atMs: 5 };
    machine.kept = { choice: { backend: "wasm", threads: 1 }, modelSet: "models", race };
    const keeper = await opened();
    expect(keeper.info).toMatchObject({ threads: 1, race });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(machine.workers).toHaveLength(1);
  });

  test("races again when it remembers other models, or what no longer starts", async () => {
    machine.kept = { choice: { backend: "webgpu", threads: 1 }, modelSet: "models", race: { results: [], atMs: 5 } };
    machine.speeds = ({ backend, threads }) => (backend === "webgpu" ? "will not start" : 100 / threads);
    const keeper = await opened();
    expect(keeper.info).toMatchObject({ backend: "wasm", threads: 2 });
    await raced();
    expect(machine.kept).toMatchObject({ choice: { threads: 3 } });
  });

  test("answers every sample while workers are swapped", async () => {
    const keeper = await opened();
    const answered: boolean[] = [];
    while (!machine.events.some((event) => event.startsWith("changed"))) {
      answered.push((await keeper.extract(sample(answered.length))).ok);
      await vi.advanceTimersByTimeAsync(IDLE_MS * 1.5);
    }
    expect(keeper.info?.threads).toBe(3);
    expect(answered.length).toBeGreaterThan(3);
    expect(answered.every(Boolean)).toBe(true);
  });

  test("never races while people come, and has no race when the threads are given", async () => {
    const keeper = await opened();
    await keeper.extract(sample(0));
    const workers = machine.workers.length;
    for (let turn = 0; turn < 30; turn++) {
      await vi.advanceTimersByTimeAsync(IDLE_MS / 2);
      await keeper.extract(sample(turn));
    }
    expect(machine.workers.length).toBeLessThanOrEqual(workers + 1);
    expect(machine.events).toEqual([]);
    keeper.close();
    await opened(1);
    const before = machine.workers.length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(machine.workers.slice(before)).toEqual([]);
  });

  test("ends a worker that fails three times in a row, says so, and has another answer", async () => {
    const keeper = await opened(2);
    machine.failing = () => true;
    for (let turn = 0; turn < 2; turn++) expect(await keeper.extract(sample(turn))).toMatchObject({ ok: false });
    machine.failing = () => false;
    expect(await keeper.extract(sample(2))).toMatchObject({ ok: true });
    machine.failing = () => true;
    for (let turn = 0; turn < 3; turn++) await keeper.extract(sample(turn));
    expect(machine.events).toEqual(["replacing"]);
    machine.failing = () => false;
    expect(await keeper.extract(sample(9))).toMatchObject({ ok: true, value: { trackId: 9 } });
    expect(machine.events).toEqual(["replacing", "changed to wasm 2"]);
    expect(machine.workers.map(({ worker }) => worker.terminated)).toEqual([true, false]);
  });

  test("is a fault when the worker in its place does not start", async () => {
    const keeper = await opened(2);
    machine.failing = () => true;
    machine.speeds = () => "will not start";
    for (let turn = 0; turn < 3; turn++) await keeper.extract(sample(turn));
    expect(await keeper.extract(sample(4))).toMatchObject({ ok: false });
    expect(machine.events).toEqual(["replacing", "failed inference/load-failed"]);
    expect(keeper.alive).toBe(false);
  });

  test("goes on with WebAssembly, and forgets what it remembered, when the graphics processor is lost", async () => {
    machine.hardware = { ...machine.hardware, webgpu: true };
    machine.kept = { choice: { backend: "webgpu", threads: 1 }, modelSet: "models", race: { results: [], atMs: 5 } };
    const keeper = await opened();
    expect(keeper.info?.backend).toBe("webgpu");
    machine.workers[0]?.lose("destroyed");
    await raced();
    expect(await keeper.extract(sample(1))).toMatchObject({ ok: true });
    expect(keeper.info).toMatchObject({ backend: "wasm", threads: 2 });
    expect(machine.kept).toBeUndefined();
    expect(machine.events).toEqual(["changed to wasm 2"]);
  });

  test("races again when extractions have been slow for a minute", async () => {
    const results = [1, 2, 3].map((threads) => ({ backend: "wasm" as const, threads, medianMs: 100 / threads }));
    machine.kept = { choice: { backend: "wasm", threads: 3 }, modelSet: "models", race: { results, atMs: 5 } };
    const keeper = await opened();
    machine.speeds = ({ threads }) => 90 * threads;
    for (let turn = 0; turn < 100; turn++) {
      await keeper.extract(sample(turn));
      await vi.advanceTimersByTimeAsync(IDLE_MS);
    }
    await raced();
    expect(keeper.info).toMatchObject({ threads: 1, race: { atMs: 1_000 } });
  });
});
