import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { FakeWorker } from "./testing/fake-worker.ts";
import { WorkerClient } from "./worker-client.ts";

interface Contract {
  double(value: number): Promise<Result<number, Failure<"double/odd">>>;
  never(): Promise<Result<number, Failure<"double/odd">>>;
  broken(): Promise<Result<number, Failure<"double/odd">>>;
}

const CONTRACT: Contract = {
  double: (value) => Promise.resolve(value % 2 === 0 ? ok(value * 2) : err({ kind: "double/odd" })),
  never: () => new Promise(() => undefined),
  broken: () => Promise.reject(new Error("a bug")),
};

describe("worker client", () => {
  let worker: FakeWorker;
  let lost: Failure[];
  let client: WorkerClient<Contract, "double/lost">;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    worker = new FakeWorker(CONTRACT);
    lost = [];
    client = new WorkerClient(worker as unknown as Worker, "double/lost", (failure) => lost.push(failure));
  });

  afterEach(() => vi.useRealTimers());

  test("hands on answers and expected failures as they are", async () => {
    expect(await client.call((remote) => remote.double(4), 100)).toEqual({ ok: true, value: 8 });
    expect(await client.call((remote) => remote.double(3), 100)).toMatchObject({ error: { kind: "double/odd" } });
    expect(client.alive).toBe(true);
  });

  test("turns an exception into a failure and keeps the worker", async () => {
    expect(await client.call((remote) => remote.broken(), 100)).toMatchObject({ error: { kind: "double/lost", detail: "Error: a bug" } });
    expect(client.alive).toBe(true);
  });

  test("answers everybody who waits, and tells once, when the worker dies", async () => {
    const waiting = [client.call((remote) => remote.never()), client.call((remote) => remote.never(), 5000)];
    worker.dispatchEvent(new Event("error"));
    worker.dispatchEvent(new Event("error"));
    for (const result of await Promise.all(waiting)) expect(result).toMatchObject({ error: { kind: "double/lost" } });
    expect(lost).toHaveLength(1);
    expect(worker.terminated).toBe(true);
    expect(client.alive).toBe(false);
  });

  test("gives a worker up when it does not answer in time", async () => {
    const waiting = client.call((remote) => remote.never(), 5000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await waiting).toMatchObject({ error: { kind: "double/lost" } });
    expect(lost).toHaveLength(1);
  });

  test("answers who waits, and tells nobody, when it is ended on purpose", async () => {
    const waiting = client.call((remote) => remote.never());
    client.end();
    expect(await waiting).toMatchObject({ error: { kind: "double/lost" } });
    expect(lost).toEqual([]);
    expect(await client.call((remote) => remote.double(2), 100)).toMatchObject({ ok: false });
  });
});
