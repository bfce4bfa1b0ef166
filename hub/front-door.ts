import express, { type ErrorRequestHandler, type NextFunction, type Request, type RequestHandler, type Response, type Router } from "express";

import type { DataFolder } from "./data-folder.ts";
import { heartbeatRoute, type HeartbeatBook } from "./heartbeats.ts";
import type { Store } from "./store.ts";
import { checkToken, READER_ROLE, type Bearer } from "./tokens.ts";
import { witnessRoute } from "./witness-route.ts";
import type { WitnessBook } from "./witness.ts";

/** Most documents in one push, and rows in one pull. */
export const MOST_DOCUMENTS = 100;
const MOST_ROWS = 500;
/** 100 sealed segments of 16 KiB in base64url, with their identifiers. */
const MOST_BYTES = "3mb";

const DATABASE = /^(?:up|down)-([a-z][a-z0-9-]{0,39})$/;
const FIELDS = new Set(["_id", "kind", "c"]);

function answer(response: Response, status: number, error: string, reason: string): void {
  response.status(status).set("Cache-Control", "no-store").json({ error, reason });
}

/** What may not even be asked of the database: it would not put these to the validation function, or would not treat them as new. */
function malformed(body: unknown): string | null {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return "the body must be an object";
  if (Object.keys(body).some((key) => key !== "docs")) return "only documents may be sent, with no options";
  const docs: unknown = (body as Record<string, unknown>)["docs"];
  if (!Array.isArray(docs) || docs.length === 0 || docs.length > MOST_DOCUMENTS) return `1 to ${MOST_DOCUMENTS} documents may be sent at once`;
  for (const doc of docs as unknown[]) {
    if (typeof doc !== "object" || doc === null || Array.isArray(doc)) return "a document must be an object";
    if (Object.entries(doc).some(([key, value]) => !FIELDS.has(key) || typeof value !== "string")) return "a document holds _id, kind and c";
    const id = (doc as { readonly _id?: string })._id;
    if (id === undefined || id.startsWith("_")) return "a document needs an identifier of its own";
  }
  return null;
}

/** The parameters of a pull that are let through; the rest (filters, views, feeds that stay open) is left out. */
function pullQuery(query: Request["query"]): Record<string, string> {
  const limit = Number(query["limit"]);
  const since = query["since"];
  return {
    limit: String(Number.isInteger(limit) && limit >= 1 && limit <= MOST_ROWS ? limit : MOST_ROWS),
    ...(typeof since === "string" && /^[A-Za-z0-9_-]{1,256}$/.test(since) ? { since } : {}),
    ...(query["include_docs"] === "true" ? { include_docs: "true" } : {}),
  };
}

/**
 * Everything under `/db`. For every tablet: `POST /up-<site>/_bulk_docs`, `POST /up-<site>/witness`,
 * `POST /up-<site>/heartbeat` and `GET /down-<site>/_changes`. For one whose token says that it reads:
 * `GET /up-<site>/_changes` and `GET /up-<site>/heartbeats`.
 * All else a database server offers (`_local`, `_all_docs`, single documents, replication, administration) is not there:
 * some of it passes by the validation function.
 */
export function frontDoor(folder: DataFolder, store: Store, book: WitnessBook, heartbeats: HeartbeatBook, now: () => number): Router {
  const router = express.Router();
  const readBody: RequestHandler = express.json({ limit: MOST_BYTES });

  const admitted = async (request: Request, response: Response, database: string): Promise<Bearer | null> => {
    const site = DATABASE.exec(database)?.[1] ?? "";
    const checked = await checkToken(folder, request.headers.authorization, site, Math.floor(now() / 1000));
    if ("bearer" in checked) return checked.bearer;
    const { status, error, reason } = checked.refusal;
    if (status === 401) response.set("WWW-Authenticate", "Bearer");
    answer(response, status, error, reason);
    return null;
  };

  /** What tablets have sent is sealed, and still nothing for every one of them: its size and times tell who works when. */
  const admittedToRead = async (request: Request, response: Response, database: string): Promise<Bearer | null> => {
    const bearer = await admitted(request, response, database);
    if (bearer === null || bearer.roles.includes(READER_ROLE)) return bearer;
    answer(response, 403, "forbidden", "the token does not allow reading");
    return null;
  };

  const pass = (request: Request, response: Response, next: NextFunction, url: string, query: Record<string, string>, { device, roles }: Bearer): void => {
    response.set("Cache-Control", "no-store");
    // express-pouchdb reads the session from the request and hands it to the validation function. Its express is an older
    // one: there the query is a property and `_body` says that the body was read already.
    const given = { url, query, couchSession: { userCtx: { name: device, roles } }, _body: true };
    for (const [name, value] of Object.entries(given)) Object.defineProperty(request, name, { value, writable: true, configurable: true });
    store.couch(request, response, next);
  };

  router.post(/^\/(up-[^/]+)\/_bulk_docs$/, async (request, response, next) => {
    const database = (request.params as unknown as readonly string[])[0] ?? "";
    const bearer = await admitted(request, response, database);
    if (bearer === null) return;
    readBody(request, response, (error: unknown) => {
      const reason = error === undefined ? malformed(request.body) : null;
      if (error !== undefined) next(error);
      else if (reason !== null) answer(response, 403, "forbidden", reason);
      else pass(request, response, next, `/${database}/_bulk_docs`, {}, bearer);
    });
  });

  router.post(/^\/(up-[^/]+)\/witness$/, witnessRoute({ admitted, book, now }));

  router.post(/^\/(up-[^/]+)\/heartbeat$/, heartbeatRoute({ admitted, book: heartbeats, now }));

  router.get(/^\/(up-[^/]+)\/heartbeats$/, async (request, response) => {
    const database = (request.params as unknown as readonly string[])[0] ?? "";
    if ((await admittedToRead(request, response, database)) !== null) response.set("Cache-Control", "no-store").json({ heartbeats: heartbeats.latest });
  });

  router.get(/^\/((?:up|down)-[^/]+)\/_changes$/, async (request, response, next) => {
    const database = (request.params as unknown as readonly string[])[0] ?? "";
    const bearer = await (database.startsWith("up-") ? admittedToRead : admitted)(request, response, database);
    if (bearer === null) return;
    pass(request, response, next, `/${database}/_changes`, pullQuery(request.query), bearer);
  });

  router.use((_request, response) => answer(response, 404, "not_found", "there is nothing here"));

  const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
    const status = typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500;
    if (response.headersSent) next(error);
    else if (status === 413) answer(response, 413, "too_large", "the body is too large");
    else if (status >= 400 && status < 500) answer(response, 403, "forbidden", "the body cannot be read");
    else answer(response, 500, "internal_error", "the hub could not do this");
  };
  router.use(failed);
  return router;
}
