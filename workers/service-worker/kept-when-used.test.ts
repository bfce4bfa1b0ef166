import { afterEach, describe, expect, test, vi } from "vitest";
import { KEPT_WHEN_USED, keptWhenUsed } from "./kept-when-used.ts";

/** One cache, as far as it is used. */
class FakeCache {
  readonly kept = new Map<string, Response>();
  full = false;
  match = ({ url }: Request): Promise<Response | undefined> => Promise.resolve(this.kept.get(url)?.clone());
  keys = (): Promise<readonly Request[]> => Promise.resolve([...this.kept.keys()].map((url) => new Request(url)));
  delete = ({ url }: Request): Promise<boolean> => Promise.resolve(this.kept.delete(url));
  put = ({ url }: Request, answer: Response): Promise<void> => {
    if (this.full) return Promise.reject(new Error("no room"));
    this.kept.set(url, answer);
    return Promise.resolve();
  };
}

const address = (hash: string): string => `https://kiosk.example/assets/ort-wasm-simd-threaded.asyncify-${hash}.wasm`;

describe("a file that is kept when it is used", () => {
  const cache = new FakeCache();
  const storage = { open: () => Promise.resolve(cache) } as unknown as CacheStorage;
  const asked: string[] = [];

  function network(status: number): void {
    vi.stubGlobal("fetch", (request: Request) => {
      asked.push(request.url);
      return Promise.resolve(new Response(status === 200 ? request.url : null, { status }));
    });
  }

  const text = async (hash: string): Promise<string> => (await keptWhenUsed(new Request(address(hash)), storage)).text();

  afterEach(() => {
    vi.unstubAllGlobals();
    cache.kept.clear();
    cache.full = false;
    asked.length = 0;
  });

  test("is fetched once, and leaves the version before it and no older one", async () => {
    network(200);
    expect(await text("aaaaaaaa")).toBe(address("aaaaaaaa"));
    expect(await text("aaaaaaaa")).toBe(address("aaaaaaaa"));
    expect(await text("bbbbbbbb")).toBe(address("bbbbbbbb"));
    expect([...cache.kept.keys()]).toEqual([address("aaaaaaaa"), address("bbbbbbbb")]);
    expect(await text("cccccccc")).toBe(address("cccccccc"));
    expect(asked).toEqual([address("aaaaaaaa"), address("bbbbbbbb"), address("cccccccc")]);
    expect([...cache.kept.keys()]).toEqual([address("bbbbbbbb"), address("cccccccc")]);
  });

  test("is answered all the same, and not kept, when the answer is an error or there is no room", async () => {
    network(404);
    await text("aaaaaaaa");
    network(200);
    cache.full = true;
    expect(await text("aaaaaaaa")).toBe(address("aaaaaaaa"));
    expect(cache.kept.size).toBe(0);
  });

  test.each([
    { path: "/assets/ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm", kept: true },
    { path: "/assets/ort-wasm-simd-threaded-DcHrbrbl.wasm", kept: false },
    { path: "/assets/ort-wasm-simd-threaded.asyncify-CGX8rfbW.mjs", kept: false },
  ])("is $kept for $path", ({ path, kept }) => {
    expect(KEPT_WHEN_USED.test(path)).toBe(kept);
  });
});
