import type { Clock, EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { inForce, roleKeyId } from "../../domain/people/access.ts";
import type { Grant } from "../../domain/people/access.ts";
import type { UserRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AdministratorSession, Sessions, SignInFailure, SignInInput } from "../api/access.ts";
import { Subject } from "../observable.ts";
import type { Passkeys } from "../ports/passkeys.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { OpenedRoleKey, RecordRing, Store } from "../ports/store.ts";
import type { OpenedUser, RoleKeys, UserKeys } from "../ports/user-keys.ts";
import { FRESH_FOR_MS, IDLE_ENDS_AFTER_MS, SESSION_ENDS_AFTER_MS, Stretch } from "./session-times.ts";
import { SignIn } from "./sign-in.ts";
import type { Entered } from "./sign-in.ts";

/** Activity is told to followers at most this often, milliseconds: a moving pointer is not news each time. */
const ACTIVITY_STEP_MS = 1_000;

export interface IdentityDependencies {
  readonly store: Store;
  readonly secrets: Secrets;
  readonly userKeys: UserKeys;
  readonly roleKeys: RoleKeys;
  readonly passkeys: Passkeys;
  readonly clock: Clock;
}

/** What is open while somebody is signed in. */
interface Live {
  readonly opened: OpenedUser;
  readonly started: Stretch;
  readonly since: EpochMs;
  /** A second factor was shown in this session, or did not have to be: the one that set the site up. */
  factorShown: boolean;
  /** Came in by the recovery key: the passphrase is to be chosen anew, and is not asked for. */
  recovered: boolean;
  active: Stretch;
  fresh: Stretch | null;
  keys: readonly OpenedRoleKey[];
  ring: RecordRing | null;
}

type EndReason = "asked" | "idle" | "limit" | "ended";

/** Who is signed in, and for how long. */
export class AdministratorSessions implements Sessions {
  readonly current = new Subject<AdministratorSession | null>(null);
  readonly nameNeeded = new Subject(false);
  readonly passkeyOffered = new Subject(false);
  readonly #signIn: SignIn;
  #live: Live | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opening: Promise<void> = Promise.resolve();

  constructor(private readonly dependencies: IdentityDependencies) {
    this.#signIn = new SignIn(dependencies);
    this.#countUsers();
    dependencies.store.subscribe(() => this.#follow());
  }

  // ---- what the core asks

  /** Whoever is signed in at this moment; a session whose time is over ends here. */
  get alive(): AdministratorSession | null {
    const reason = this.#over();
    if (reason) this.#end(reason);
    return this.current.value;
  }

  /** The user's own keys while signed in. */
  get opened(): OpenedUser | null {
    return this.alive ? (this.#live?.opened ?? null) : null;
  }

  /** The keys of the roles that are held; none while something is owed. */
  get held(): readonly OpenedRoleKey[] {
    return this.alive ? (this.#live?.keys ?? []) : [];
  }

  get ring(): RecordRing | null {
    return this.alive ? (this.#live?.ring ?? null) : null;
  }

  /** Whether a second factor was given within the last minutes. */
  get isFresh(): boolean {
    return this.alive !== null && this.#isFresh();
  }

  get recovered(): boolean {
    return this.#live?.recovered ?? false;
  }

  /** A session of somebody whose keys are open already. */
  async enter({ user, opened, factor }: Entered & { readonly user: UserRecord }, factorShown = factor === "totp" || factor === "passkey"): Promise<AdministratorSession> {
    this.#end("asked");
    const started = new Stretch(this.dependencies.clock);
    this.#live = {
      opened,
      started,
      since: this.dependencies.clock.wall(),
      factorShown,
      recovered: factor === "recovery",
      active: started,
      fresh: factor === "totp" || factor === "passkey" ? started : null,
      keys: [],
      ring: null,
    };
    const live = this.#live;
    this.#watch();
    try {
      // Told of once its roles are open: a page that comes up with the session reads with their keys at once.
      await this.#openRoles();
    } catch (error) {
      if (this.#live === live) this.#end("asked");
      throw error;
    }
    return this.current.value ?? this.#sessionOf(user, live);
  }

  /** One's own second factor was set up or shown. */
  async shown(): Promise<void> {
    const live = this.#live;
    if (!live) return;
    live.factorShown = true;
    live.fresh = new Stretch(this.dependencies.clock);
    await this.#openRoles();
  }

  /** The passphrase of somebody who came in by the recovery key was chosen. */
  async passphraseChosen(): Promise<void> {
    if (this.#live) this.#live.recovered = false;
    await this.#openRoles();
  }

  /** Opens the roles anew: people came, or a role was given. Resolves when what is held can be read. */
  async refresh(): Promise<void> {
    await this.#openRoles();
  }

  // ---- what people do

  signIn(input: SignInInput): Promise<Result<AdministratorSession, SignInFailure>> {
    return this.#entering(this.#signIn.withPassphrase(input));
  }

  signInWithPasskey(name?: string): Promise<Result<AdministratorSession, SignInFailure>> {
    return this.#entering(this.#signIn.withPasskey(name));
  }

  recover(name: string, recoveryKey: string): Promise<Result<AdministratorSession, SignInFailure>> {
    return this.#entering(this.#signIn.withRecoveryKey(name, recoveryKey));
  }

  async confirm(code: string): Promise<Result<void, SignInFailure>> {
    const { opened } = this;
    return opened ? this.#confirming(this.#signIn.confirmCode(opened, code)) : err(failure("session/wrong"));
  }

  async confirmWithPasskey(): Promise<Result<void, SignInFailure>> {
    const { opened } = this;
    return opened ? this.#confirming(this.#signIn.confirmPasskey(opened)) : err(failure("session/wrong"));
  }

  signOut(): void {
    this.#end("asked");
  }

  touched(): void {
    const live = this.#live;
    const session = this.alive;
    if (!live || !session || live.active.elapsedMs < ACTIVITY_STEP_MS) return;
    live.active = new Stretch(this.dependencies.clock);
    this.current.next({ ...session, idleEndsAt: live.active.endsAt(IDLE_ENDS_AFTER_MS) });
    this.#watch();
  }

  close(): void {
    this.#end("asked");
  }

  async #entering(coming: Promise<Result<Entered & { readonly user: UserRecord }, SignInFailure>>): Promise<Result<AdministratorSession, SignInFailure>> {
    try {
      const entered = await coming;
      return entered.ok ? ok(await this.enter(entered.value)) : entered;
    } catch (error) {
      return err(failure("session/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  async #confirming(coming: Promise<Result<void, SignInFailure>>): Promise<Result<void, SignInFailure>> {
    try {
      const confirmed = await coming;
      if (confirmed.ok) await this.shown();
      return confirmed;
    } catch (error) {
      return err(failure("session/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  // ---- roles

  /** One after the other, so that what is opened last is what is held last. */
  #openRoles(): Promise<void> {
    const turn = this.#opening.then(() => this.#openRolesNow());
    this.#opening = turn.catch(() => undefined);
    return turn;
  }

  async #openRolesNow(): Promise<void> {
    const live = this.#live;
    const { store, roleKeys } = this.dependencies;
    const user = live ? store.users.get(live.opened.userId) : undefined;
    if (!live || !user) return;
    const now = store.now().wallMs;
    const wanted = owedOf(user, live).length > 0 ? [] : user.grants.filter((grant) => inForce(grant, now));
    const keys: OpenedRoleKey[] = [];
    for (const id of new Set(wanted.map(roleKeyId))) {
      const record = store.roles.get(id);
      if (record) keys.push(...(await roleKeys.open(record, live.opened)));
    }
    const ring = keys.length > 0 ? await store.openRing(keys) : null;
    // The session ended, or another began, while this was being opened.
    if (this.#live !== live) {
      erase(keys);
      ring?.close();
      return;
    }
    erase(live.keys);
    live.ring?.close();
    live.keys = keys;
    live.ring = ring;
    this.#publish(user);
  }

  // ---- time

  #over(): "idle" | "limit" | null {
    const live = this.#live;
    if (!live) return null;
    if (live.started.elapsedMs >= SESSION_ENDS_AFTER_MS) return "limit";
    return live.active.elapsedMs >= IDLE_ENDS_AFTER_MS ? "idle" : null;
  }

  #isFresh(): boolean {
    return (this.#live?.fresh?.elapsedMs ?? FRESH_FOR_MS) < FRESH_FOR_MS;
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const live = this.#live;
    if (!live) return;
    const leftMs = Math.min(IDLE_ENDS_AFTER_MS - live.active.elapsedMs, SESSION_ENDS_AFTER_MS - live.started.elapsedMs);
    this.#timer = setTimeout(() => {
      if (this.alive) this.#watch();
    }, Math.max(leftMs, 0) + 1);
  }

  #end(reason: EndReason): void {
    clearTimeout(this.#timer);
    const live = this.#live;
    if (!live) return;
    this.#live = null;
    live.opened.userKey.fill(0);
    live.opened.privateKey.fill(0);
    erase(live.keys);
    live.ring?.close();
    this.current.next(null);
    const { store } = this.dependencies;
    // Nobody waits for it: the keys are gone already, whatever the disk says.
    void store.exclusively(() => store.commit({ entries: [{ type: "sign-out", subject: null, body: { user: live.opened.userId, reason } }] })).catch(() => undefined);
  }

  // ---- following the store

  #follow(): void {
    this.#countUsers();
    const live = this.#live;
    const session = this.current.value;
    if (!live || !session) return;
    const user = this.dependencies.store.users.get(live.opened.userId);
    if (user?.status !== "active") {
      this.#end("ended");
      return;
    }
    const changed = !sameGrants(user.grants, session.grants);
    if (changed) this.#publish(user);
    if (changed || this.#hasOldVersions(live)) void this.#openRoles().catch(() => this.#end("ended"));
  }

  /** A role that is held has another version, which everything is wrapped for from now on. */
  #hasOldVersions({ keys }: Live): boolean {
    const { roles } = this.dependencies.store;
    return keys.some(({ id }) => !keys.some((key) => key.id === id && key.version === roles.get(id)?.version));
  }

  #countUsers(): void {
    const { store, passkeys } = this.dependencies;
    const active = [...store.users.values()].filter(({ status }) => status === "active");
    this.nameNeeded.next(active.length > 1);
    this.passkeyOffered.next(passkeys.supported && active.some(({ unlocks }) => unlocks.some(({ kind }) => kind === "passkey")));
  }

  #publish(user: UserRecord): void {
    if (this.#live) this.current.next(this.#sessionOf(user, this.#live));
  }

  #sessionOf(user: UserRecord, live: Live): AdministratorSession {
    return {
      userId: user.id,
      name: user.name,
      grants: user.grants,
      since: live.since,
      idleEndsAt: live.active.endsAt(IDLE_ENDS_AFTER_MS),
      endsAt: live.started.endsAt(SESSION_ENDS_AFTER_MS),
      freshUntil: this.#isFresh() ? (live.fresh?.endsAt(FRESH_FOR_MS) ?? null) : null,
      owed: owedOf(user, live),
    };
  }
}

/** @param live of {@link AdministratorSessions} */
function owedOf(user: UserRecord, { recovered, factorShown }: Pick<Live, "recovered" | "factorShown">): AdministratorSession["owed"] {
  const temporary = user.unlocks.some((unlock) => unlock.kind === "passphrase" && unlock.temporary);
  return [...(recovered || temporary ? (["passphrase"] as const) : []), ...(factorShown ? [] : (["second-factor"] as const))];
}

function sameGrants(one: readonly Grant[], other: readonly Grant[]): boolean {
  return one.length === other.length && one.every((grant, index) => roleKeyId(grant) === (other[index] ? roleKeyId(other[index]) : null) && grant.expiresAt === other[index]?.expiresAt && grant.grantedAt === other[index].grantedAt);
}

function erase(keys: readonly OpenedRoleKey[]): void {
  for (const { privateKey } of keys) privateKey.fill(0);
}

