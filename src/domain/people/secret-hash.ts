/** Cost of Argon2id (RFC 9106). */
export interface SecretCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** A passphrase that opens a key: 64 MiB and three passes, the second recommendation of RFC 9106 with one lane. */
export const PASSPHRASE_COST: SecretCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 };

/**
 * A PIN: 19 MiB and two passes, OWASP's first choice for sign-in. Six digits can be tried through at any cost, so the
 * hash only keeps the PIN itself from being read; what holds a guesser back is the back-off.
 */
export const PIN_COST: SecretCost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

/** What is kept of a PIN. The salt is 16 bytes, the hash 32. */
export interface SecretHash {
  readonly cost: SecretCost;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/** Compares without telling by its time where the first difference is. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}
