import { beforeEach, describe, expect, test } from "vitest";
import { PROVES_WITHIN_S, STARTS_WITHIN_S, Trial } from "./trial.ts";

let trial: Trial;
let onTrial: boolean;
let seconds: number;
let reasons: string[];
/** Open pages, and how often each was led to its address anew. */
let pages: Map<string, number>;
let atSecond: Map<number, () => void>;

beforeEach(() => {
  [onTrial, seconds, reasons] = [true, 0, []];
  [pages, atSecond] = [new Map([["a", 0], ["b", 0]]), new Map<number, () => void>()];
  trial = new Trial({
    versions: {
      get onTrial() {
        return Promise.resolve(onTrial);
      },
      silent: (reason) => {
        reasons.push(reason);
        const back = onTrial;
        onTrial = false;
        return Promise.resolve(back);
      },
    },
    pages: {
      get: (id) => {
        const page = { url: "https://kiosk.example/", navigate: () => Promise.resolve(pages.set(id, (pages.get(id) ?? 0) + 1)) };
        return Promise.resolve(pages.has(id) ? page : undefined);
      },
    },
    second: () => Promise.resolve(atSecond.get(++seconds)?.()),
  });
});

describe("a page of a version on trial", () => {
  test("that does not come up is replaced by the version before", async () => {
    await trial.watch("a");
    expect({ seconds, reasons, pages: [...pages] }).toEqual({ seconds: STARTS_WITHIN_S, reasons: ["does not start"], pages: [["a", 1], ["b", 0]] });
  });

  test("that came up and never says that it works is replaced later", async () => {
    atSecond.set(STARTS_WITHIN_S - 1, () => trial.started("a"));
    await trial.watch("a");
    expect({ seconds, reasons, led: pages.get("a") }).toEqual({ seconds: PROVES_WITHIN_S, reasons: ["says nothing"], led: 1 });
  });

  test("that works is left alone", async () => {
    atSecond.set(20, () => (onTrial = false));
    await trial.watch("a");
    expect({ seconds, reasons, led: pages.get("a") }).toEqual({ seconds: 20, reasons: [], led: 0 });
  });

  test("that was closed says nothing about its version", async () => {
    atSecond.set(3, () => pages.delete("a"));
    await trial.watch("a");
    expect(reasons).toEqual([]);
  });

  test("is replaced when the version is given up in another one, which sees to itself", async () => {
    const both = [trial.watch("a"), trial.watch("b")];
    atSecond.set(5, () => {
      onTrial = false;
      void trial.goBack("a");
    });
    await Promise.all(both);
    expect([...pages]).toEqual([["a", 0], ["b", 1]]);
  });

  test("is not watched when there is no trial", async () => {
    onTrial = false;
    await trial.watch("a");
    expect(seconds).toBe(0);
  });
});
