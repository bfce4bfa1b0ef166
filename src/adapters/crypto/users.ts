import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { SecretsFailure } from "../../app/ports/secrets.ts";
import type { OpenedUser, PasskeyUnlock, PassphraseUnlock, RecoveryUnlock, UserKeys } from "../../app/ports/user-keys.ts";
import type { SecretsWorker } from "../../contracts/secrets.ts";
import type { UserId } from "../../domain/people/access.ts";
import { raisedCost, tooCheap } from "../../domain/people/passphrase-cost.ts";
import { readRecoveryKey, RECOVERY_KEY_SYMBOLS, writeGroups } from "../../domain/people/recovery-key.ts";
import { PASSPHRASE_COST, sameBytes } from "../../domain/people/secret-hash.ts";
import type { SecretCost } from "../../domain/people/secret-hash.ts";
import { USER_SCHEMA } from "../../domain/people/users.ts";
import type { UserRecord } from "../../domain/people/users.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { openRecord, sealRecord } from "./record-keys.ts";
import type { NamedKey, Place } from "./record-keys.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type KeyUse = "passphrase" | "passkey" | "recovery" | "user";

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** Keys of users, made and opened with WebCrypto and Argon2id. */
export class StoredUserKeys implements UserKeys {
  /** What a passphrase costs on this machine, once it was measured. */
  #cost: SecretCost | null = null;

