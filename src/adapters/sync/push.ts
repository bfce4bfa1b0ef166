import * as v from "valibot";
import type { Segment, SegmentOutcome, SegmentQueue } from "../../app/ports/outbox.ts";
import type { AttemptOutcome } from "./back-off.ts";
import type { PairingText } from "./pairing-text.ts";

/** Most documents and bytes of one push. */
export const MOST_DOCUMENTS = 100;
export const MOST_BYTES = 1_000_000;
/** Below this a push that is too large is not made smaller. */
const LEAST_BYTES = 32_000;
/** A hub that takes longer has lost the line. */
const ANSWER_WITHIN_MS = 30_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface PushDependencies {
  readonly queue: SegmentQueue;
  readonly pairing: PairingText;
  readonly fetch: Fetch;
}

/** What an answer says about each segment; one that is not named stays pending. */
export interface Verdict {
  readonly outcomes: ReadonlyMap<string, SegmentOutcome>;
  readonly outcome: AttemptOutcome | { readonly kind: "too-large" };
}

const Rows = v.array(v.object({ id: v.string(), ok: v.optional(v.boolean()), error: v.optional(v.string()) }));
const NONE: ReadonlyMap<string, SegmentOutcome> = new Map();

/**
 * Reads the answer to a push. `ok` and `conflict` both mean stored: the identifier holds the content's hash. A row that
 * is `forbidden` will never be taken and goes aside; any other failure of a row may pass.
 *
 * @param rows body of a 201, as parsed; null when it was no JSON
 */
export function readAnswer(status: number, rows: unknown, sent: readonly Segment[], retryAfterMs?: number): Verdict {
  if (status === 400 || status === 401) return { outcomes: NONE, outcome: { kind: "needs-token" } };
  if (status === 403) return { outcomes: NONE, outcome: { kind: "refused" } };
  if (status === 413) return { outcomes: NONE, outcome: { kind: "too-large" } };
  const parsed = status === 201 ? v.safeParse(Rows, rows) : null;
  if (!parsed?.success) return { outcomes: NONE, outcome: { kind: "failed", ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } };
  const wanted = new Set(sent.map(({ _id }) => _id));
  const outcomes = new Map<string, SegmentOutcome>();
  for (const { id, ok, error } of parsed.output) {
    if (!wanted.has(id)) continue;
    if (ok === true || error === "conflict") outcomes.set(id, "stored");
    else if (error === "forbidden") outcomes.set(id, "quarantined");
  }
  return { outcomes, outcome: outcomes.size === wanted.size ? { kind: "done" } : { kind: "failed" } };
}

/** `Retry-After` in whole seconds; a date is left to the back-off. */
function retryAfter(headers: Headers): number | undefined {
  const seconds = /^\d{1,6}$/.exec(headers.get("Retry-After") ?? "")?.[0];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

async function send({ pairing, fetch }: PushDependencies, segments: readonly Segment[]): Promise<Verdict> {
  let answer: Response;
  let rows: unknown = null;
  try {
    answer = await fetch(`${pairing.hub}/db/up-${pairing.site}/_bulk_docs`, {
      method: "POST",
      headers: { "Authorization": `Bearer ${pairing.token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ docs: segments }),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    // A broken line in the middle of the answer is no answer: what was stored will be a conflict next time.
    if (answer.status === 201) rows = await answer.json();
  } catch {
    return { outcomes: NONE, outcome: { kind: "failed" } };
  }
  return readAnswer(answer.status, rows, segments, retryAfter(answer.headers));
}

/** Sends what is pending, batch by batch, until there is no more or a batch was not settled whole. */
export async function pushPending(dependencies: PushDependencies): Promise<AttemptOutcome> {
  let bytes = MOST_BYTES;
  for (;;) {
    const segments = await dependencies.queue.pending(MOST_DOCUMENTS, bytes);
    if (segments.length === 0) return { kind: "done" };
    const { outcomes, outcome } = await send(dependencies, segments);
    if (outcomes.size > 0) await dependencies.queue.settle(outcomes);
    if (outcome.kind === "too-large") {
      if (bytes <= LEAST_BYTES) return { kind: "refused" };
      bytes /= 2;
    } else if (outcome.kind !== "done") {
      return outcome;
    }
  }
}

/** Tells the hub that nothing was recorded beyond what it has. A hub that does not take it is told again later. */
export async function sendHeartbeat(fetch: Fetch, { hub, site, token }: PairingText, heartbeat: string): Promise<boolean> {
  try {
    const { status } = await fetch(`${hub}/db/up-${site}/heartbeat`, {
      method: "POST",
      headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ heartbeat }),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return status === 204;
  } catch {
    return false;
  }
}

/** Asks the hub whether it knows the token: a read that changes nothing. */
export async function askHub(fetch: Fetch, { hub, site, token }: PairingText): Promise<"known" | "refused" | "unreachable"> {
  try {
    const { status } = await fetch(`${hub}/db/down-${site}/_changes?limit=1`, {
      headers: { Authorization: `Bearer ${token}` },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (status === 200) return "known";
    return [400, 401, 403].includes(status) ? "refused" : "unreachable";
  } catch {
    return "unreachable";
  }
}
