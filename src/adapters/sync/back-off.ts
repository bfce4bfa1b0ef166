/** First and longest window of the wait after a failure, milliseconds. Each failure doubles the window. */
export const FIRST_WINDOW_MS = 2_000;
export const LONGEST_WINDOW_MS = 300_000;

/**
 * How one attempt went. `done`: everything that was sent is settled. `failed`: no answer, 202, 429, 5xx or anything else
 * that may pass. `needs-token`: 400 or 401. `refused`: 403 for the request as a whole.
 */
export type AttemptOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly retryAfterMs?: number }
  | { readonly kind: "needs-token" }
  | { readonly kind: "refused" };

/** What asks for an attempt. Nothing gets past a wait but a person, a new start, and the network's return. */
export type Trigger = "timer" | "entry" | "visible" | "online" | "start" | "asked" | "background";

/** Where the engine stands between attempts; kept in the store, so that every tab and the service worker go by it. */
export interface Standing {
  readonly state: "idle" | "waiting" | "needs-token" | "refused";
  readonly failures: number;
  /** Wall time; null unless `waiting` or `refused`. */
  readonly nextAttemptAtMs: number | null;
}

export const AT_REST: Standing = { state: "idle", failures: 0, nextAttemptAtMs: null };

/**
 * The standing after an attempt. Waits are drawn evenly from zero to the window ("full jitter"), so that the tablets of
 * a site do not come back together.
 *
 * @param random 0 (included) to 1 (excluded)
 */
export function afterAttempt(before: Standing, outcome: AttemptOutcome, nowMs: number, random: number): Standing {
  switch (outcome.kind) {
    case "done":
      return AT_REST;
    case "needs-token":
      return { state: "needs-token", failures: before.failures, nextAttemptAtMs: null };
    case "refused":
      return { state: "refused", failures: before.failures + 1, nextAttemptAtMs: nowMs + Math.round(LONGEST_WINDOW_MS * (0.5 + random / 2)) };
    case "failed": {
      const window = Math.min(LONGEST_WINDOW_MS, FIRST_WINDOW_MS * 2 ** Math.min(before.failures, 16));
      const wait = Math.max(Math.round(window * random), Math.min(outcome.retryAfterMs ?? 0, LONGEST_WINDOW_MS));
      return { state: "waiting", failures: before.failures + 1, nextAttemptAtMs: nowMs + wait };
    }
  }
}

/** Whether an attempt may be made now. A wait that is longer than any can be (the clock was put back) does not hold. */
export function mayAttempt(standing: Standing, trigger: Trigger, nowMs: number): boolean {
  if (trigger === "asked" || trigger === "start") return true;
  if (standing.state === "idle") return true;
  if (standing.state === "needs-token") return false;
  if (trigger === "online" && standing.state === "waiting") return true;
  const left = (standing.nextAttemptAtMs ?? nowMs) - nowMs;
  return left <= 0 || left > LONGEST_WINDOW_MS;
}
