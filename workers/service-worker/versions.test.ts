import { describe, expect, test } from "vitest";
import { MOST_STARTS, Versions } from "./versions.ts";
import type { Version } from "./versions.ts";

/** Caches as far as they are used, kept from one service worker to the next. */
function storage(): CacheStorage {
  const kept = new Map<string, Response>();
  const cache = {
    match: (key: string) => Promise.resolve(kept.get(key)?.clone()),
    put: (key: string, answer: Response) => Promise.resolve(void kept.set(key, answer)),
  };
  return { open: () => Promise.resolve(cache) } as unknown as CacheStorage;
}

const made = (name: string): Version => ({ id: name, files: { "/index.html": `/index.html?${name}`, [`/assets/${name}.js`]: `/assets/${name}.js` } });
const [ONE, TWO, THREE] = [made("one"), made("two"), made("three")];
const served = async (versions: Versions): Promise<string | undefined> => (await versions.files())?.["/index.html"];

async function updated(): Promise<{ readonly versions: Versions; readonly caches: CacheStorage }> {
  const caches = storage();
  const versions = new Versions(caches);
  await versions.activated(ONE);
  await versions.activated(TWO);
  return { versions, caches };
}

describe("versions", () => {
  test("a new one is served at once, and the files of the one before stay until it has proved itself", async () => {
    const { versions } = await updated();
    expect(await served(versions)).toBe("/index.html?two");
    await versions.opened();
    expect(await versions.works("/assets/two.js")).toEqual(new Set(Object.values(TWO.files)));
    expect(await versions.works("/assets/two.js")).toBeNull();
    expect(await versions.failed("/assets/two.js", "late")).toBe(false);
  });

  test("one that fails its self-test is given up, told of once, and not served again", async () => {
    const { versions, caches } = await updated();
    expect(await versions.failed("/assets/two.js", "self-test/model")).toBe(true);
    expect(await served(versions)).toBe("/index.html?one");
    const later = new Versions(caches);
    expect(await later.heard()).toEqual({ id: "two", reason: "self-test/model" });
    expect(await later.heard()).toBeNull();
    await later.activated(TWO);
    expect(await served(later)).toBe("/index.html?one");
    await later.activated(THREE);
    expect(await served(later)).toBe("/index.html?three");
  });

  test("one whose page never says a word is given up after a few starts", async () => {
    const { caches } = await updated();
    for (let start = 0; start < MOST_STARTS; start++) {
      await new Versions(caches).opened();
      expect(await served(new Versions(caches))).toBe("/index.html?two");
    }
    const last = new Versions(caches);
    await last.opened();
    expect(await served(last)).toBe("/index.html?one");
  });

  test("the page of another version has no say", async () => {
    const { versions } = await updated();
    expect(await versions.works("/assets/one.js")).toBeNull();
    expect(await versions.failed("/assets/one.js", "old page")).toBe(false);
    expect(await served(versions)).toBe("/index.html?two");
  });

  test("two updates in a row fall back to the last that had proved itself", async () => {
    const { versions } = await updated();
    await versions.activated(THREE);
    expect(await versions.failed("/assets/three.js", "broken")).toBe(true);
    expect(await served(versions)).toBe("/index.html?one");
  });

  test("the first installation is never on trial", async () => {
    const versions = new Versions(storage());
    expect(await versions.activated(ONE)).toEqual(new Set(Object.values(ONE.files)));
    for (let start = 0; start < 10; start++) await versions.opened();
    expect(await versions.failed("/assets/one.js", "no camera")).toBe(false);
    expect(await served(versions)).toBe("/index.html?one");
  });

  test("a state that cannot be read is taken for none", async () => {
    const caches = storage();
    await (await caches.open("")).put("/clockface-versions.json", new Response("{"));
    expect(await new Versions(caches).files()).toBeNull();
  });
});
