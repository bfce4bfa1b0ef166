import { argon2id } from "@noble/hashes/argon2.js";
import { derive } from "../derive.ts";

const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte);
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const RFC_9106 = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";

/**
 * RFC 9106, section 5.3. Its answer takes associated data, which the derivation in use has none of: another
 * implementation that gives the RFC's answer is what the one in use is held against.
 */
export function referenceAnswer(): string {
  return hex(argon2id(filled(32, 1), filled(16, 2), { t: 3, m: 32, p: 4, key: filled(8, 3), personalization: filled(12, 4), dkLen: 32, version: 0x13 }));
}

export const CASES = [
  { secret: "a", saltBytes: 16, memoryKiB: 64, passes: 1 },
  { secret: "correct horse battery staple", saltBytes: 16, memoryKiB: 256, passes: 3 },
  { secret: "口令 мир café", saltBytes: 24, memoryKiB: 1_024, passes: 2 },
] as const;

/** What the derivation in use says, and what the reference does. */
export async function bothAnswers({ secret, saltBytes, memoryKiB, passes }: (typeof CASES)[number]): Promise<readonly [string, string]> {
  const salt = Uint8Array.from({ length: saltBytes }, (_, index) => index * 7);
  const derived = await derive(secret, salt, { memoryKiB, passes, lanes: 1 });
  return [derived.ok ? hex(derived.value) : derived.error.kind, hex(argon2id(new TextEncoder().encode(secret.normalize("NFKC")), salt, { t: passes, m: memoryKiB, p: 1, dkLen: 32 }))];
}
