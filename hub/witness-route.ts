import express, { type Request, type RequestHandler, type Response } from "express";
import { pipe, safeParse, strictObject, string, maxLength } from "valibot";

import { readRequest } from "../src/domain/log/statements.ts";
import type { Bearer } from "./tokens.ts";
import type { WitnessBook } from "./witness.ts";

/** A proof over two thousand million entries in base64url is a tenth of it. */
const MOST_BYTES = "32kb";

const Body = strictObject({ request: pipe(string(), maxLength(32_000)) });

export interface WitnessRouteDependencies {
  readonly admitted: (request: Request, response: Response, database: string) => Promise<Bearer | null>;
  readonly book: WitnessBook;
  readonly now: () => number;
}

/**
 * `POST /up-<site>/witness` with `{"request": "clockface-witness1~…"}`: the checkpoint, the device's key and the proof.
 * 200 `{cosigned}`; 409 `{error: "base" | "alarm", reason, cosigned}` where the hub has signed something else before;
 * 403 where the device did not sign what it sends.
 */
export function witnessRoute({ admitted, book, now }: WitnessRouteDependencies): RequestHandler {
  const readBody: RequestHandler = express.json({ limit: MOST_BYTES });
  return async (request, response, next) => {
    const database = (request.params as unknown as readonly string[])[0] ?? "";
    const bearer = await admitted(request, response, database);
    if (bearer === null) return;
    readBody(request, response, (error: unknown) => {
      if (error === undefined) respond(bearer, request.body, response).catch(next);
      else next(error);
    });
  };

  async function respond({ device }: Bearer, body: unknown, response: Response): Promise<void> {
    response.set("Cache-Control", "no-store");
    const parsed = safeParse(Body, body);
    const asked = parsed.success ? readRequest(parsed.output.request) : null;
    if (asked === null) {
      response.status(403).json({ error: "forbidden", reason: "this is no checkpoint" });
      return;
    }
    const told = await book.ask(device, asked, now());
    if (told.kind === "signed") response.status(200).json({ cosigned: told.cosigned });
    else if (told.kind === "unsigned") response.status(403).json({ error: "forbidden", reason: "the device did not sign this" });
    else response.status(409).json({ error: told.kind, reason: told.reason, cosigned: told.cosigned });
  }
}
