import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { OpenedRoleKey } from "../../app/ports/store.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import { canonicalBytes } from "./digest.ts";
import { epochKeyId } from "./record-keys.ts";
import type { NamedKey } from "./record-keys.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A face guard key, sealed to one version of a role's public key. */
export interface GuardHolder {
  readonly role: string;
  readonly version: number;
  /** Of HPKE, 32 bytes. */
  readonly enc: Bytes;
  readonly sealed: Bytes;
}

const INFO = new TextEncoder().encode("clockface face guard 1");
const AES_256_GCM = { name: "AES-GCM", length: 256 } as const;
/** It can be read out while it is open: a role that gets another version is given it anew. It is never stored like this. */
const USAGES: readonly KeyUsage[] = ["encrypt", "decrypt", "wrapKey", "unwrapKey"];

const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * The key that stands in the epoch key's place for faces, where faces wait for an administrator: nothing on the tablet
 * opens it but the private key of a role.
 *
 * @param born epoch that it is made in
 */
export async function createGuardKey(born: number): Promise<NamedKey> {
  return { id: epochKeyId(born), epoch: born, key: await crypto.subtle.generateKey(AES_256_GCM, true, [...USAGES]) };
}

/** Seals it with HPKE (RFC 9180, base mode; X25519, HKDF-SHA256, AES-256-GCM) to each role's public key. */
export async function sealGuardKey(tenant: string, guard: NamedKey, roles: readonly RoleRecord[]): Promise<readonly GuardHolder[]> {
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", guard.key));
  try {
    return await Promise.all(
      roles.map(async ({ id, version, publicKey }) => {
        const sender = await suite.createSenderContext({ recipientPublicKey: await suite.kem.deserializePublicKey(copy(publicKey).buffer), info: INFO });
        const sealed = new Uint8Array(await sender.seal(raw, context(tenant, guard.epoch, id, version)));
        return { role: id, version, enc: new Uint8Array(sender.enc), sealed };
      }),
    );
  } finally {
    raw.fill(0);
  }
}

/** Null when none of these role keys opens it. */
export async function openGuardKey(tenant: string, born: number, holders: readonly GuardHolder[], held: readonly OpenedRoleKey[]): Promise<NamedKey | null> {
  for (const { role, version, enc, sealed } of holders) {
    const mine = held.find((key) => key.id === role && key.version === version);
    if (!mine) continue;
    try {
      const recipientKey = await suite.kem.deserializePrivateKey(copy(mine.privateKey).buffer);
      const recipient = await suite.createRecipientContext({ recipientKey, enc: copy(enc).buffer, info: INFO });
      const raw = new Uint8Array(await recipient.open(copy(sealed), context(tenant, born, role, version)));
      const key = await crypto.subtle.importKey("raw", raw, AES_256_GCM, true, [...USAGES]);
      raw.fill(0);
      return { id: epochKeyId(born), epoch: born, key };
    } catch {
      // Sealed for another site, or damaged: another role may still open it.
    }
  }
  return null;
}

const context = (tenant: string, born: number, role: string, version: number): Bytes => canonicalBytes([tenant, born, role, version]);

const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
