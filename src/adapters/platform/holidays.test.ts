import { expect, it } from "vitest";
import { holidaySource } from "./holidays.ts";

const FILE = { version: 1, sources: [], names: [["A"]], countries: { XX: { years: { "2026": [101, 0, 0] } } }, zones: {} };

it("holidaySource fetches once when the file is there, and again when it was not", async () => {
  const answers = [new Response("", { status: 503 }), new Response('{"version":2}'), new Response(JSON.stringify(FILE))];
  const asked: string[] = [];
  const source = holidaySource((address) => {
    asked.push(address);
    return Promise.resolve(answers[asked.length - 1] ?? new Response("", { status: 404 }));
  });
  expect([await source(), await source(), await source(), await source()]).toEqual([null, null, FILE, FILE]);
  expect(asked).toHaveLength(3);
});

it("holidaySource gives null when there is no network", async () => {
  expect(await holidaySource(() => Promise.reject(new TypeError("offline")))()).toBeNull();
});
