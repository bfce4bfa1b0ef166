import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";

/** `unsupported`: this browser or this authenticator cannot make keys out of a passkey. */
export type PasskeyFailure = Failure<"passkey/cancelled" | "passkey/unsupported">;

/** Passkeys that give a secret of their own (WebAuthn level 3, PRF extension), with the user verified each time. */
export interface Passkeys {
  readonly supported: boolean;
  /** @returns the credential and the 32 bytes that it gives for the salt */
  create(user: { readonly id: string; readonly name: string }, known: readonly Uint8Array[]): Promise<Result<{ readonly credentialId: Uint8Array<ArrayBuffer>; readonly prfSalt: Uint8Array<ArrayBuffer>; readonly prf: Uint8Array }, PasskeyFailure>>;
  /** Asks for one of these. */
  get(known: readonly { readonly credentialId: Uint8Array; readonly prfSalt: Uint8Array }[]): Promise<Result<{ readonly credentialId: Uint8Array; readonly prf: Uint8Array }, PasskeyFailure>>;
}
