import { once } from "node:events";
import { readdirSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";

import express, { type RequestHandler } from "express";

import { securityHeaders } from "../../hub/headers.ts";
import { appFiles } from "../../hub/static.ts";
import { servedApp } from "../support/servers.ts";
import { BUILT_PAGES } from "./build.ts";
import type { OpenOptions } from "./pages/page.ts";
import { packageFolder } from "./peers/fetch.ts";
import type { PeerName } from "./peers/table.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const PICTURE = join(ROOT, "public", "assets", "practice", "portrait.png");

/** Which package of which peer lies at which address. */
const PEER_FOLDERS: readonly (readonly [path: string, peer: PeerName, name: string])[] = [
  ["/peers/human", "human", "@vladmandic/human"],
  ["/peers/tfjs-wasm", "human", "@tensorflow/tfjs-backend-wasm"],
  ["/peers/vface", "vface", "@vladmandic/face-api"],
  ["/peers/faceApi", "faceApi", "face-api.js"],
  ["/peers/faceplugin", "faceplugin", "faceplugin-face-recognition-js"],
];

/** The built app, the bench's pages and the peers on one origin. */
export interface BenchServer {
  readonly origin: string;
  /** The production workers, as the app's build names them. */
  readonly workers: OpenOptions["workers"];
  /** The address of a page of the bench. */
  page(name: string): string;
  /** Nothing is answered any more; {@link BenchServer.stop} may come twice. */
  stop(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const dist = servedApp();
  const application = express();
  application.disable("x-powered-by");
  for (const path of ["/bench", "/peers", "/ort", "/bench-picture"]) application.use(path, isolated);
  // Pages lie one folder deep in their own, because one of the peers loads its models from the folder beside its page.
  application.get("/bench/page/:name", (request, response) => {
    response.type("html").send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><body><script type="module" src="/bench/${encodeURIComponent(request.params.name)}.js"></script></body></html>`);
  });
  application.get("/peers/faceplugin/page/faceplugin", (_request, response) => {
    response.type("html").send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title><body><script type="module" src="/bench/faceplugin.js"></script></body></html>`);
  });
  application.use("/bench", express.static(BUILT_PAGES));
  application.use("/ort", express.static(join(ROOT, "node_modules", "onnxruntime-web", "dist")));
  application.get("/bench-picture", (_request, response) => response.sendFile(PICTURE));
  for (const [path, peer, name] of PEER_FOLDERS) application.use(path, express.static(packageFolder(peer, name), { dotfiles: "allow" }));
  application.use(securityHeaders(false));
  application.use(appFiles(dist));
  const server = application.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const origin = `http://localhost:${address.port}`;
  const assets = readdirSync(join(dist, "assets"));
  const worker = (name: string): string => {
    const file = assets.find((asset) => asset.startsWith(`${name}.worker-`) && asset.endsWith(".js"));
    if (file === undefined) throw new Error(`the build holds no ${name} worker`);
    return `/assets/${file}`;
  };
  return {
    origin,
    workers: { landmark: worker("landmark"), inference: worker("inference"), matcher: worker("matcher") },
    page: (name) => `${origin}${name === "faceplugin" ? "/peers/faceplugin/page/faceplugin" : `/bench/page/${name}`}`,
    stop: () => stop(server),
  };
}

/** Threads need an isolated page; what peers make of text and addresses would not pass the app's own policy. */
const isolated: RequestHandler = (_request, response, next) => {
  response.set({ "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Resource-Policy": "same-origin" });
  next();
};

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
