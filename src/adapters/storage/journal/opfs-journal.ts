import { releaseProxy, wrap } from "comlink";
import type { Remote } from "comlink";
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import * as v from "valibot";
import type { JournalCursor, JournalEnd, JournalFrame, JournalPlace, JournalStretch, JournalWorker } from "../../../contracts/journal.ts";
import { failure } from "../../../domain/errors.ts";
import { err, ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";
import type { Journal, JournalFailure, JournalTail, WriteSet } from "./journal.ts";
import { Finished } from "./finished.ts";

/** How long a step may take before the worker is taken for dead and another is started, milliseconds. */
const GIVE_UP_MS = 15_000;
/** The same for what a person at the door waits for, and how slow a disk may be, bytes in a millisecond. */
const APPEND_GIVE_UP_MS = 4_000;
const SLOW_DISK = 1_000;
/** What a frame and a segment's beginning take beside the payload, at most. */
const MARGIN_BYTES = 512;

export const JOURNAL_DEFAULTS = { folder: "journal", segmentBytes: 4 * 1024 * 1024, spares: 2, names: 64, nameSettlesMs: 10 * 60_000 } as const;

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<JournalWorker>;
  /** Rejects when the worker is no more: it never answers then. */
  readonly dead: Promise<never>;
  readonly give: (reason: Error) => void;
}

/** {@link Journal} in files, written by a worker of its own. The first step starts it. */
export class OpfsJournal implements Journal {
  #running: Running | null = null;
  #closed = false;
  #unsupported = false;
  #room = 0;
  readonly #encoded = new WeakMap<WriteSet, Uint8Array<ArrayBuffer>>();

  constructor(private readonly place: JournalPlace) {}

  get supported(): boolean {
    return !this.#unsupported && "Worker" in globalThis && "locks" in navigator;
  }

  async tail(): Promise<Result<JournalTail, JournalFailure>> {
    const end = await this.#step((remote) => remote.end());
    if (end.ok) this.#room = end.value.room;
    return end;
  }

  async reserve(set: WriteSet): Promise<Result<void, JournalFailure>> {
    const bytes = this.#bytesOf(set).length + MARGIN_BYTES;
    // A frame is never split: what fits the rest of all segments may still need one of its own.
    if (bytes <= this.#room && bytes <= this.place.segmentBytes / 2) return ok();
    const reserved = await this.#step((remote) => remote.reserve(bytes));
    if (!reserved.ok) return reserved;
    this.#room = reserved.value.room;
    return ok();
  }

  async append(set: WriteSet): Promise<Result<void, JournalFailure>> {
    const frame = this.#frame(set);
    const appended = await this.#step((remote) => remote.append(frame), APPEND_GIVE_UP_MS + frame.payload.length / SLOW_DISK);
    if (!appended.ok) return appended;
    this.#room = appended.value.room;
    return ok();
  }

  inspect(): Promise<Result<{ readonly segments: number; readonly damaged: number }, JournalFailure>> {
    return this.#step((remote) => remote.inspect());
  }

  async replay(afterSeq: number, each: (set: WriteSet) => Promise<void>): Promise<Result<{ readonly sets: number; readonly damaged: number }, JournalFailure>> {
    let from: JournalCursor | null = null;
    let sets = 0;
    let damaged = 0;
    const finished = new Finished(async (set) => {
      sets++;
      await each(set);
    });
    for (;;) {
      const at: JournalCursor | null = from;
      const stretch: Result<JournalStretch, JournalFailure> = await this.#step((remote) => remote.read(at, afterSeq));
      if (!stretch.ok) return stretch;
      damaged += stretch.value.damaged;
      for (const frame of stretch.value.frames) {
        if (frame.toSeq < afterSeq || (frame.toSeq === afterSeq && frame.fromSeq < afterSeq)) continue;
        const set = read(frame);
        if (!set) {
          damaged++;
          continue;
        }
        await finished.take(set);
      }
      from = stretch.value.next;
      if (from !== null) continue;
      await finished.end();
      return ok({ sets, damaged });
    }
  }

  async rewrite(sets: AsyncIterable<WriteSet>): Promise<Result<boolean, JournalFailure>> {
    const begun = await this.#step((remote) => remote.beginRewrite());
    if (!begun.ok || !begun.value.started) return begun.ok ? ok(false) : begun;
    try {
      for await (const set of sets) {
        const frame = this.#frame(set);
        const added = await this.#step((remote) => remote.addToRewrite(frame));
        if (!added.ok) {
          await this.#step((remote) => remote.abandonRewrite());
          return added;
        }
      }
    } catch (error) {
      await this.#step((remote) => remote.abandonRewrite());
      throw error;
    }
    const finished = await this.#step((remote) => remote.finishRewrite());
    return finished.ok ? ok(true) : finished;
  }

  async prepareAhead(): Promise<Result<void, JournalFailure>> {
    const prepared = await this.#step((remote) => remote.prepareAhead());
    if (!prepared.ok) return prepared;
    this.#room = prepared.value.room;
    return ok();
  }

  restart(): void {
    const running = this.#running;
    this.#running = null;
    if (!running) return;
    // Its locks and files go with it.
    running.remote[releaseProxy]();
    running.worker.terminate();
    running.give(new Error("worker ended"));
  }

  close(): void {
    this.#closed = true;
    this.restart();
  }

  #bytesOf(set: WriteSet): Uint8Array<ArrayBuffer> {
    const known = this.#encoded.get(set);
    if (known) return known;
    const { clears = [], puts, deletes } = set;
    const bytes = new Uint8Array(encode([clears, puts.map(({ table, rows }) => [table, rows]), deletes.map(({ table, keys }) => [table, keys])], rfc8949EncodeOptions));
    this.#encoded.set(set, bytes);
    return bytes;
  }

