import { sha256 } from "./digest.ts";

/** The device's signing key: non-extractable, Ed25519, or ECDSA P-256 with SHA-256 where the browser lacks it. */
export interface DeviceKey {
  readonly algorithm: "Ed25519" | "ES256";
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** First 20 hexadecimal digits of the SHA-256 of the public key (SPKI): an id that proves its key. */
  readonly deviceId: string;
}

const ES256: EcKeyGenParams & EcdsaParams = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export async function createDeviceKey(): Promise<DeviceKey> {
  const { algorithm, pair } = await generate();
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const digest = await sha256(spki);
  const deviceId = Array.from(digest.subarray(0, 10), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { algorithm, privateKey: pair.privateKey, publicKey: pair.publicKey, deviceId };
}

/** 64 bytes with either algorithm. */
export async function signAsDevice(key: DeviceKey, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign(key.algorithm === "Ed25519" ? "Ed25519" : ES256, key.privateKey, bytes));
}

/** The device as one who signs, for those who hold no keys. */
export function deviceSigner(key: DeviceKey): { readonly algorithm: DeviceKey["algorithm"]; publicKey(): Promise<Uint8Array>; sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> } {
  return {
    algorithm: key.algorithm,
    publicKey: async () => new Uint8Array(await crypto.subtle.exportKey("spki", key.publicKey)),
    sign: (bytes) => signAsDevice(key, bytes),
  };
}

export async function isSignedByDevice(key: Pick<DeviceKey, "algorithm" | "publicKey">, signature: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  return crypto.subtle.verify(key.algorithm === "Ed25519" ? "Ed25519" : ES256, key.publicKey, signature, bytes);
}

async function generate(): Promise<{ readonly algorithm: DeviceKey["algorithm"]; readonly pair: CryptoKeyPair }> {
  try {
    return { algorithm: "Ed25519", pair: await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]) };
  } catch {
    return { algorithm: "ES256", pair: await crypto.subtle.generateKey(ES256, false, ["sign", "verify"]) };
  }
}
