import { base64URLStringToBuffer, browserSupportsWebAuthn, bufferToBase64URLString, startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { PasskeyFailure, Passkeys } from "../../app/ports/passkeys.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const SALT_BYTES = 32;
const CHALLENGE_BYTES = 32;
/** Where the flags lie in authenticator data (WebAuthn, section 6.1), after the hash of the site's name. */
const FLAGS_AT = 32;
const USER_VERIFIED = 0b100;
/** COSE: EdDSA, ES256, RS256. The signature is not what is trusted here: without the right secret nothing opens. */
const ALGORITHMS = [-8, -7, -257];

/** {@link Passkeys} of the browser. */
export class BrowserPasskeys implements Passkeys {
  readonly supported = browserSupportsWebAuthn();

  async create(user: { readonly id: string; readonly name: string }, known: readonly Uint8Array[]): ReturnType<Passkeys["create"]> {
    if (!this.supported) return err(failure("passkey/unsupported"));
    const prfSalt = randomBytes(SALT_BYTES);
    try {
      const made = await startRegistration({
        optionsJSON: {
          rp: { id: location.hostname, name: "Clockface" },
          user: { id: text(new TextEncoder().encode(user.id)), name: user.name, displayName: user.name },
          challenge: text(randomBytes(CHALLENGE_BYTES)),
          pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" })),
          excludeCredentials: known.map((id) => ({ id: text(id), type: "public-key" })),
          authenticatorSelection: { userVerification: "required", residentKey: "preferred" },
          attestation: "none",
          extensions: { prf: { eval: { first: prfSalt } } },
        },
      });
      const credentialId = new Uint8Array(base64URLStringToBuffer(made.rawId));
      const { prf } = made.clientExtensionResults as AuthenticationExtensionsClientOutputs;
      if (prf?.enabled !== true) return err(failure("passkey/unsupported"));
      // Many authenticators give the secret only when they are asked for it, not at once.
      const secret = prf.results ? ok({ prf: new Uint8Array(bytesOf(prf.results.first)) }) : await this.get([{ credentialId, prfSalt }]);
      return secret.ok ? ok({ credentialId, prfSalt, prf: secret.value.prf }) : secret;
    } catch (error) {
      return err(failureOf(error));
    }
  }

  async get(known: readonly { readonly credentialId: Uint8Array; readonly prfSalt: Uint8Array }[]): Promise<Result<{ readonly credentialId: Uint8Array; readonly prf: Uint8Array }, PasskeyFailure>> {
    if (!this.supported || known.length === 0) return err(failure("passkey/unsupported"));
    try {
      const given = await startAuthentication({
        optionsJSON: {
          rpId: location.hostname,
          challenge: text(randomBytes(CHALLENGE_BYTES)),
          userVerification: "required",
          allowCredentials: known.map(({ credentialId }) => ({ id: text(credentialId), type: "public-key" })),
          extensions: { prf: { evalByCredential: Object.fromEntries(known.map(({ credentialId, prfSalt }) => [text(credentialId), { first: new Uint8Array(prfSalt) }])) } },
        },
      });
      const flags = new Uint8Array(base64URLStringToBuffer(given.response.authenticatorData))[FLAGS_AT] ?? 0;
      const first = (given.clientExtensionResults as AuthenticationExtensionsClientOutputs).prf?.results?.first;
      if (first === undefined || (flags & USER_VERIFIED) === 0) return err(failure("passkey/unsupported"));
      return ok({ credentialId: new Uint8Array(base64URLStringToBuffer(given.rawId)), prf: new Uint8Array(bytesOf(first)) });
    } catch (error) {
      return err(failureOf(error));
    }
  }
}

function failureOf(error: unknown): PasskeyFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return failure(name === "NotAllowedError" || name === "AbortError" ? "passkey/cancelled" : "passkey/unsupported", name);
}

const text = (bytes: Uint8Array): string => bufferToBase64URLString(new Uint8Array(bytes).buffer);

function bytesOf(source: BufferSource): Bytes {
  return new Uint8Array(ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source));
}

function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