  #frame(set: WriteSet): JournalFrame {
    return { fromSeq: set.fromSeq, toSeq: set.toSeq, revision: set.revision, payload: this.#bytesOf(set) };
  }

  /** One step of the worker. A dead or silent one is replaced with the next step; the journal's files bear that. */
  async #step<T>(step: (remote: Remote<JournalWorker>) => Promise<Result<T, JournalFailure>>, giveUpMs = GIVE_UP_MS): Promise<Result<T, JournalFailure>> {
    if (!this.supported) return err(failure("journal/unsupported"));
    // A worker that is started now would make the files anew.
    if (this.#closed) return err(failure("journal/failed", "closed"));
    let running: Running | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silent = new Promise<Result<T, JournalFailure>>((resolve) => {
      timer = setTimeout(() => {
        this.#end(running);
        resolve(err(failure("journal/failed", "no answer")));
      }, giveUpMs);
    });
    try {
      running = this.#running ?? this.#start();
      const result = await Promise.race([step(running.remote), running.dead, silent]);
      if (!result.ok && result.error.kind === "journal/unsupported") this.#unsupported = true;
      return result;
    } catch (error) {
      this.#end(running);
      const name = error instanceof Error || error instanceof DOMException ? error.name : "unknown";
      if (name === "NotSupportedError" || name === "SecurityError") this.#unsupported = true;
      return err(this.#unsupported ? failure("journal/unsupported") : failure("journal/failed", name));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Unless another one has taken its place. */
  #end(running: Running | null): void {
    if (running === this.#running) this.restart();
  }

  #start(): Running {
    const worker = new Worker(new URL("../../../../workers/journal/worker.ts", import.meta.url), { type: "module", name: "journal" });
    let give: Running["give"] = () => undefined;
    const dead = new Promise<never>((_resolve, reject) => (give = reject));
    worker.addEventListener("error", () => give(new Error("worker failed")), { once: true });
    dead.catch(() => undefined);
    const remote = wrap<JournalWorker>(worker);
    this.#running = { worker, remote, dead, give };
    // Messages keep their order: whatever is asked first, this is done before.
    void remote.open(this.place).then(
      (end: Result<JournalEnd, JournalFailure>) => {
        if (!end.ok && end.error.kind === "journal/unsupported") this.#unsupported = true;
      },
      () => undefined,
    );
    return this.#running;
  }
}

const key = v.union([v.string(), v.number(), v.array(v.union([v.string(), v.number()]))]);
const payloadShape = v.strictTuple([v.array(v.string()), v.array(v.strictTuple([v.string(), v.array(v.unknown())])), v.array(v.strictTuple([v.string(), v.array(key)]))]);

function read({ fromSeq, toSeq, revision, payload }: JournalFrame): WriteSet | null {
  try {
    const parsed = v.safeParse(payloadShape, decode(payload, { strict: true }));
    if (!parsed.success) return null;
    const [clears, puts, deletes] = parsed.output;
    return { fromSeq, toSeq, revision, ...(clears.length > 0 ? { clears } : {}), puts: puts.map(([table, rows]) => ({ table, rows })), deletes: deletes.map(([table, keys]) => ({ table, keys })) };
  } catch {
    return null;
  }
}
