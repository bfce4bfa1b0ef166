import * as v from "valibot";
import type { BringFailure } from "../../../app/ports/other-devices.ts";
import type { Segment } from "../../../app/ports/outbox.ts";
import { failure } from "../../../domain/errors.ts";
import { err, ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";
import type { PairingText } from "../pairing-text.ts";
import type { Fetch } from "../push.ts";

/** Documents of one answer: two megabytes at most. */
const MOST_ROWS = 100;
const ANSWER_WITHIN_MS = 30_000;

const sequence = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);
const Page = v.object({
  results: v.array(v.object({ id: v.string(), doc: v.optional(v.unknown()) })),
  last_seq: sequence,
});
const Doc = v.object({ _id: v.string(), kind: v.literal("seg"), c: v.string() });
const Beats = v.object({ heartbeats: v.record(v.string(), v.string()) });

export interface PullOptions {
  readonly pairing: PairingText;
  readonly fetch: Fetch;
  readonly signal?: AbortSignal | undefined;
  /** Where the last pull ended; null for the beginning. Opaque. */
  readonly since: string | null;
  /** The segments of one answer, and how far they reach. What was taken may come again. */
  readonly page: (segments: readonly Segment[], upTo: string) => Promise<void>;
  readonly beat: (text: string) => Promise<void>;
}

/** Reads what the site's tablets have sent to the hub since the last time, then their heartbeats. */
export async function pullSegments({ pairing, fetch, signal, since, page, beat }: PullOptions): Promise<Result<void, BringFailure>> {
  const ask = async (path: string): Promise<Result<unknown, BringFailure>> => {
    const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const answer = await fetch(`${pairing.hub}/db/up-${pairing.site}/${path}`, {
        headers: { Authorization: `Bearer ${pairing.token}` },
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if ([400, 401, 403].includes(answer.status)) return err(failure("other-devices/not-a-reader", String(answer.status)));
      return answer.status === 200 ? ok(await answer.json()) : err(failure("other-devices/unreachable", String(answer.status)));
    } catch {
      return err(failure("other-devices/unreachable"));
    }
  };
  for (let from = since; ; ) {
    const answer = await ask(`_changes?limit=${String(MOST_ROWS)}&include_docs=true${from === null ? "" : `&since=${encodeURIComponent(from)}`}`);
    if (!answer.ok) return answer;
    const parsed = v.safeParse(Page, answer.value);
    if (!parsed.success) return err(failure("other-devices/unreachable", "answer"));
    const { results, last_seq: upTo } = parsed.output;
    await page(results.flatMap(({ doc }) => (v.is(Doc, doc) ? [{ _id: doc._id, kind: doc.kind, c: doc.c }] : [])), upTo);
    // A server may give fewer than were asked for.
    if (results.length === 0 || upTo === from) break;
    from = upTo;
  }
  const beats = await ask("heartbeats");
  if (!beats.ok) return beats;
  const parsed = v.safeParse(Beats, beats.value);
  if (parsed.success) for (const text of Object.values(parsed.output.heartbeats)) await beat(text);
  return ok();
}
