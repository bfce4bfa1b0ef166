import { describe, expect, test } from "vitest";
import { MOST_STARTS, Versions } from "./versions.ts";
import type { Version } from "./versions.ts";

/** Caches as far as they are used, kept from one service worker to the next. */
class FakeCaches {
  readonly kept = new Map<string, Response>();
  full = false;
  readonly #cache = {
    match: (key: string) => Promise.resolve(this.kept.get(key)?.clone()),
    put: (key: string, answer: Response) => (this.full ? Promise.reject(new DOMException("no room", "QuotaExceededError")) : Promise.resolve(void this.kept.set(key, answer))),
  };
  open = (): Promise<Cache> => Promise.resolve(this.#cache as unknown as Cache);
}

const made = (name: string): Version => ({ id: name, files: { "/index.html": `/index.html?${name}`, [`/assets/${name}.js`]: `/assets/${name}.js` } });
const [ONE, TWO, THREE] = [made("one"), made("two"), made("three")];
const whole = (): Promise<boolean> => Promise.resolve(true);
const keysOf = (...versions: readonly Version[]): ReadonlySet<string> => new Set(versions.flatMap(({ files }) => Object.values(files)));
const over = (caches: FakeCaches): Versions => new Versions(caches as unknown as CacheStorage);
const served = async (versions: Versions): Promise<string | undefined> => (await versions.files())?.serving["/index.html"];

async function updated(): Promise<{ readonly versions: Versions; readonly caches: FakeCaches }> {
  const caches = new FakeCaches();
  const versions = over(caches);
  for (const version of [ONE, TWO]) {
    await versions.announce(version);
    await versions.takeUp(version, whole);
  }
  return { versions, caches };
}

describe("versions", () => {
  test("a new one is served at once, and the files of the one before stay until it has proved itself", async () => {
    const { versions } = await updated();
    expect(await versions.files()).toEqual({ serving: TWO.files, fallback: ONE.files });
    expect(await versions.onTrial).toBe(true);
    await versions.opened();
    expect(await versions.works("/assets/two.js")).toEqual(keysOf(TWO));
    expect(await versions.onTrial).toBe(false);
    expect(await versions.works("/assets/two.js")).toBeNull();
    expect(await versions.failed("/assets/two.js", "late")).toBe(false);
    expect(await versions.silent("late")).toBe(false);
  });

  test("one that fails its self-test is given up, told of once, and not served again", async () => {
    const { versions, caches } = await updated();
    expect(await versions.failed("/assets/two.js", "self-test/model")).toBe(true);
    expect(await served(versions)).toBe("/index.html?one");
    const later = over(caches);
    expect(await later.heard()).toEqual({ id: "two", reason: "self-test/model" });
    expect(await later.heard()).toBeNull();
    await later.takeUp(TWO, whole);
    expect(await served(later)).toBe("/index.html?one");
    await later.takeUp(THREE, whole);
    expect(await served(later)).toBe("/index.html?three");
  });

  test("one that says nothing in time is given up", async () => {
    const { versions, caches } = await updated();
    expect(await versions.silent("does not start")).toBe(true);
    expect(await versions.silent("does not start")).toBe(false);
    expect(await served(over(caches))).toBe("/index.html?one");
    expect(await versions.heard()).toEqual({ id: "two", reason: "does not start" });
  });

  test("one whose page never says a word is given up after a few starts, whatever was stopped in between", async () => {
    const { caches } = await updated();
    for (let start = 0; start < MOST_STARTS; start++) {
      await over(caches).opened();
      expect(await served(over(caches))).toBe("/index.html?two");
    }
    await over(caches).opened();
    expect(await served(over(caches))).toBe("/index.html?one");
  });

  test("the page of another version has no say", async () => {
    const { versions } = await updated();
    expect(await versions.works("/assets/one.js")).toBeNull();
    expect(await versions.failed("/assets/one.js", "old page")).toBe(false);
    expect(await served(versions)).toBe("/index.html?two");
  });

  test("two updates in a row fall back to the last that had proved itself", async () => {
    const { versions } = await updated();
    await versions.takeUp(THREE, whole);
    expect(await versions.failed("/assets/three.js", "broken")).toBe(true);
    expect(await served(versions)).toBe("/index.html?one");
  });

  test("the first installation is never on trial", async () => {
    const versions = over(new FakeCaches());
    expect(await versions.takeUp(ONE, whole)).toEqual(keysOf(ONE));
    for (let start = 0; start < 10; start++) await versions.opened();
    expect(await versions.failed("/assets/one.js", "no camera")).toBe(false);
    expect(await versions.silent("does not start")).toBe(false);
    expect(await served(versions)).toBe("/index.html?one");
  });

  test("one that is not whole is not served", async () => {
    const { versions } = await updated();
    await versions.works("/assets/two.js");
    expect(await versions.takeUp(THREE, () => Promise.resolve(false))).toBeNull();
    expect(await served(versions)).toBe("/index.html?two");
  });

  test("the files of one that is fetched during a trial stay, and those of one that was given up do not", async () => {
    const { versions } = await updated();
    await versions.announce(THREE);
    expect(await versions.works("/assets/two.js")).toEqual(keysOf(TWO, THREE));
    await versions.takeUp(THREE, whole);
    await versions.failed("/assets/three.js", "broken");
    const four = made("four");
    await versions.announce(four);
    await versions.takeUp(four, whole);
    expect(await versions.works("/assets/four.js")).toEqual(keysOf(four));
  });

  test("on a full disk the version that is served stays, and a trial goes on to its end", async () => {
    const { versions, caches } = await updated();
    caches.full = true;
    await versions.opened();
    expect(await versions.works("/assets/two.js")).toBeNull();
    expect(await versions.onTrial).toBe(false);
    await expect(versions.takeUp(THREE, whole)).rejects.toThrow("no room");
    expect(await served(versions)).toBe("/index.html?two");

    const later = over(caches);
    expect(await later.onTrial).toBe(true);
    expect(await later.silent("does not start")).toBe(true);
    expect(await served(later)).toBe("/index.html?one");
  });

  test("a state that was lost half way leaves the one before it", async () => {
    const { caches } = await updated();
    await over(caches).opened();
    const places = [...caches.kept.keys()].filter((key) => key.includes("versions"));
    expect(places).toHaveLength(2);
    for (const place of places) {
      const kept = caches.kept.get(place)?.clone();
      caches.kept.set(place, new Response("{"));
      expect(await served(over(caches))).toBe("/index.html?two");
      caches.kept.set(place, kept ?? new Response());
    }
  });

  test("a state that cannot be read is taken for none", async () => {
    const caches = new FakeCaches();
    await (await caches.open()).put("/clockface-versions.json", new Response("{"));
    expect(await over(caches).files()).toBeNull();
  });

  test("a state of earlier versions is read", async () => {
    const caches = new FakeCaches();
    await (await caches.open()).put("/clockface-versions.json", Response.json({ serving: TWO, fallback: ONE, starts: 1, givenUp: null, refused: [] }));
    expect(await over(caches).onTrial).toBe(true);
    await over(caches).silent("does not start");
    expect(await served(over(caches))).toBe("/index.html?one");
  });
});
