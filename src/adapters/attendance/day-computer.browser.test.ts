import { afterEach, expect, test } from "vitest";
import type { Progress } from "../../app/api/attendance.ts";
import { computeDays } from "../../domain/attendance/engine/compute-days.ts";
import type { EngineInput, EnginePerson } from "../../domain/attendance/engine/types.ts";
import { inputOf } from "../../domain/attendance/engine/testing/case.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { WorkerDayComputer } from "./day-computer.ts";

const computers: WorkerDayComputer[] = [];
afterEach(() => {
  for (const computer of computers.splice(0)) computer.close();
});

/** With the workers that it started. */
function computerOf(): { readonly computer: WorkerDayComputer; readonly started: Worker[] } {
  const started: Worker[] = [];
  const computer = new WorkerDayComputer(() => {
    const worker = new Worker(new URL("../../../workers/attendance/worker.ts", import.meta.url), { type: "module" });
    started.push(worker);
    return worker;
  });
  computers.push(computer);
  return { computer, started };
}

function inputFor(count: number): EngineInput {
  const input = inputOf({ about: "a month", from: "2026-11-01", to: "2026-11-30", punches: ["2026-11-23 08:55 in", "2026-11-23 18:02 out"] });
  const [first] = input.people;
  if (first === undefined) throw new Error("nobody");
  return { ...input, people: Array.from({ length: count }, (_, index): EnginePerson => ({ ...first, personId: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}` as PersonId })) };
}

test("the day computer gives what the engine gives, in the order of the people, when they are more than one message holds", async () => {
  const { computer, started } = computerOf();
  const told: Progress[] = [];
  const input = inputFor(120);
  const result = await computer.compute(input, (progress) => told.push(progress));
  expect(result).toEqual({ ok: true, value: computeDays(input) });
  expect(told.length).toBeGreaterThan(1);
  expect(told.at(-1)).toEqual({ done: 120, total: 120 });
  await computer.compute(inputFor(1));
  expect(started).toHaveLength(1);
});

test("the day computer does not begin when it was cancelled before", async () => {
  const { computer, started } = computerOf();
  expect(await computer.compute(inputFor(1), undefined, AbortSignal.abort())).toMatchObject({ ok: false, error: { kind: "attendance/cancelled" } });
  expect(started).toHaveLength(0);
});

test("the day computer stops at once and works for the next when it is cancelled in the middle", async () => {
  const { computer, started } = computerOf();
  const stop = new AbortController();
  const cancelled = computer.compute(inputFor(2_000), () => stop.abort(), stop.signal);
  const after = computer.compute(inputFor(2));
  expect(await cancelled).toMatchObject({ ok: false, error: { kind: "attendance/cancelled" } });
  expect(await after).toMatchObject({ ok: true });
  expect(started).toHaveLength(2);
});

test("the day computer tells and works for the next when its worker dies", async () => {
  let broken = true;
  const computer = new WorkerDayComputer(() => {
    const first = broken;
    broken = false;
    if (first) return new Worker(URL.createObjectURL(new Blob(["throw new Error('gone')"], { type: "text/javascript" })), { type: "module" });
    return new Worker(new URL("../../../workers/attendance/worker.ts", import.meta.url), { type: "module" });
  });
  computers.push(computer);
  expect(await computer.compute(inputFor(1))).toMatchObject({ ok: false, error: { kind: "attendance/worker-failed" } });
  expect(await computer.compute(inputFor(1))).toMatchObject({ ok: true });
});
