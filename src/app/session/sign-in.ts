import { failure } from "../../domain/errors.ts";
import { userNameKey } from "../../domain/people/users.ts";
import type { Unlock, UserRecord } from "../../domain/people/users.ts";
import { acceptedStep } from "../../domain/people/totp.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SignInFailure, SignInInput } from "../api/access.ts";
import type { CountBefore, Store } from "../ports/store.ts";
import type { OpenedUser, PassphraseUnlock } from "../ports/user-keys.ts";
import { firstUser } from "./first-user.ts";
import type { IdentityDependencies } from "./sessions.ts";

export type Factor = "totp" | "passkey" | "recovery" | "none";
type Purpose = "session" | "confirm";

/** Somebody whose keys are open. */
export interface Entered {
  readonly opened: OpenedUser;
  readonly factor: Factor;
}

type Entering = Promise<Result<Entered & { readonly user: UserRecord }, SignInFailure>>;
type PasskeyUnlock = Extract<Unlock, { readonly kind: "passkey" }>;

/** The ways in. Each try is counted, durably, before anything is looked at; each leaves an entry, whatever comes of it. */
export class SignIn {
  readonly #store: Store;

  constructor(private readonly dependencies: IdentityDependencies) {
    this.#store = dependencies.store;
  }

  async withPassphrase({ name, passphrase, code }: SignInInput): Entering {
    await this.#caughtUp();
    if (this.#store.users.size === 0 && this.#store.administrator?.lockedPrivateKey) return this.#asFirstUser(passphrase);
    const user = this.#named(name);
    const begun = await this.#begin(name ?? user?.name ?? "");
    if (!begun.ok) return begun;
    const opened = await this.dependencies.userKeys.openWithPassphrase(user, passphrase);
    if (!opened.ok) return err(failure("session/store-failed", opened.error.kind));
    if (!user || !opened.value) return this.#refused(user, "session");
    const { opened: keys, dearer } = opened.value;
    const factor: Factor = user.totp ? "totp" : "none";
    const entered = await this.#accepted(keys, factor, "session", begun.value, (now) => this.#withCode(keys, now, code ?? "", dearer));
    return entered;
  }

  async withPasskey(name?: string): Entering {
    await this.#caughtUp();
    const among = name === undefined ? this.#active() : this.#active().filter((user) => userNameKey(user.name) === userNameKey(name));
    const asked = await this.#askPasskey(among);
    if (!asked.ok) return asked;
    return this.#accepted(asked.value, "passkey", "session", [], (now) => Promise.resolve(now));
  }

  /** Nothing is used up yet: the key is, once there is a passphrase in its place. */
  async withRecoveryKey(name: string, recoveryKey: string): Entering {
    await this.#caughtUp();
    const user = this.#named(name === "" ? undefined : name);
    const begun = await this.#begin(name);
    if (!begun.ok) return begun;
    const opened = user ? await this.dependencies.userKeys.openWithRecoveryKey(user, recoveryKey) : null;
    if (!opened) return this.#refused(user, "session", "recovery");
    return this.#accepted(opened, "recovery", "session", begun.value, (now) => Promise.resolve(now));
  }

  async confirmCode(own: OpenedUser, code: string): Promise<Result<void, SignInFailure>> {
    const user = this.#store.users.get(own.userId);
    const begun = await this.#begin(user?.name ?? "");
    if (!begun.ok) return begun;
    if (!user?.totp) return this.#refused(user ?? null, "confirm");
    const confirmed = await this.#accepted(own, "totp", "confirm", begun.value, (now) => this.#withCode(own, now, code, null));
    return confirmed.ok ? ok() : confirmed;
  }

  async confirmPasskey(own: OpenedUser): Promise<Result<void, SignInFailure>> {
    const user = this.#store.users.get(own.userId);
    const asked = await this.#askPasskey(user ? [user] : []);
    if (!asked.ok) return asked;
    erase(asked.value);
    const confirmed = await this.#accepted(own, "passkey", "confirm", [], (now) => Promise.resolve(now));
    return confirmed.ok ? ok() : confirmed;
  }

  /** The one administrator of a store of the first form is its first user from the first sign-in on. */
  async #asFirstUser(passphrase: string): Entering {
    const { secrets } = this.dependencies;
    const record = this.#store.administrator;
    if (!record?.publicKey) return err(failure("session/store-failed", "no administrator"));
    const begun = await this.#begin(record.name);
    if (!begun.ok) return begun;
    const privateKey = await secrets.unlockAdministrator(record, passphrase);
    if (!privateKey.ok) return err(failure("session/store-failed", privateKey.error.kind));
    if (!privateKey.value) return this.#refused(null, "session");
    const made = await firstUser(this.dependencies, { name: record.name, passphrase }, { publicKey: record.publicKey, privateKey: privateKey.value });
    privateKey.value.fill(0);
    if (!made.ok) return err(failure("session/store-failed", made.error.kind));
    const { user, opened, roles, entries } = made.value;
    const written = await this.#store.exclusively(async () => {
      // Another tab was first: its user is the one, and signs in again.
      if (this.#store.users.size > 0) return err(failure("store/write-failed", "there is a user"));
      const { name, kioskPin } = record;
      return this.#store.commit({ administrator: { name, kioskPin }, users: [user], roles, entries: [...entries, { type: "sign-in", subject: null, body: { outcome: "accepted", user: user.id, factor: "none", purpose: "session" } }] });
    });
    if (!written.ok) return err(failure("session/store-failed", written.error.detail ?? written.error.kind));
    await this.#store.endTry(begun.value);
    return ok({ user, opened, factor: "none" });
  }

  /** With the code's step used up; null when there is no such step. Who has no second factor yet needs no code. */
  async #withCode(opened: OpenedUser, now: UserRecord, code: string, dearer: PassphraseUnlock | null): Promise<UserRecord | null> {
    const unlocks = dearer ? now.unlocks.map((unlock) => (unlock.kind === "passphrase" ? dearer : unlock)) : now.unlocks;
    if (!now.totp) return { ...now, unlocks };
    const secret = await this.dependencies.userKeys.openTotp(opened, now.totp.envelope);
    const step = secret ? acceptedStep(secret, code, this.#store.now().wallMs, now.totp.lastStep) : null;
    secret?.fill(0);
    return step === null ? null : { ...now, unlocks, totp: { ...now.totp, lastStep: step } };
  }

  /**
   * Writes that somebody came in, with what it used up, before anybody is told. The user is read where no other tab can
   * write: a step that was used there is used.
   */
  async #accepted(
    opened: OpenedUser,
    factor: Factor,
    purpose: Purpose,
    counted: readonly CountBefore[],
    use: (now: UserRecord) => Promise<UserRecord | null>,
  ): Entering {
    const outcome = await this.#store.exclusively(async () => {
      const now = this.#store.users.get(opened.userId);
      const used = now?.status === "active" ? await use(now) : null;
      if (!used) return null;
      const user: UserRecord = purpose === "session" ? { ...used, lastSignInAt: this.#store.now().wallMs } : used;
      const written = await this.#store.commit({ users: [user], entries: [{ type: "sign-in", subject: null, body: { outcome: "accepted", user: user.id, factor, purpose } }] });
      return { user, written };
    });
    if (!outcome) {
      if (purpose === "session") erase(opened);
      return this.#refused(this.#store.users.get(opened.userId) ?? null, purpose);
    }
    // Nobody gets in unseen: without the entry there is no session.
    const ended = outcome.written.ok && counted.length > 0 ? await this.#store.endTry(counted) : outcome.written;
    if (!ended.ok) {
      if (purpose === "session") erase(opened);
      return err(failure("session/store-failed", ended.error.kind));
    }
    return ok({ user: outcome.user, opened, factor });
  }

  async #refused(user: UserRecord | null, purpose: Purpose, factor?: Factor): Promise<Result<never, SignInFailure>> {
    await this.#store
      .exclusively(() =>
        this.#store.commit({ entries: [{ type: "sign-in", subject: null, body: { outcome: "refused", ...(user ? { user: user.id } : {}), ...(factor ? { factor } : {}), purpose } }] }),
      )
      .catch(() => undefined);
    return err(failure("session/wrong"));
  }

  async #askPasskey(among: readonly UserRecord[]): Promise<Result<OpenedUser, SignInFailure>> {
    const known = among.flatMap((user) => user.unlocks.filter((unlock): unlock is PasskeyUnlock => unlock.kind === "passkey").map((unlock) => ({ user, unlock })));
    const asked = await this.dependencies.passkeys.get(known.map(({ unlock }) => unlock));
    if (!asked.ok) return err(failure(asked.error.kind === "passkey/cancelled" ? "session/cancelled" : "session/unsupported", asked.error.detail));
    const { credentialId, prf } = asked.value;
    for (const { user } of known) {
      const opened = await this.dependencies.userKeys.openWithPasskey(user, credentialId, prf);
      if (opened) return ok(opened);
    }
    return this.#refused(null, "session", "passkey");
  }

  /** Whether anybody has the name or not: the answer tells nothing of it. */
  async #begin(name: string): Promise<Result<readonly CountBefore[], SignInFailure>> {
    const begun = await this.#store.beginTry([{ user: userNameKey(name) }, "administrator"]);
    if (begun.ok) return begun;
    return err(begun.error.kind === "store/locked" ? { kind: "session/locked", until: begun.error.until } : failure("session/store-failed", begun.error.kind));
  }

  #caughtUp(): Promise<void> {
    return this.#store.exclusively(() => Promise.resolve());
  }

  /** Without a name: whoever is alone. */
  #named(name: string | undefined): UserRecord | null {
    const active = this.#active();
    if (name === undefined) return active.length === 1 ? (active[0] ?? null) : null;
    return active.find((user) => userNameKey(user.name) === userNameKey(name)) ?? null;
  }

  #active(): readonly UserRecord[] {
    return [...this.#store.users.values()].filter(({ status }) => status === "active");
  }
}


function erase({ userKey, privateKey }: OpenedUser): void {
  userKey.fill(0);
  privateKey.fill(0);
}
