import { failure } from "../../domain/errors.ts";
import { acceptedStep, TOTP_SECRET_BYTES, totpText, totpUri } from "../../domain/people/totp.ts";
import { isPassphrase, userNameKey } from "../../domain/people/users.ts";
import type { Unlock, UserRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { derived, sameText } from "../access/derived.ts";
import type { TotpOffer, UserFailure, Users } from "../api/access.ts";
import type { OpenedUser } from "../ports/user-keys.ts";
import type { AdministratorSessions, IdentityDependencies } from "./sessions.ts";

/** Longest name of a passkey. */
const LABEL_MAX_LENGTH = 60;

type Own = Result<{ readonly user: UserRecord; readonly opened: OpenedUser }, UserFailure>;

/** What belongs to whoever is signed in: passphrase, second factors, recovery key. */
export class OwnAccount {
  readonly passkeys: Users["passkeys"];
  /** A secret that was offered and not yet proved to have been taken in. */
  #offered: { readonly userId: string; readonly secret: Uint8Array } | null = null;

  constructor(
    private readonly dependencies: IdentityDependencies,
    private readonly sessions: AdministratorSessions,
  ) {
    this.passkeys = derived([dependencies.store, sessions.current], () => this.#labels(), sameText);
    sessions.current.subscribe((session) => {
      if (!session) this.#forgetOffer();
    });
  }

  async changePassphrase(before: string, after: string): Promise<Result<void, UserFailure>> {
    const own = this.#own();
    if (!own.ok) return own;
    const { user, opened } = own.value;
    if (!isPassphrase(after)) return err(failure("user/passphrase-short"));
    if (!this.sessions.current.value?.owed.includes("passphrase")) {
      const shown = await this.#isPassphraseOf(user, before);
      if (!shown.ok) return shown;
    }
    const { recovered } = this.sessions;
    const locked = await this.dependencies.userKeys.lockWithPassphrase(opened, after);
    if (!locked.ok) return err(failure("user/store-failed", locked.error.kind));
    // The recovery key stood for everything else: it is used up, and so is what it stood for.
    const written = await this.#change(opened, ["passphrase"], (now) =>
      recovered ? { ...now, unlocks: [locked.value], totp: null } : { ...now, unlocks: [...now.unlocks.filter(({ kind }) => kind !== "passphrase"), locked.value] },
    );
    if (written.ok) await this.sessions.passphraseChosen();
    return written;
  }

  beginTotp(): Promise<Result<TotpOffer, UserFailure>> {
    const own = this.#forFactor();
    if (!own.ok) return Promise.resolve(own);
    const { user } = own.value;
    this.#forgetOffer();
    const secret = this.dependencies.secrets.randomBytes(TOTP_SECRET_BYTES);
    this.#offered = { userId: user.id, secret };
    return Promise.resolve(ok({ uri: totpUri(secret, this.dependencies.store.settings?.organisation ?? "Clockface", user.name), secret: totpText(secret) }));
  }

  async confirmTotp(code: string): Promise<Result<void, UserFailure>> {
    const own = this.#forFactor();
    if (!own.ok) return own;
    const { user, opened } = own.value;
    const secret = this.#offered?.userId === user.id ? this.#offered.secret : null;
    const step = secret ? acceptedStep(secret, code, this.dependencies.store.now().wallMs, 0) : null;
    if (!secret || step === null) return err(failure("user/code-wrong"));
    const envelope = await this.dependencies.userKeys.sealTotp(opened, secret);
    const written = await this.#change(opened, ["totp"], (now) => ({ ...now, totp: { envelope, lastStep: step } }));
    if (!written.ok) return written;
    this.#forgetOffer();
    await this.sessions.shown();
    return ok();
  }

  async addPasskey(label: string): Promise<Result<void, UserFailure>> {
    const own = this.#forFactor();
    if (!own.ok) return own;
    const { user, opened } = own.value;
    const name = label.normalize("NFC").replace(/[\p{Cc}\s]+/gu, " ").trim();
    if (name === "" || name.length > LABEL_MAX_LENGTH) return err(failure("user/name-bad"));
    const known = passkeysOf(user);
    if (known.some((one) => one.label === name)) return err(failure("user/name-taken"));
    const made = await this.dependencies.passkeys.create({ id: user.id, name: user.name }, known.map(({ credentialId }) => credentialId));
    if (!made.ok) return err(failure(made.error.kind === "passkey/cancelled" ? "user/cancelled" : "user/unsupported", made.error.detail));
    // The dialog can be open for long: the session may be over.
    const still = this.#own();
    if (!still.ok) return still;
    const { prf, ...passkey } = made.value;
    const unlock = await this.dependencies.userKeys.lockWithPasskey(opened, { ...passkey, label: name, addedAt: this.dependencies.store.now().wallMs }, prf);
    prf.fill(0);
    const written = await this.#change(opened, ["passkey"], (now) => ({ ...now, unlocks: [...now.unlocks, unlock] }));
    if (written.ok) await this.sessions.shown();
    return written;
  }

  async removePasskey(label: string): Promise<Result<void, UserFailure>> {
    const own = this.#fresh();
    if (!own.ok) return own;
    return this.#change(own.value.opened, ["passkey"], (now) => ({ ...now, unlocks: now.unlocks.filter((one) => one.kind !== "passkey" || one.label !== label) }));
  }

  async newRecoveryKey(): Promise<Result<string, UserFailure>> {
    const own = this.#fresh();
    if (!own.ok) return own;
    const { text, unlock } = await this.dependencies.userKeys.lockWithRecoveryKey(own.value.opened);
    const written = await this.#change(own.value.opened, ["recovery-key"], (now) => ({ ...now, unlocks: [...now.unlocks.filter(({ kind }) => kind !== "recovery"), unlock] }));
    return written.ok ? ok(text) : written;
  }

  #own(): Own {
    const { opened } = this.sessions;
    const user = opened ? this.dependencies.store.users.get(opened.userId) : undefined;
    return opened && user?.status === "active" ? ok({ user, opened }) : err(failure("access/not-signed-in"));
  }

  /** Nothing of one's own is changed without a second factor of the last minutes, once what is owed is done. */
  #fresh(): Own {
    const own = this.#own();
    if (!own.ok) return own;
    if ((this.sessions.current.value?.owed.length ?? 0) > 0) return err(failure("access/not-allowed"));
    return this.sessions.isFresh || !hasFactor(own.value.user) ? own : err(failure("access/confirm-needed"));
  }

  /** A second factor is set up where none is there, or beside one that was just shown; after a recovery, the passphrase comes first. */
  #forFactor(): Own {
    const own = this.#own();
    if (!own.ok) return own;
    if (this.sessions.recovered) return err(failure("access/not-allowed"));
    return this.sessions.isFresh || !hasFactor(own.value.user) ? own : err(failure("access/confirm-needed"));
  }

  async #isPassphraseOf(user: UserRecord, passphrase: string): Promise<Result<void, UserFailure>> {
    const { store, userKeys } = this.dependencies;
    const scopes = [{ user: userNameKey(user.name) }, "administrator"] as const;
    const begun = await store.beginTry(scopes);
    if (!begun.ok) return err(failure(begun.error.kind === "store/locked" ? "user/passphrase-wrong" : "user/store-failed", begun.error.kind));
    const opened = await userKeys.openWithPassphrase(user, passphrase);
    if (!opened.ok) return err(failure("user/store-failed", opened.error.kind));
    if (!opened.value) return err(failure("user/passphrase-wrong"));
    opened.value.opened.userKey.fill(0);
    opened.value.opened.privateKey.fill(0);
    const ended = await store.endTry(begun.value);
    return ended.ok ? ok() : err(failure("user/store-failed", ended.error.kind));
  }

  async #change(opened: OpenedUser, changed: readonly string[], after: (now: UserRecord) => UserRecord): Promise<Result<void, UserFailure>> {
    const { store } = this.dependencies;
    try {
      return await store.exclusively(async () => {
        const now = store.users.get(opened.userId);
        if (now?.status !== "active") return err(failure("access/not-signed-in"));
        const written = await store.commit({ users: [after(now)], entries: [{ type: "user-changed", subject: null, body: { user: now.id, changed: [...changed], by: now.id } }] });
        return written.ok ? ok() : err(failure("user/store-failed", written.error.kind));
      });
    } catch (error) {
      return err(failure("user/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  #labels(): Users["passkeys"]["value"] {
    const session = this.sessions.current.value;
    const user = session ? this.dependencies.store.users.get(session.userId) : undefined;
    return user ? passkeysOf(user).map(({ label, addedAt }) => ({ label, addedAt })) : [];
  }

  #forgetOffer(): void {
    this.#offered?.secret.fill(0);
    this.#offered = null;
  }
}

type PasskeyUnlock = Extract<Unlock, { readonly kind: "passkey" }>;

function passkeysOf(user: UserRecord): readonly PasskeyUnlock[] {
  return user.unlocks.filter((unlock): unlock is PasskeyUnlock => unlock.kind === "passkey");
}

const hasFactor = (user: UserRecord): boolean => user.totp !== null || passkeysOf(user).length > 0;
