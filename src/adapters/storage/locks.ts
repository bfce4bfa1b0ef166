/** Not in every browser that can run the app. */
export const hasLocks = (): boolean => "locks" in navigator && (navigator as { readonly locks?: LockManager }).locks !== undefined;

/** Runs the work while no other tab is inside the lock of this name; at once where the browser has no locks. */
export function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager };
  return locks ? locks.request(name, work) : work();
}
