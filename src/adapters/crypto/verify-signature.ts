import { hexOf } from "../../domain/log/cbor.ts";
import type { SignatureAlgorithm, VerifySignature } from "../../domain/log/statements.ts";
import { isSignedByDevice } from "./device-keys.ts";

const KEYS_AT_MOST = 64;

/** {@link VerifySignature} with WebCrypto, in the browser and in Node. Keys are read once. */
export function signatureVerifier(): VerifySignature {
  const keys = new Map<string, CryptoKey | null>();
  return async (algorithm, publicKey, signature, bytes) => {
    const name = `${algorithm}:${hexOf(publicKey)}`;
    let key = keys.get(name);
    if (key === undefined) {
      key = await readKey(algorithm, publicKey);
      if (keys.size < KEYS_AT_MOST) keys.set(name, key);
    }
    return key !== null && isSignedByDevice({ algorithm, publicKey: key }, new Uint8Array(signature), new Uint8Array(bytes));
  };
}

async function readKey(algorithm: SignatureAlgorithm, publicKey: Uint8Array): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("spki", new Uint8Array(publicKey), algorithm === "Ed25519" ? "Ed25519" : { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  } catch {
    return null;
  }
}
