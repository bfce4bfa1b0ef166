import { createHash } from "node:crypto";

import type { RequestHandler } from "express";
import helmet from "helmet";

const NONE = ["'none'"];
const SELF = ["'self'"];

/** Everything the app loads comes from its own origin; WebAssembly may be compiled, script from text may not. */
const CONTENT_SECURITY_POLICY = {
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
  requireTrustedTypesFor: ["'script'"],
};

/** What the app uses is its own alone; what it never uses is off. */
const PERMISSIONS_POLICY = [
  "camera=(self)",
  "fullscreen=(self)",
  "screen-wake-lock=(self)",
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  "accelerometer=()",
  "bluetooth=()",
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
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
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

/** Changes with the headers, so that a precached page is fetched again when only they changed. */
export function headersRevision(): string {
  return createHash("sha256").update(JSON.stringify([CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY])).digest("hex").slice(0, 16);
}
