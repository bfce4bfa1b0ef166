/** The part of the browser that keeps the screen on. */
export interface WakeLockHost {
  readonly document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
  /** Undefined where the browser has no wake lock. */
  readonly wakeLock: Pick<WakeLock, "request"> | undefined;
}

/**
 * Keeps the screen on until the returned function is called. The browser takes the lock back when the page is hidden
 * and may refuse it on low battery: it is asked for again whenever the page comes into view.
 */
export function holdWakeLock(host: WakeLockHost): () => void {
  const { document, wakeLock } = host;
  if (wakeLock === undefined) return () => undefined;

  let held: WakeLockSentinel | null = null;
  let asking = false;
  let stopped = false;

  const wanted = (): boolean => !stopped && document.visibilityState === "visible";

  const ask = async (): Promise<void> => {
    if (!wanted() || asking || held !== null) return;
    asking = true;
    try {
      const sentinel = await wakeLock.request("screen");
      held = sentinel;
      sentinel.addEventListener(
        "release",
        () => {
          held = null;
        },
        { once: true },
      );
    } catch {
      // Refused for now. The next time the page comes into view it is asked for again.
    } finally {
      asking = false;
    }
    if (!wanted()) await release();
  };

  const release = async (): Promise<void> => {
    const sentinel = held;
    held = null;
    await sentinel?.release();
  };

  const seen = (): void => void ask();

  document.addEventListener("visibilitychange", seen);
  void ask();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", seen);
    void release();
  };
}
