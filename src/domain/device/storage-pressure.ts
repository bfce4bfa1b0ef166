/** Under these, an administrator is told to make room: a fifth of what the browser grants, or what a year of a large site takes. */
const LOW_SHARE = 0.2;
const LOW_BYTES = 500 * 1024 * 1024;
/** Under this, the next busy weeks may not find their space. */
const CRITICAL_SHARE = 0.05;

export type StoragePressure = "fine" | "low" | "critical";

/**
 * @param usedBytes what the store takes, all of its copies
 * @param quotaBytes what the browser grants; 0 where it does not say
 */
export function storagePressure(usedBytes: number, quotaBytes: number): StoragePressure {
  if (quotaBytes <= 0) return "fine";
  const free = Math.max(0, quotaBytes - usedBytes);
  if (free < CRITICAL_SHARE * quotaBytes) return "critical";
  return free < LOW_SHARE * quotaBytes || free < LOW_BYTES ? "low" : "fine";
}
