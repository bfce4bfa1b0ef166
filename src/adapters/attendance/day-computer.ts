import { releaseProxy, transfer, wrap } from "comlink";
import type { Remote } from "comlink";
import type { Progress } from "../../app/api/attendance.ts";
import type { DayComputer } from "../../app/attendance/ports.ts";
import type { AttendanceWorker } from "../../contracts/attendance.ts";
import { MARGIN_DAYS } from "../../domain/attendance/engine/compute-days.ts";
import { readDays, writePeople } from "../../domain/attendance/engine/rows.ts";
import type { Rows } from "../../domain/attendance/engine/rows.ts";
import type { DayResult, EngineInput, EnginePerson } from "../../domain/attendance/engine/types.ts";
import { dayNumber } from "../../domain/attendance/rules/days.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";

/** Days of people in one message: taking a message's results in holds the page up by some 10 ms. */
const DAYS_AT_A_TIME = 1_500;

/** A worker that nobody asks for so long is ended, milliseconds: what it was given is not kept in memory. */
const IDLE_MS = 30_000;

/** A message that is not answered in that time never will be, milliseconds. */
const ANSWER_MS = 60_000;

type ComputeFailure = Extract<Awaited<ReturnType<DayComputer["compute"]>>, { readonly ok: false }>["error"];

/** Starts a worker when days are to be worked out, one after the other, and ends it when it is idle or somebody cancels. */
export class WorkerDayComputer implements DayComputer {
  #worker: { readonly worker: Worker; readonly remote: Remote<AttendanceWorker>; readonly lost: Promise<never> } | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;
  #closed: () => void = () => undefined;

  constructor(private readonly start: () => Worker = startWorker) {}

  compute(input: EngineInput, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<readonly DayResult[], ComputeFailure>> {
    const mine = this.#turn.then(() => this.#compute(input, onProgress, signal));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#closed();
    this.#end();
  }

  async #compute({ people, ...site }: EngineInput, onProgress: ((progress: Progress) => void) | undefined, signal: AbortSignal | undefined): Promise<Result<readonly DayResult[], ComputeFailure>> {
    if (signal?.aborted === true) return err(failure("attendance/cancelled"));
    clearTimeout(this.#idle);
    const cancelled = new Promise<"cancelled">((resolve) => {
      this.#closed = () => resolve("cancelled");
      signal?.addEventListener("abort", this.#closed, { once: true });
    });
    try {
      const days = await Promise.race([this.#inTurns(site, people, onProgress, () => signal?.aborted === true), cancelled]);
      if (days !== "cancelled") return ok(days);
      // What it is at goes on otherwise, to nobody's use.
      this.#end();
      return err(failure("attendance/cancelled"));
    } catch (error) {
      this.#end();
      return err(failure("attendance/worker-failed", error instanceof Error ? error.name : undefined));
    } finally {
      signal?.removeEventListener("abort", this.#closed);
      this.#closed = () => undefined;
      this.#idle = setTimeout(() => this.#end(), IDLE_MS);
    }
  }

  async #inTurns(site: Omit<EngineInput, "people">, people: readonly EnginePerson[], onProgress: ((progress: Progress) => void) | undefined, stopped: () => boolean): Promise<readonly DayResult[]> {
    const { remote, lost } = this.#running();
    await answered(remote.begin(site), lost);
    const days: DayResult[] = [];
    const each = peopleAtATime(site.from, site.to);
    const ask = (first: number): Promise<Rows> | null => {
      if (first >= people.length || stopped()) return null;
      const asked = answered(askFor(remote, people.slice(first, first + each)), lost);
      // Nobody may be waiting when it is lost.
      asked.catch(() => undefined);
      return asked;
    };
    let next = ask(0);
    for (let first = 0; next !== null; first += each) {
      const rows = await next;
      // The worker is at these while those before them are taken in.
      next = ask(first + each);
      for (const day of readDays(rows)) days.push(day);
      onProgress?.({ done: Math.min(first + each, people.length), total: people.length });
    }
    return days;
  }

  #running(): { readonly remote: Remote<AttendanceWorker>; readonly lost: Promise<never> } {
    if (this.#worker !== null) return this.#worker;
    const worker = this.start();
    const lost = new Promise<never>((_, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error("worker lost"));
      };
      worker.onmessageerror = () => reject(new Error("message lost"));
    });
    // Nobody may be waiting when it is lost.
    lost.catch(() => undefined);
    this.#worker = { worker, remote: wrap<AttendanceWorker>(worker), lost };
    return this.#worker;
  }

  #end(): void {
    this.#worker?.remote[releaseProxy]();
    this.#worker?.worker.terminate();
    this.#worker = null;
  }
}

function startWorker(): Worker {
  return new Worker(new URL("../../../workers/attendance/worker.ts", import.meta.url), { type: "module", name: "attendance" });
}

function askFor(remote: Remote<AttendanceWorker>, people: readonly EnginePerson[]): Promise<Rows> {
  const written = writePeople(people);
  return remote.days(transfer(written, [written.rows.numbers.buffer]));
}

function peopleAtATime(from: string, to: string): number {
  const days = dayNumber(to) - dayNumber(from) + 1 + 2 * MARGIN_DAYS;
  return Math.max(1, Math.floor(DAYS_AT_A_TIME / Math.max(1, days)));
}

/** A worker that died, or is silent, leaves nobody waiting. */
async function answered<T>(answer: Promise<T>, lost: Promise<never>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), ANSWER_MS);
  });
  try {
    return await Promise.race([answer, lost, silent]);
  } finally {
    clearTimeout(timer);
  }
}
