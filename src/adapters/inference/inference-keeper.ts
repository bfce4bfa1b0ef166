import { transfer } from "comlink";
import type { Extraction, InferenceFailure, InferenceInfo, InferenceModels, InferenceWorker, Race, RaceResult, RuntimeChoice } from "../../contracts/inference.ts";
import type { FaceSample } from "../../contracts/landmark.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { candidates, firstChoice, median, sameChoice, winsOver } from "./runtime-choice.ts";
import type { Hardware, RuntimeMemory } from "./runtime-choice.ts";
import { SlowWatch } from "./slow-watch.ts";
import { WorkerClient } from "./worker-client.ts";

/** Loading takes 1 to 3 s from the cache; a first visit over a slow line takes longer. */
const OPEN_TIMEOUT_MS = 120_000;
/** A call that takes this long will never come back: the slowest seen take under 1 s. */
const CALL_TIMEOUT_MS = 20_000;
/** A worker that fails this often in a row is ended and another opened. */
const MOST_FAILURES = 3;
/** Runs of either side in a race, taken in turns, after those in which code is compiled and memory grows. */
const RACE_RUNS = 7;
const WARM_UP_RUNS = 2;
/** A challenger this many times slower has lost: no more of the machine's time is spent on it. */
const HOPELESS = 3;

type Client = WorkerClient<InferenceWorker, "inference/run-failed">;

interface Open {
  readonly client: Client;
  readonly choice: RuntimeChoice;
  readonly info: InferenceInfo;
}

export interface KeeperEnvironment {
  readonly models: InferenceModels;
  readonly hardware: Hardware;
  /** A worker of this kind; nothing is loaded yet. */
  spawn(backend: RuntimeChoice["backend"]): Worker;
  memory(profile: RecogniserProfile): RuntimeMemory;
  /** Given when there is nothing to choose: no race then. */
  readonly threads?: number;
  /** No extraction for this long is a time to race in. */
  readonly idleMs: number;
  monotonicMs(): number;
  wallMs(): number;
}

export interface KeeperEvents {
  /** Another worker took over, or a race has ended. */
  changed(info: InferenceInfo): void;
  /** The worker failed again and again; another is being opened. */
  replacing(): void;
  failed(failure: InferenceFailure): void;
}

/**
 * Keeps one inference worker at work, run in the way that is fastest here. That is found out by a race while nobody is in
 * front of the camera: each other way gets a worker of its own, made ready beside the one in use, which it replaces between
 * two extractions when it was faster.
 */
export class InferenceKeeper {
  readonly #environment: KeeperEnvironment;
  readonly #events: KeeperEvents;
  readonly #profile: RecogniserProfile;
  readonly #memory: RuntimeMemory;
  readonly #slow = new SlowWatch();
  #open: Open | undefined;
  #race: Race | undefined;
  /** Settles when a worker has taken over from one that was given up. */
  #replacing: Promise<unknown> | undefined;
  #racing = false;
  #closed = false;
  #failures = 0;
  #extractions = 0;
  #lastAtMs = 0;
  /** A lost graphics processor is not tried again before the next start. */
  #gpuLost = false;

  constructor(profile: RecogniserProfile, environment: KeeperEnvironment, events: KeeperEvents) {
    this.#profile = profile;
    this.#environment = environment;
    this.#events = events;
    this.#memory = environment.memory(profile);
  }

  get alive(): boolean {
    return this.#replacing !== undefined || this.#open?.client.alive === true;
  }

  get info(): InferenceInfo | undefined {
    return this.#open && { ...this.#open.info, ...(this.#race ? { race: this.#race } : {}) };
  }

  get profile(): RecogniserProfile {
    return this.#profile;
  }

  /** Opens the way that an earlier race chose, or the first choice; a race follows where there is none to remember. */
  async open(): Promise<Result<InferenceInfo, InferenceFailure>> {
    const { threads, hardware } = this.#environment;
    const remembered = threads === undefined ? this.#memory.read() : undefined;
    const wanted = remembered?.choice ?? (threads === undefined ? firstChoice(hardware) : { backend: "wasm" as const, threads });
    let opened = await this.#make(wanted);
    if (!opened.ok && remembered) opened = await this.#make(firstChoice(hardware));
    if (!opened.ok) return opened;
    if (this.#closed) {
      opened.value.client.end();
      return err(failure("inference/run-failed", "closed"));
    }
    this.#use(opened.value);
    if (remembered && sameChoice(remembered.choice, opened.value.choice) && remembered.modelSet === opened.value.info.modelSet) {
      this.#race = remembered.race;
      this.#expect(remembered.race, remembered.choice);
    } else if (threads === undefined) void this.#run();
    return ok(this.info ?? opened.value.info);
  }

  async extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>> {
    await this.#replacing;
    const open = this.#open;
    if (!open?.client.alive) return err(failure("inference/run-failed", "not open"));
    this.#seen();
    const extracted = await open.client.call((remote) => remote.extract(transfer(sample, sampleBuffers(sample))), CALL_TIMEOUT_MS);
    this.#seen();
    if (extracted.ok) this.#failures = 0;
    else if (extracted.error.kind === "inference/run-failed" && open === this.#open && ++this.#failures >= MOST_FAILURES) {
      this.#failures = 0;
      this.#events.replacing();
      this.#replace(open.choice.backend === "wasm" ? open.choice : firstChoice(this.#environment.hardware));
    }
    if (extracted.ok && this.#environment.threads === undefined) {
      const { pad, features } = extracted.value.ms;
      if (this.#slow.note(pad + features, this.#environment.monotonicMs())) void this.#run();
    }
    return extracted;
  }

  close(): void {
    this.#closed = true;
    this.#open?.client.end();
    this.#open = undefined;
  }

  #seen(): void {
    this.#extractions++;
    this.#lastAtMs = this.#environment.monotonicMs();
  }

