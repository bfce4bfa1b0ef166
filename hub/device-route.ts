import express, { type Request, type RequestHandler, type Response } from "express";

import type { Bearer } from "./tokens.ts";

/** Whose token it is, where it opens this database. Null where it does not: that is answered already. */
export type Admitted = (request: Request, response: Response, database: string) => Promise<Bearer | null>;

export interface DeviceRouteOptions<T> {
  readonly admitted: Admitted;
  /** Longest body, as `express.json` takes it. */
  readonly limit: string;
  /** What the body asks for; null where it is nothing of the kind. */
  readonly read: (body: unknown) => T | null;
  /** What it should be, in the answer to what is not. */
  readonly what: string;
  readonly respond: (bearer: Bearer, asked: T, response: Response) => void | Promise<void>;
}

/** What a device sends as JSON to `/up-<site>/…`: the token is looked at before the body is read, and no cache keeps the answer. */
export function deviceRoute<T>({ admitted, limit, read, what, respond }: DeviceRouteOptions<T>): RequestHandler {
  const readBody: RequestHandler = express.json({ limit });
  return async (request, response, next) => {
    const bearer = await admitted(request, response, (request.params as unknown as readonly string[])[0] ?? "");
    if (bearer === null) return;
    const answer = async (): Promise<void> => {
      response.set("Cache-Control", "no-store");
      const asked = read(request.body);
      if (asked === null) response.status(403).json({ error: "forbidden", reason: `this is no ${what}` });
      else await respond(bearer, asked, response);
    };
    readBody(request, response, (error: unknown) => {
      if (error === undefined) answer().catch(next);
      else next(error);
    });
  };
}
