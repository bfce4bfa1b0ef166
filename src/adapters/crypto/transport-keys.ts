import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { canonicalBytes } from "./digest.ts";
import type { NamedKey } from "./record-keys.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const INFO = new TextEncoder().encode("clockface role transport 1");

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Whom a transport key is for: bound into its sealing, so that it opens for no other role, version or site. */
export interface TransportTarget {
  readonly tenant: string;
  /** Id of the transport key, random. */
  readonly id: string;
  readonly role: string;
  readonly version: number;
}

export interface SealedTransport {
  /** Of HPKE, 32 bytes. */
  readonly enc: Bytes;
  readonly sealed: Bytes;
}

/**
 * A key that wraps the record keys of one commit for one role, sealed to the role's public key with HPKE (RFC 9180, base
 * mode; X25519, HKDF-SHA256, AES-256-GCM): a thousand people cost one exchange.
 *
 * @param publicKey X25519, 32 bytes
 */
export async function createTransport(target: TransportTarget, publicKey: Uint8Array, epoch: number): Promise<{ readonly key: NamedKey; readonly sealed: SealedTransport }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  try {
    const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.deserializePublicKey(copy(publicKey).buffer), info: INFO });
    const sealed = new Uint8Array(await sender.seal(raw, canonicalBytes([target.tenant, target.id, target.role, target.version])));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["wrapKey"]);
    return { key: { id: target.id, epoch, key }, sealed: { enc: new Uint8Array(sender.enc), sealed } };
  } finally {
    raw.fill(0);
  }
}

/**
 * Opens a transport key with the role's private key; null when it is another's.
 *
 * @param privateKey X25519, 32 bytes
 */
export async function openTransport(target: TransportTarget, privateKey: Uint8Array, { enc, sealed }: SealedTransport, epoch: number): Promise<NamedKey | null> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(copy(privateKey).buffer);
    const recipient = await suite.createRecipientContext({ recipientKey, enc: copy(enc).buffer, info: INFO });
    const raw = new Uint8Array(await recipient.open(copy(sealed), canonicalBytes([target.tenant, target.id, target.role, target.version])));
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["unwrapKey"]);
    raw.fill(0);
    return { id: target.id, epoch, key };
  } catch {
    return null;
  }
}

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
