import type { SegmentQueue } from "../../app/ports/outbox.ts";
import { afterAttempt, mayAttempt } from "./back-off.ts";
import type { AttemptOutcome, Trigger } from "./back-off.ts";
import { pushPending } from "./push.ts";
import type { Fetch } from "./push.ts";
import type { SyncStore } from "./sync-store.ts";

/** Pages and the service worker take turns under this name. */
const PUSH_LOCK = "clockface-push";
/** Where each tells the others that something changed. */
export const SYNC_CHANNEL = "clockface-sync";

export interface AttemptDependencies {
  readonly queue: SegmentQueue;
  readonly store: SyncStore;
  readonly fetch: Fetch;
  /** Null in browsers without Web Locks: pushes may then overlap, which costs a conflict and nothing else. */
  readonly locks: Pick<LockManager, "request"> | null;
  readonly now: () => number;
  readonly random: () => number;
}

/** `idle`: there is no hub, nothing to send, or no token that is good for it. `too-early`: there is, and the back-off is not over. */
export type TurnOutcome = AttemptOutcome | { readonly kind: "idle" | "too-early" };

/** One attempt to bring the hub up to date, alone among all tabs and the service worker. */
export async function attempt(dependencies: AttemptDependencies, trigger: Trigger, onStart: () => void = () => undefined): Promise<TurnOutcome> {
  const { queue, store, fetch, locks, now, random } = dependencies;
  const turn = async (): Promise<TurnOutcome> => {
    const pairing = await store.pairing();
    const standing = await store.standing();
    if (pairing === null) return { kind: "idle" };
    if (!mayAttempt(standing, trigger, now())) return { kind: standing.state === "waiting" ? "too-early" : "idle" };
    if (standing.state === "idle" && (await queue.pending(1, 1)).length === 0) return { kind: "idle" };
    onStart();
    const outcome = await pushPending({ queue, pairing, fetch });
    // Paired anew in the meantime: the outcome belongs to the old token.
    if ((await store.pairing())?.token !== pairing.token) return outcome;
    await store.keepStanding(afterAttempt(standing, outcome, now(), random()));
    if (outcome.kind === "done") await store.keepLastSuccess(now());
    return outcome;
  };
  return locks === null ? turn() : locks.request(PUSH_LOCK, turn);
}