  constructor(
    private readonly worker: SecretsWorker,
    private readonly tenant: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  async create({ id, name, passphrase, temporary, addedAt }: Parameters<UserKeys["create"]>[0]): Promise<Result<{ readonly record: UserRecord; readonly opened: OpenedUser }, SecretsFailure>> {
    const suite = new DhkemX25519HkdfSha256();
    const pair = await suite.generateKeyPair();
    const privateKey = new Uint8Array(await suite.serializePrivateKey(pair.privateKey));
    const opened: OpenedUser = { userId: id, userKey: randomBytes(KEY_BYTES), privateKey };
    const unlock = await this.#lockWithPassphrase(opened, passphrase, temporary);
    if (!unlock.ok) return unlock;
    const record: UserRecord = {
      id,
      name,
      status: "active",
      addedAt,
      publicKey: new Uint8Array(await suite.serializePublicKey(pair.publicKey)),
      lockedPrivateKey: await this.#sealed(opened, "private-key", privateKey),
      unlocks: [unlock.value],
      totp: null,
      grants: [],
    };
    return ok({ record, opened });
  }

  async openWithPassphrase(user: UserRecord | null, passphrase: string): Promise<Result<{ readonly opened: OpenedUser; readonly dearer: PassphraseUnlock | null } | null, SecretsFailure>> {
    const unlock = user?.unlocks.find((one) => one.kind === "passphrase");
    const cost = unlock?.cost ?? this.#cost ?? PASSPHRASE_COST;
    const derived = await this.#derive(passphrase, unlock?.salt ?? randomBytes(SALT_BYTES), cost);
    if (!derived.ok) return derived;
    const { raw, tookMs } = derived.value;
    const opened = user && unlock ? await this.#open(user, { ...unlock, raw }) : null;
    raw.fill(0);
    if (!opened || !unlock) return ok(null);
    if (!tooCheap(cost, tookMs)) return ok({ opened, dearer: null });
    const dearer = await this.#lockWithPassphrase(opened, passphrase, unlock.temporary);
    return dearer.ok ? ok({ opened, dearer: dearer.value }) : dearer;
  }

  async openWithPasskey(user: UserRecord, credentialId: Uint8Array, prf: Uint8Array): Promise<OpenedUser | null> {
    const unlock = user.unlocks.find((one) => one.kind === "passkey" && sameBytes(one.credentialId, credentialId));
    return unlock?.kind === "passkey" ? this.#open(user, { ...unlock, raw: await expanded(prf, unlock.prfSalt, this.#info(user.id, "passkey")) }) : null;
  }

  async openWithRecoveryKey(user: UserRecord, text: string): Promise<OpenedUser | null> {
    const symbols = readRecoveryKey(text);
    const unlock = user.unlocks.find((one) => one.kind === "recovery");
    if (symbols === null || !unlock) return null;
    return this.#open(user, { ...unlock, raw: await expanded(new TextEncoder().encode(symbols), unlock.salt, this.#info(user.id, "recovery")) });
  }

  lockWithPassphrase(opened: OpenedUser, passphrase: string): Promise<Result<PassphraseUnlock, SecretsFailure>> {
    return this.#lockWithPassphrase(opened, passphrase, false);
  }

  async lockWithPasskey(opened: OpenedUser, passkey: Parameters<UserKeys["lockWithPasskey"]>[1], prf: Uint8Array): Promise<PasskeyUnlock> {
    const raw = await expanded(prf, passkey.prfSalt, this.#info(opened.userId, "passkey"));
    return { kind: "passkey", ...passkey, wrapped: await this.#wrapped(opened, "passkey", raw) };
  }

  async lockWithRecoveryKey(opened: OpenedUser): Promise<{ readonly text: string; readonly unlock: RecoveryUnlock }> {
    const text = writeGroups(randomBytes(RECOVERY_KEY_SYMBOLS));
    const salt = randomBytes(SALT_BYTES);
    const raw = await expanded(new TextEncoder().encode(text.replaceAll("-", "")), salt, this.#info(opened.userId, "recovery"));
    return { text, unlock: { kind: "recovery", salt, wrapped: await this.#wrapped(opened, "recovery", raw) } };
  }

  sealTotp(opened: OpenedUser, secret: Uint8Array): Promise<Bytes> {
    return this.#sealed(opened, "totp", new Uint8Array(secret));
  }

  async openTotp(opened: OpenedUser, envelope: Uint8Array): Promise<Uint8Array | null> {
    const secret = await openRecord(this.tenant, await keyOf("user", opened.userKey), place(opened.userId, "totp"), envelope);
    return secret.ok ? secret.value : null;
  }

  /** The cost is measured by the first derivation itself: only where it was too quick is there a second. */
  async #lockWithPassphrase(opened: OpenedUser, passphrase: string, temporary: boolean): Promise<Result<PassphraseUnlock, SecretsFailure>> {
    const salt = randomBytes(SALT_BYTES);
    let cost = this.#cost ?? PASSPHRASE_COST;
    let derived = await this.#derive(passphrase, salt, cost);
    if (!derived.ok) return derived;
    const raised = raisedCost(cost, derived.value.tookMs);
    if (raised.passes > cost.passes) {
      derived.value.raw.fill(0);
      cost = raised;
      derived = await this.#derive(passphrase, salt, cost);
      if (!derived.ok) return derived;
    }
    this.#cost = cost;
    return ok({ kind: "passphrase", cost, salt, wrapped: await this.#wrapped(opened, "passphrase", derived.value.raw), temporary });
  }

  async #derive(passphrase: string, salt: Uint8Array, cost: SecretCost): Promise<Result<{ readonly raw: Bytes; readonly tookMs: number }, SecretsFailure>> {
    const started = this.now();
    const derived = await this.worker.derive(passphrase, salt, cost);
    return derived.ok ? ok({ raw: new Uint8Array(derived.value), tookMs: this.now() - started }) : derived;
  }

  /** Overwrites `raw`. */
  async #wrapped(opened: OpenedUser, use: KeyUse, raw: Bytes): Promise<Bytes> {
    try {
      return await sealRecord(this.tenant, await keyOf(use, raw), place(opened.userId, `unlock-${use}`), new Uint8Array(opened.userKey));
    } finally {
      raw.fill(0);
    }
  }

  async #open(user: UserRecord, { kind, raw, wrapped }: { readonly kind: KeyUse; readonly raw: Bytes; readonly wrapped: Uint8Array }): Promise<OpenedUser | null> {
    const userKey = await openRecord(this.tenant, await keyOf(kind, raw), place(user.id, `unlock-${kind}`), wrapped);
    raw.fill(0);
    if (!userKey.ok) return null;
    const privateKey = await openRecord(this.tenant, await keyOf("user", userKey.value), place(user.id, "private-key"), user.lockedPrivateKey);
    return privateKey.ok ? { userId: user.id, userKey: userKey.value, privateKey: privateKey.value } : null;
  }

  async #sealed(opened: OpenedUser, what: "private-key" | "totp", plain: Bytes): Promise<Bytes> {
    return sealRecord(this.tenant, await keyOf("user", opened.userKey), place(opened.userId, what), plain);
  }

  #info(userId: UserId, use: KeyUse): string {
    return `clockface ${use} 1 ${this.tenant} ${userId}`;
  }
}

const place = (userId: UserId, what: string): Place => ({ store: "users", recordId: `${userId}/${what}`, schema: USER_SCHEMA });

async function keyOf(use: KeyUse, raw: Uint8Array): Promise<NamedKey> {
  return { id: use, epoch: 0, key: await crypto.subtle.importKey("raw", new Uint8Array(raw), "AES-GCM", false, ["encrypt", "decrypt"]) };
}

/** HKDF-SHA-256 (RFC 5869) of a secret that nobody can guess: 32 bytes. */
async function expanded(secret: Uint8Array, salt: Uint8Array, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(secret), "HKDF", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(salt), info: new TextEncoder().encode(info) }, key, KEY_BYTES * 8);
  return new Uint8Array(bits);
}

function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
