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

/** The policy of the app's own page, stricter than that of its files. */
export function setPagePolicy(response: ServerResponse): void {
  const policy = Object.entries(PAGE_POLICY).map(([name, values]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...values].join(" "));
  response.setHeader("Content-Security-Policy", policy.join(";"));
}

/** Changes with the headers, so that a precached page is fetched again when only they changed. */
export function headersRevision(): string {
  return createHash("sha256").update(JSON.stringify([PAGE_POLICY, PERMISSIONS_POLICY])).digest("hex").slice(0, 16);
}