  async #make(choice: RuntimeChoice): Promise<Result<Open, InferenceFailure>> {
    const client: Client = new WorkerClient(this.#environment.spawn(choice.backend), "inference/run-failed", (lost) => {
      if (this.#open?.client === client && !this.#closed) this.#events.failed(lost);
    });
    const { models } = this.#environment;
    const opened = await client.call((remote) => remote.open({ profile: this.#profile, models, threads: choice.threads }), OPEN_TIMEOUT_MS);
    if (!opened.ok) {
      client.end();
      return opened;
    }
    return ok({ client, choice, info: opened.value });
  }

  #use(open: Open): void {
    this.#open = open;
    if (open.choice.backend !== "webgpu") return;
    const lost = open.client.call(async (remote) => ok(await remote.deviceLost()));
    void lost.then((reason) => {
      if (!reason.ok || this.#open !== open || this.#closed) return;
      this.#gpuLost = true;
      this.#memory.write(undefined);
      this.#replace(firstChoice(this.#environment.hardware));
    });
  }

  /** Gives the worker up and opens another; extractions that are asked for meanwhile wait for it. */
  #replace(choice: RuntimeChoice): void {
    const before = this.#open;
    this.#open = undefined;
    before?.client.end();
    const replacing = this.#make(choice).then((opened) => {
      if (this.#replacing === replacing) this.#replacing = undefined;
      if (this.#closed) {
        if (opened.ok) opened.value.client.end();
        return;
      }
      if (!opened.ok) {
        this.#events.failed(opened.error);
        return;
      }
      this.#use(opened.value);
      this.#expect(this.#race, choice);
      this.#events.changed(this.info ?? opened.value.info);
    });
    this.#replacing = replacing;
  }

  #expect(race: Race | undefined, choice: RuntimeChoice): void {
    const expected = race?.results.find((result) => sameChoice(result, choice))?.medianMs;
    if (typeof expected === "number") this.#slow.expect(expected);
  }

  /** Races every other way against the one in use. */
  async #run(): Promise<void> {
    if (this.#racing) return;
    this.#racing = true;
    try {
      let results: readonly RaceResult[] = [];
      const note = ({ backend, threads }: RuntimeChoice, medianMs: number | null): void => {
        results = [...results.filter((result) => !sameChoice(result, { backend, threads })), { backend, threads, medianMs }];
      };
      for (const choice of candidates(this.#environment.hardware)) {
        if (choice.backend === "webgpu" && this.#gpuLost) continue;
        await this.#idle();
        const champion = this.#open;
        if (this.#closed || champion?.client.alive !== true) return;
        if (sameChoice(choice, champion.choice) || results.some((result) => sameChoice(result, choice))) continue;
        const opened = await this.#make(choice);
        const duel = opened.ok ? await this.#duel(champion, opened.value) : undefined;
        note(choice, duel?.challengerMs ?? null);
        if (duel) note(champion.choice, duel.championMs);
        if (opened.ok && duel && this.#open === champion && !this.#stopped() && winsOver(duel.challengerMs, duel.championMs)) {
          // Extractions that are under way are let finish; the next goes to the new worker.
          this.#use(opened.value);
          void this.#endWhenDone(champion);
        } else if (opened.ok) opened.value.client.end();
      }
      this.#conclude(results);
    } finally {
      this.#racing = false;
    }
  }

  #stopped(): boolean {
    return this.#closed;
  }

  #conclude(results: readonly RaceResult[]): void {
    const open = this.#open;
    if (this.#closed || open?.client.alive !== true) return;
    this.#race = { results, atMs: this.#environment.wallMs() };
    this.#expect(this.#race, open.choice);
    this.#memory.write({ choice: open.choice, modelSet: open.info.modelSet, race: this.#race });
    this.#events.changed(this.info ?? open.info);
  }

  /** In turns, so that whatever else the machine does meets both alike. Undefined when one of them failed. */
  async #duel(champion: Open, challenger: Open): Promise<{ readonly championMs: number; readonly challengerMs: number } | undefined> {
    const championMs: number[] = [];
    const challengerMs: number[] = [];
    for (let turn = 0; turn < WARM_UP_RUNS + RACE_RUNS; ) {
      await this.#idle();
      const before = this.#extractions;
      const one = await champion.client.call((remote) => remote.rehearse(), CALL_TIMEOUT_MS);
      const other = await challenger.client.call((remote) => remote.rehearse(), CALL_TIMEOUT_MS);
      if (!one.ok || !other.ok) return undefined;
      // A person came in between: what was measured beside their extraction does not count.
      if (before !== this.#extractions) continue;
      if (turn >= WARM_UP_RUNS) {
        championMs.push(one.value);
        challengerMs.push(other.value);
      }
      if (turn >= WARM_UP_RUNS && other.value > HOPELESS * one.value) break;
      turn++;
    }
    return { championMs: median(championMs), challengerMs: median(challengerMs) };
  }

  async #endWhenDone({ client }: Open): Promise<void> {
    // Its calls are answered in their order: when this one is, none is left.
    await client.call((remote) => remote.rehearse(), CALL_TIMEOUT_MS);
    client.end();
  }

  /** Settles when there was no extraction for a while. */
  async #idle(): Promise<void> {
    for (;;) {
      const waitMs = this.#lastAtMs + this.#environment.idleMs - this.#environment.monotonicMs();
      if (waitMs <= 0 || this.#closed) return;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

function sampleBuffers({ aligned112, aligned150, padNear, padFar }: FaceSample): Transferable[] {
  return [aligned112, aligned150, padNear, padFar].map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
}
