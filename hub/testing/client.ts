import { createHash } from "node:crypto";

import type { Segment } from "../../src/app/ports/outbox.ts";

/** A segment with the identifier that fits it. */
export function makeSegment(c: string, device: string, seq: number): Segment {
  const hash = createHash("sha256").update(`seg.${c}`).digest("hex");
  return { _id: `${device}:${String(seq).padStart(12, "0")}:${hash}`, kind: "seg", c };
}

export interface Row {
  readonly id: string;
  readonly ok?: boolean;
  readonly rev?: string;
  readonly error?: string;
  readonly reason?: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One request with a token (none when null); the body is sent as JSON. */
export async function ask(origin: string, method: string, path: string, token: string | null, body?: unknown): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

export async function push(origin: string, site: string, token: string | null, docs: readonly unknown[]): Promise<{ readonly status: number; readonly rows: readonly Row[] }> {
  const { status, body } = await ask(origin, "POST", `/db/up-${site}/_bulk_docs`, token, { docs });
  return { status, rows: Array.isArray(body) ? (body as Row[]) : [] };
}
