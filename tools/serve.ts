import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import express from "express";

import { securityHeaders } from "../hub/headers.ts";
import { appFiles } from "../hub/static.ts";

/** Serves the built app with its security headers: `npm start`. */
const DIST = join(import.meta.dirname, "..", "dist");
const { values } = parseArgs({ options: { port: { type: "string", default: "4173" }, host: { type: "string", default: "localhost" }, dist: { type: "string", default: DIST } } });

if (!existsSync(join(values.dist, "index.html"))) {
  console.error(`${values.dist} holds no built app. Run npm start, which builds it.`);
  process.exit(1);
}

const application = express();
application.disable("x-powered-by");
// Answers to what went wrong show no stack.
application.set("env", "production");
application.use(securityHeaders(false));
application.use(appFiles(values.dist));
const server = application.listen(Number(values.port), values.host, (error?: NodeJS.ErrnoException) => {
  if (error === undefined) {
    console.log(`Clockface is on http://localhost:${values.port}`);
    return;
  }
  console.error(error.code === "EADDRINUSE" ? `Port ${values.port} is taken. Stop what uses it, or choose another: npm start -- --port 4174` : error.message);
  process.exit(1);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
