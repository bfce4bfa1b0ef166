type OpenBucket = (name: string, options?: { readonly durability?: "strict" | "relaxed"; readonly quota?: number }) => Promise<unknown>;

/** The control's browser: no transaction waits for the disk, and there is no second copy. */
export function loosen(): void {
  const strictly = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function transaction(stores, mode) {
    return strictly.call(this, stores, mode, { durability: "relaxed" });
  };
  const { storageBuckets } = navigator as { readonly storageBuckets?: { open: OpenBucket } };
  if (storageBuckets) {
    const open = storageBuckets.open.bind(storageBuckets);
    storageBuckets.open = (name, options) => open(name, { ...options, durability: "relaxed" });
  }
  // The second copy needs them; the store itself does without.
  Reflect.deleteProperty(Navigator.prototype, "locks");
}
