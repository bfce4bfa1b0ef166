import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startHub, type Hub } from "./server.ts";

let folder: string;
let hub: Hub;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "clockface-static-"));
  const dist = join(folder, "dist");
  mkdirSync(join(dist, "assets"), { recursive: true });
  mkdirSync(join(dist, "models"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(dist, "index.html"), "<title>App</title>");
  writeFileSync(join(dist, "verifier.html"), `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-AAAA'"><script></script>`);
  writeFileSync(join(dist, "service-worker.js"), "self;");
  writeFileSync(join(dist, "assets", "index-abcdefgh.js"), "export {};");
  writeFileSync(join(dist, "assets", "engine-abcdefgh.wasm"), "wasm");
  writeFileSync(join(dist, "assets", "loader-abcdefgh.mjs"), "export {};");
  writeFileSync(join(dist, "models", "pad.onnx"), "model");
  hub = await startHub({ data: join(folder, "data"), dist, host: "127.0.0.1", port: 0 });
});

afterAll(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

const PAGE = { accept: "text/html,application/xhtml+xml" };
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`http://127.0.0.1:${hub.port}${path}`, { headers });

/** `fetch` tidies paths up before it sends them. */
function getRaw(path: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    request({ port: hub.port, path }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on("error", reject)
      .end();
  });
}

describe("the app's files", () => {
  test.each(["/", "/index.html", "/assets/index-abcdefgh.js", "/models/pad.onnx", "/service-worker.js", "/db/down-x/_changes", "/missing.js"])("come with the security headers at %s", async (path) => {
    const { headers } = await get(path);
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-embedder-policy")).toBe("require-corp");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("permissions-policy")).toContain("camera=(self)");
    expect(headers.get("permissions-policy")).toContain("microphone=()");
    expect(headers.get("content-security-policy")).toContain("default-src 'none';script-src 'self' 'wasm-unsafe-eval';style-src 'self'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.has("x-powered-by")).toBe(false);
  });

  test.each(["/", "/index.html", "/admin/people"])("ask for Trusted Types in the page at %s", async (path) => {
    expect((await get(path, PAGE)).headers.get("content-security-policy")).toContain("require-trusted-types-for 'script';trusted-types default lit-html");
  });

  test("leave the verifier the policy that names its own script, and let nobody frame it", async () => {
    expect((await get("/verifier.html", PAGE)).headers.get("content-security-policy")).toBe("default-src 'none'; script-src 'sha256-AAAA'; frame-ancestors 'none'");
  });

  test.each([
    ["/assets/index-abcdefgh.js", "public, max-age=31536000, immutable", "text/javascript"],
    ["/assets/engine-abcdefgh.wasm", "public, max-age=31536000, immutable", "application/wasm"],
    ["/assets/loader-abcdefgh.mjs", "public, max-age=31536000, immutable", "text/javascript"],
    ["/models/pad.onnx", "no-cache", "application/octet-stream"],
    ["/service-worker.js", "no-cache", "text/javascript"],
    ["/", "no-cache", "text/html"],
    ["/admin/people", "no-cache", "text/html"],
  ])("say at %s how long they may be kept and what they are", async (path, cache, type) => {
    const { status, headers } = await get(path, PAGE);
    expect([status, headers.get("cache-control")]).toEqual([200, cache]);
    expect(headers.get("content-type")).toContain(type);
  });

  test("are the app itself at a page's address, and missing where a file is missing", async () => {
    expect(await (await get("/admin/people", PAGE)).text()).toBe("<title>App</title>");
    expect((await get("/assets/old-12345678.js", PAGE)).status).toBe(404);
    expect((await get("/models/other.onnx")).status).toBe(404);
    expect((await get("/admin/people", { accept: "application/json" })).status).toBe(404);
  });

  test.each(["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%5c..%5csecret.txt"])("end at their folder: %s", async (path) => {
    const { status, text } = await getRaw(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).not.toContain("secret\n");
    expect(text).not.toBe("secret");
  });
});
