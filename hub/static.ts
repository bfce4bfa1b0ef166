import { existsSync, readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join, sep } from "node:path";

import express, { type Router } from "express";

import { setPagePolicy } from "./headers.ts";

/** The verifier is one file with its script in it, and names that script's hash itself: any other policy beside it would stop it. */
function setOwnPolicy(response: ServerResponse, path: string): void {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/i.exec(readFileSync(path, "utf8"))?.[1];
  if (policy === undefined) setPagePolicy(response);
  else response.setHeader("Content-Security-Policy", `${policy.replaceAll("&#39;", "'").replaceAll("&amp;", "&")}; frame-ancestors 'none'`);
}

/**
 * The built app. Files whose name carries their hash are kept for good, all others are asked for again each time.
 * A page address that is no file gets the app itself; a missing file stays missing.
 */
export function appFiles(dist: string): Router {
  const router = express.Router();
  const index = join(dist, "index.html");
  router.use("/assets", express.static(join(dist, "assets"), { immutable: true, maxAge: "365d", index: false, redirect: false }));
  router.use(
    express.static(dist, {
      index: "index.html",
      redirect: false,
      dotfiles: "ignore",
      setHeaders: (response, path) => {
        response.setHeader("Cache-Control", "no-cache");
        if (path.endsWith(`${sep}verifier.html`)) setOwnPolicy(response, path);
        else if (path.endsWith(".html")) setPagePolicy(response);
      },
    }),
  );
  router.use((request, response) => {
    const page = request.method === "GET" && request.accepts(["html"]) === "html" && !/\.[^/]*$/.test(request.path);
    if (!page || !existsSync(index)) {
      response.status(404).type("text/plain").set("Cache-Control", "no-store").send("Not found");
      return;
    }
    setPagePolicy(response);
    response.sendFile(index, { headers: { "Cache-Control": "no-cache" }, cacheControl: false });
  });
  return router;
}
