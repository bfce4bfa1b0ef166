import { Secret, TOTP } from "otpauth";
import type { EpochMs } from "../clock.ts";

/** Length of one step (RFC 6238, section 5.2), milliseconds. */
export const TOTP_STEP_MS = 30_000;
/** Length of a fresh secret: that of SHA-1's output (RFC 4226, section 4, requirement 6), bytes. */
export const TOTP_SECRET_BYTES = 20;
/** Steps before and after the present one whose code is taken: clocks differ, and typing takes time (RFC 6238, section 5.2). */
const WINDOW_STEPS = 1;
/** What authenticator apps expect where an address says nothing else. */
const FORM = { algorithm: "SHA1", digits: 6, period: TOTP_STEP_MS / 1000 } as const;

export const totpStep = (now: EpochMs): number => Math.floor(now / TOTP_STEP_MS);

/** The six digits of a step. */
export function totpCode(secret: Uint8Array, step: number): string {
  return TOTP.generate({ ...FORM, secret: secretOf(secret), timestamp: step * TOTP_STEP_MS });
}

/**
 * The step whose code this is; null when it is none of the window's. A step is good once, and only after the last one
 * that was used: a code that was seen, and a clock that was set back, come to nothing.
 */
export function acceptedStep(secret: Uint8Array, code: string, now: EpochMs, lastStep: number): number | null {
  const digits = code.replace(/\s/g, "");
  const present = totpStep(now);
  let accepted: number | null = null;
  for (let step = present - WINDOW_STEPS; step <= present + WINDOW_STEPS; step++) {
    if (step > lastStep && totpCode(secret, step) === digits) accepted ??= step;
  }
  return accepted;
}

/** The secret as it is typed: base32 of RFC 4648. */
export const totpText = (secret: Uint8Array): string => secretOf(secret).base32;

/** Reads what {@link totpText} wrote; null when it is something else. */
export function totpSecret(text: string): Uint8Array | null {
  try {
    const { bytes } = Secret.fromBase32(text.replace(/\s/g, "").toUpperCase());
    return bytes.length === TOTP_SECRET_BYTES ? new Uint8Array(bytes) : null;
  } catch {
    return null;
  }
}

/** What an authenticator app takes in from a QR code. */
export function totpUri(secret: Uint8Array, issuer: string, label: string): string {
  return new TOTP({ ...FORM, issuer, label, secret: secretOf(secret) }).toString();
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}
