import { existsSync } from "node:fs";
import { join } from "node:path";

import type { RequestHandler } from "express";
import { maxLength, parse, pipe, record, regex, safeParse, strictObject, string } from "valibot";

import { readJson, replaceFile, type DataFolder } from "./data-folder.ts";
import { deviceRoute, type Admitted } from "./device-route.ts";

/** A signed statement of a few hundred bytes. */
const MOST_BYTES = "4kb";
/** How often the file is written at most, milliseconds: what a stop takes comes again with the next heartbeats. */
const WRITE_EVERY_MS = 60_000;

const text = pipe(string(), maxLength(2_000), regex(/^[A-Za-z0-9_-]+$/));
const Body = strictObject({ heartbeat: text });
const Kept = record(string(), text);

/**
 * The last heartbeat of each device: that it has recorded nothing beyond what it sent. The hub cannot check it; whoever
 * reads the device's records can.
 */
export class HeartbeatBook {
  readonly #path: string;
  readonly #latest: Map<string, string>;
  #writtenAtMs = 0;

  constructor(folder: DataFolder) {
    this.#path = join(folder.path, "heartbeats.json");
    this.#latest = new Map(Object.entries(read(this.#path)));
  }

  get latest(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#latest);
  }

  keep(device: string, heartbeat: string, nowMs: number): void {
    this.#latest.set(device, heartbeat);
    if (nowMs - this.#writtenAtMs < WRITE_EVERY_MS) return;
    this.#writtenAtMs = nowMs;
    replaceFile(this.#path, JSON.stringify(this.latest), 0o600);
  }
}

export interface HeartbeatRouteDependencies {
  readonly admitted: Admitted;
  readonly book: HeartbeatBook;
  readonly now: () => number;
}

/** `POST /up-<site>/heartbeat` with `{"heartbeat": "…"}`: 204, or 403 where it is none. */
export function heartbeatRoute({ admitted, book, now }: HeartbeatRouteDependencies): RequestHandler {
  return deviceRoute({
    admitted,
    limit: MOST_BYTES,
    read: (body) => {
      const parsed = safeParse(Body, body);
      return parsed.success ? parsed.output.heartbeat : null;
    },
    what: "heartbeat",
    respond: ({ device }, heartbeat, response) => {
      book.keep(device, heartbeat, now());
      response.status(204).end();
    },
  });
}

/** A damaged file is none: the next heartbeats make it anew. */
function read(path: string): Readonly<Record<string, string>> {
  try {
    return existsSync(path) ? parse(Kept, readJson(path)) : {};
  } catch {
    return {};
  }
}
