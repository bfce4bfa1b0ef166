import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppFiles } from "./app-files.ts";
import { Versions } from "./versions.ts";

const CACHE = "clockface-test-files";
const STATE = "clockface-versions";

/** What a build names, as far as it is used: a page, its script and a model that does not change. */
const manifest = (name: string): { readonly url: string; readonly revision: string | null }[] => [
  { url: "/index.html", revision: name },
  { url: `/assets/${name}.js`, revision: null },
  { url: "/models/pad.onnx", revision: "same" },
];

/** The files that a service worker of this version sees, as in a new start of it. */
const filesOf = (name: string, versions = new Versions(caches)): AppFiles => new AppFiles(versions, caches, CACHE, manifest(name));

/** As the browser does when an address is opened. */
const navigation = (path: string): Request => Object.defineProperty(new Request(path), "mode", { value: "navigate" });

async function fetched(name: string): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const { url, revision } of manifest(name)) await cache.put(revision === null ? url : `${url}?__WB_REVISION__=${revision}`, new Response(`${name} ${url}`));
}

const opened = async (files: AppFiles, path = "/"): Promise<string | undefined> => (await files.answer(navigation(path))).response?.text();
const asked = async (files: AppFiles, path: string): Promise<string | undefined> => (await files.answer(new Request(path))).response?.text();
const keptPaths = async (): Promise<readonly string[]> => (await (await caches.open(CACHE)).keys()).map(({ url }) => url.slice(location.origin.length)).sort();

beforeEach(async () => {
  await fetched("one");
  await filesOf("one").takeUp();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await caches.delete(CACHE);
  await caches.delete(STATE);
});

describe("the app's files", () => {
  test("are served for their own address, and the page for any other that is opened", async () => {
    expect(await opened(filesOf("one"), "/admin/people")).toBe("one /index.html");
    expect(await asked(filesOf("one"), "/assets/one.js")).toBe("one /assets/one.js");
    expect(await asked(filesOf("one"), "/assets/none.js")).toBeUndefined();
    expect(await asked(filesOf("one"), "/db/clockface")).toBeUndefined();
  });

  test("of the version before go on for a page that is still open, and are taken away once the new one works", async () => {
    await fetched("two");
    const versions = new Versions(caches);
    const files = filesOf("two", versions);
    await files.takeUp();
    expect(await opened(files)).toBe("two /index.html");
    expect(await asked(files, "/assets/one.js")).toBe("one /assets/one.js");
    await files.keepOnly(await versions.works("/assets/two.js"));
    expect(await keptPaths()).toEqual(["/assets/two.js", "/index.html?__WB_REVISION__=two", "/models/pad.onnx?__WB_REVISION__=same"]);
  });

  test("are taken up by the first page when the browser was stopped before", async () => {
    await fetched("two");
    expect(await opened(filesOf("two"))).toBe("two /index.html");
  });

  test("are not served while one is missing", async () => {
    await fetched("two");
    await (await caches.open(CACHE)).delete("/assets/two.js");
    await filesOf("two").takeUp();
    expect(await opened(filesOf("two"))).toBe("one /index.html");
  });

  test("are served as this script names them when nothing says which version is served and nothing can be written", async () => {
    await caches.delete(STATE);
    vi.spyOn(Cache.prototype, "put").mockRejectedValue(new DOMException("no room", "QuotaExceededError"));
    expect(await opened(filesOf("one"))).toBe("one /index.html");
  });

  test("are counted as opened only where the app is: a picture in a tab of its own is no start", async () => {
    await fetched("two");
    await filesOf("two").takeUp();
    for (let time = 0; time < 5; time++) expect((await filesOf("two").answer(navigation("/models/pad.onnx"))).opens).toBe(false);
    expect(await opened(filesOf("two"))).toBe("two /index.html");
  });
});
