const queues = new Map<string, Promise<unknown>>();

/** Runs `work` while no other tab runs work of that name; where the browser has no Web Locks, while this page does not. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks) return locks.request(name, work);
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work);
  queues.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}
