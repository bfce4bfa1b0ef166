import type { EpochMs } from "../../domain/clock.ts";
import type { RoleKeyId, UserId } from "../../domain/people/access.ts";
import type { RoleRecord, Unlock, UserRecord } from "../../domain/people/users.ts";
import type { Result } from "../../domain/result.ts";
import type { SecretsFailure } from "./secrets.ts";
import type { OpenedRoleKey } from "./store.ts";

/** A user's key and private half, opened for one session and overwritten with zeros at its end. Never stored. */
export interface OpenedUser {
  readonly userId: UserId;
  /** AES-256, 32 bytes. */
  readonly userKey: Uint8Array;
  /** X25519, 32 bytes. */
  readonly privateKey: Uint8Array;
}

export type PassphraseUnlock = Extract<Unlock, { readonly kind: "passphrase" }>;
export type PasskeyUnlock = Extract<Unlock, { readonly kind: "passkey" }>;
export type RecoveryUnlock = Extract<Unlock, { readonly kind: "recovery" }>;

/** The keys of users: what each way of signing in opens. */
export interface UserKeys {
  /** A user without grants who signs in with this passphrase. */
  create(input: { readonly id: UserId; readonly name: string; readonly passphrase: string; readonly temporary: boolean; readonly addedAt: EpochMs }): Promise<Result<{ readonly record: UserRecord; readonly opened: OpenedUser }, SecretsFailure>>;
  /**
   * Null when the passphrase is wrong; takes as long for `null`, whom nothing opens. `dearer` is there when the passphrase
   * should be locked anew, at the cost that is right today.
   */
  openWithPassphrase(user: UserRecord | null, passphrase: string): Promise<Result<{ readonly opened: OpenedUser; readonly dearer: PassphraseUnlock | null } | null, SecretsFailure>>;
  /** @param prf 32 bytes that the passkey gave for its salt */
  openWithPasskey(user: UserRecord, credentialId: Uint8Array, prf: Uint8Array): Promise<OpenedUser | null>;
  openWithRecoveryKey(user: UserRecord, text: string): Promise<OpenedUser | null>;
  lockWithPassphrase(opened: OpenedUser, passphrase: string): Promise<Result<PassphraseUnlock, SecretsFailure>>;
  lockWithPasskey(opened: OpenedUser, passkey: { readonly credentialId: Uint8Array<ArrayBuffer>; readonly label: string; readonly prfSalt: Uint8Array<ArrayBuffer>; readonly addedAt: EpochMs }, prf: Uint8Array): Promise<PasskeyUnlock>;
  /** A fresh key, shown once. */
  lockWithRecoveryKey(opened: OpenedUser): Promise<{ readonly text: string; readonly unlock: RecoveryUnlock }>;
  sealTotp(opened: OpenedUser, secret: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** Null when it was not sealed for this user. */
  openTotp(opened: OpenedUser, envelope: Uint8Array): Promise<Uint8Array | null>;
}

/** The key pairs of roles. */
export interface RoleKeys {
  /** A fresh pair, its private half sealed to each of the members. */
  create(id: RoleKeyId, members: readonly UserRecord[]): Promise<RoleRecord>;
  /** The same for a pair that is there already. */
  adopt(id: RoleKeyId, pair: { readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }, members: readonly UserRecord[]): Promise<RoleRecord>;
  /** Gives the role as it is to one more. */
  withMember(record: RoleRecord, held: readonly OpenedRoleKey[], user: UserRecord): Promise<RoleRecord>;
  /**
   * The next version, for these members alone. What only the version before opens stays readable to them: its private half
   * goes along, sealed to the new version where `held` has it, and to the members who had it where not.
   */
  next(record: RoleRecord, members: readonly UserRecord[], held: readonly OpenedRoleKey[]): Promise<RoleRecord>;
  /** Puts what nobody could pass on before among the earlier versions; null when there is nothing that `held` opens. */
  chained(record: RoleRecord, held: readonly OpenedRoleKey[]): Promise<RoleRecord | null>;
  /** All versions that the user can open. */
  open(record: RoleRecord, opened: OpenedUser): Promise<readonly OpenedRoleKey[]>;
}
