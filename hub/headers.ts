import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

import type { RequestHandler } from "express";
import helmet from "helmet";

const NONE = ["'none'"];
const SELF = ["'self'"];

/** Everything the app loads comes from its own origin; WebAssembly may be compiled, script from text may not. */
const POLICY = {
  defaultSrc: NONE,
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: SELF,
  imgSrc: ["'self'", "blob:"],
  mediaSrc: ["'self'", "blob:"],
  workerSrc: SELF,
  manifestSrc: SELF,
  connectSrc: SELF,
  objectSrc: NONE,
  baseUri: NONE,
  formAction: NONE,
  frameAncestors: NONE,
};

/** Pages have a DOM to inject into; the workers' scripts have none, and their libraries load further scripts by address. */
const PAGE_POLICY = { ...POLICY, requireTrustedTypesFor: ["'script'"], trustedTypes: ["default", "lit-html"] };

/** What the app uses is its own alone; what it never uses is off. */
const PERMISSIONS_POLICY = [
  "camera=(self)",
  "fullscreen=(self)",
  "screen-wake-lock=(self)",
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  "accelerometer=()",
  "display-capture=()",
  "geolocation=()",
  "gyroscope=()",
  "hid=()",
  "magnetometer=()",
  "microphone=()",
  "midi=()",
  "payment=()",
  "serial=()",
  "usb=()",
].join(", ");

/** Security headers of every answer. `secure`: served over TLS, so that browsers may be told to insist on it. */
export function securityHeaders(secure: boolean): RequestHandler {
  const base = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    crossOriginEmbedderPolicy: { policy: "require-corp" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: "deny" },
  });
  return (request, response, next) => {
    response.setHeader("Permissions-Policy", PERMISSIONS_POLICY);
    base(request, response, next);
  };
}

function written(policy: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(policy)
    .map(([name, values]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...values].join(" "))
    .join(";");
}

/** The policy of the app's own page, stricter than that of its files. */
export function setPagePolicy(response: ServerResponse): void {
  response.setHeader("Content-Security-Policy", written(PAGE_POLICY));
}

/** The same for the page itself to carry, wherever it is served from. A page cannot say who may frame it: that takes a header. */
export function pagePolicyForMeta(): string {
  return written(Object.fromEntries(Object.entries(PAGE_POLICY).filter(([name]) => name !== "frameAncestors")));
}

/** All headers in the form that static file hosts read (a file `_headers`). */
export function headersFile(): string {
  const headers = {
    "Content-Security-Policy": written(PAGE_POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": PERMISSIONS_POLICY,
  };
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return ["/*", ...lines, "/assets/*", "  ! Content-Security-Policy", `  Content-Security-Policy: ${written(POLICY)}`, "  Cache-Control: public, max-age=31536000, immutable", "/verifier.html", "  ! Content-Security-Policy", ""].join("\n");
}

/** Changes with the headers, so that a precached page is fetched again when only they changed. */
export function headersRevision(): string {
  return createHash("sha256").update(JSON.stringify([PAGE_POLICY, PERMISSIONS_POLICY])).digest("hex").slice(0, 16);
}
