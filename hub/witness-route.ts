import type { RequestHandler } from "express";
import { pipe, safeParse, strictObject, string, maxLength } from "valibot";

import { readRequest } from "../src/domain/log/statements.ts";
import { deviceRoute, type Admitted } from "./device-route.ts";
import type { WitnessBook } from "./witness.ts";

/** A proof over two thousand million entries in base64url is a tenth of it. */
const MOST_BYTES = "32kb";

const Body = strictObject({ request: pipe(string(), maxLength(32_000)) });

export interface WitnessRouteDependencies {
  readonly admitted: Admitted;
  readonly book: WitnessBook;
  readonly now: () => number;
}

/**
 * `POST /up-<site>/witness` with `{"request": "clockface-witness1~…"}`: the checkpoint, the device's key and the proof.
 * 200 `{cosigned}`; 409 `{error: "base" | "alarm", reason, cosigned}` where the hub has signed something else before;
 * 403 where the device did not sign what it sends.
 */
export function witnessRoute({ admitted, book, now }: WitnessRouteDependencies): RequestHandler {
  return deviceRoute({
    admitted,
    limit: MOST_BYTES,
    read: (body) => {
      const parsed = safeParse(Body, body);
      return parsed.success ? readRequest(parsed.output.request) : null;
    },
    what: "checkpoint",
    respond: async ({ device }, asked, response) => {
      const told = await book.ask(device, asked, now());
      if (told.kind === "signed") response.status(200).json({ cosigned: told.cosigned });
      else if (told.kind === "unsigned") response.status(403).json({ error: "forbidden", reason: "the device did not sign this" });
      else response.status(409).json({ error: told.kind, reason: told.reason, cosigned: told.cosigned });
    },
  });
}
