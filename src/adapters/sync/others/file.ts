import * as v from "valibot";
import type { Segment } from "../../../app/ports/outbox.ts";

/**
 * Sealed records as a file: lines of JSON. The first says what it is and of which tablet, then one segment a line, last the
 * heartbeat. Nobody but HR can read what is in it, and no line can be changed unnoticed.
 */
const FORMAT = "clockface-segments";
/** A segment of 16 KiB in base64url, its identifier and quotes. */
const MOST_LINE = 32 * 1024;

const Head = v.object({ format: v.literal(FORMAT), v: v.literal(1), device: v.string() });
const Line = v.union([v.object({ _id: v.string(), c: v.string() }), v.object({ heartbeat: v.string() })]);

export function segmentFile(device: string, segments: readonly Segment[], heartbeat: string): Blob {
  const lines = [{ format: FORMAT, v: 1, device }, ...segments.map(({ _id, c }) => ({ _id, c })), { heartbeat }];
  return new Blob(lines.map((line) => `${JSON.stringify(line)}\n`), { type: "application/x-ndjson" });
}

type FileLine = { readonly device: string } | { readonly segment: Segment } | { readonly heartbeat: string };

/** @returns false where it is no such file; what came before was handed over */
export async function readSegmentFile(file: Blob, line: (line: FileLine) => Promise<void>): Promise<boolean> {
  let first = true;
  for await (const text of linesOf(file)) {
    const value = parsedJson(text);
    if (first) {
      if (!v.is(Head, value)) return false;
      await line({ device: value.device });
    } else {
      if (!v.is(Line, value)) return false;
      await line("heartbeat" in value ? { heartbeat: value.heartbeat } : { segment: { _id: value._id, kind: "seg", c: value.c } });
    }
    first = false;
  }
  return !first;
}

async function* linesOf(file: Blob): AsyncGenerator<string, void, undefined> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      rest += value;
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (rest.length > MOST_LINE) break;
    }
    if (rest !== "") yield rest;
  } finally {
    await reader.cancel();
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
