import { PASSPHRASE_COST } from "./secret-hash.ts";
import type { SecretCost } from "./secret-hash.ts";

/** Deriving a key from a passphrase should take between these on the tablet itself, milliseconds. */
export const DERIVATION_MS = { least: 500, wanted: 800, most: 1_500 } as const;
/** A derivation faster than this at sign-in is made dearer: less than `least`, so that one quick moment changes nothing. */
const TOO_FAST_MS = 350;
const PASSES_AT_MOST = 64;

/** The same memory with as many passes as take the wanted time, going by how long this cost took; never cheaper. */
export function raisedCost(cost: SecretCost, tookMs: number): SecretCost {
  if (tookMs >= DERIVATION_MS.least || tookMs <= 0) return cost;
  const passes = Math.min(Math.floor((cost.passes * DERIVATION_MS.wanted) / tookMs), PASSES_AT_MOST);
  return passes > cost.passes ? { ...cost, passes } : cost;
}

/** Whether a passphrase that was locked at this cost, and opened in this time, should be locked anew. */
export function tooCheap(cost: SecretCost, tookMs: number): boolean {
  return cost.memoryKiB < PASSPHRASE_COST.memoryKiB || cost.passes < PASSPHRASE_COST.passes || (tookMs < TOO_FAST_MS && cost.passes < PASSES_AT_MOST);
}
