/** Tags of Background Sync begin so; a number follows. */
export const BACKGROUND_TAG = /^push-\d+$/;
/** Tags that may wait at the same time: each is tried for twenty minutes at most before the browser drops it. */
const MOST_TAGS = 3;

interface SyncRegistration {
  register(tag: string): Promise<void>;
  getTags(): Promise<readonly string[]>;
}

/**
 * Asks the browser to wake the service worker when there is a network, also with the page closed. A tag that is being
 * retried cannot be hurried by registering it again, a new one is tried at once: so each time a fresh one.
 * Does nothing where the browser cannot, or may not.
 *
 * @returns whether a tag is waiting
 */
export async function askForBackgroundPush(registration: ServiceWorkerRegistration | null, nowMs: number): Promise<boolean> {
  const sync = (registration as { readonly sync?: SyncRegistration } | null)?.sync;
  if (sync === undefined) return false;
  try {
    const waiting = (await sync.getTags()).filter((tag) => BACKGROUND_TAG.test(tag));
    if (waiting.length >= MOST_TAGS) return true;
    await sync.register(`push-${String(nowMs)}`);
    return true;
  } catch {
    return false;
  }
}
