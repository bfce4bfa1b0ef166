import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { isGrantable, mayGrant, sameRole } from "../../domain/people/access.ts";
import type { Grant, RoleName, UserId } from "../../domain/people/access.ts";
import { TEMPORARY_PASSPHRASE_SYMBOLS, writeGroups } from "../../domain/people/recovery-key.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { endedUser, staleReason, staysManned, withGrant } from "../../domain/people/upkeep.ts";
import { tidyUserName, userNameKey } from "../../domain/people/users.ts";
import type { UserRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { derived, sameText } from "../access/derived.ts";
import { othersMay } from "../access/own-record.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { StaleGrant, UserFailure, UserRow, Users } from "../api/access.ts";
import type { Observable } from "../observable.ts";
import type { Actor } from "../ports/access.ts";
import { rolesAfter, roleEnded } from "./grant-upkeep.ts";
import { OwnAccount } from "./own-account.ts";
import type { AdministratorSessions, IdentityDependencies } from "./sessions.ts";

type Planned = Result<{ readonly user: UserRecord; readonly entries: readonly EntryDraft[] }, UserFailure>;

/** Everybody who signs in, what they were given, and each one's own account. */
export class StoredUsers implements Users {
  readonly list: Observable<readonly UserRow[]>;
  readonly stale: Observable<readonly StaleGrant[]>;
  readonly passkeys: Users["passkeys"];
  readonly changePassphrase: Users["changePassphrase"];
  readonly beginTotp: Users["beginTotp"];
  readonly confirmTotp: Users["confirmTotp"];
  readonly addPasskey: Users["addPasskey"];
  readonly removePasskey: Users["removePasskey"];
  readonly newRecoveryKey: Users["newRecoveryKey"];

  constructor(
    private readonly dependencies: IdentityDependencies,
    private readonly sessions: AdministratorSessions,
    private readonly access: SessionAccess,
  ) {
    const { store } = dependencies;
    const own = new OwnAccount(dependencies, sessions);
    this.passkeys = own.passkeys;
    this.changePassphrase = (before, after) => own.changePassphrase(before, after);
    this.beginTotp = () => own.beginTotp();
    this.confirmTotp = (code) => own.confirmTotp(code);
    this.addPasskey = (label) => own.addPasskey(label);
    this.removePasskey = (label) => own.removePasskey(label);
    this.newRecoveryKey = () => own.newRecoveryKey();
    this.list = derived([store, sessions.current], () => this.#rows(), sameText);
    this.stale = derived([store, sessions.current], () => this.#stale(), sameText);
  }

  async add(name: string): Promise<Result<{ readonly userId: UserId; readonly temporaryPassphrase: string }, UserFailure>> {
    const checked = this.access.check("users.change");
    if (!checked.ok) return checked;
    const tidy = tidyUserName(name);
    if (tidy === null) return err(failure("user/name-bad"));
    if (this.#isTaken(tidy)) return err(failure("user/name-taken"));
    const { store, secrets, userKeys } = this.dependencies;
    const id = secrets.randomId() as UserId;
    const temporaryPassphrase = writeGroups(secrets.randomBytes(TEMPORARY_PASSPHRASE_SYMBOLS)).toLowerCase();
    const made = await userKeys.create({ id, name: tidy, passphrase: temporaryPassphrase, temporary: true, addedAt: store.now().wallMs });
    if (!made.ok) return err(failure("user/store-failed", made.error.kind));
    const { record, opened } = made.value;
    opened.userKey.fill(0);
    opened.privateKey.fill(0);
    const written = await this.#step(() =>
      this.#isTaken(tidy) ? err(failure("user/name-taken")) : ok({ user: record, entries: [{ type: "user-added", subject: null, body: { user: id, name: tidy, by: checked.value.userId } }] }),
    );
    return written.ok ? ok({ userId: id, temporaryPassphrase }) : written;
  }

  async end(userId: UserId): Promise<Result<void, UserFailure>> {
    const checked = this.access.check("users.change");
    if (!checked.ok) return checked;
    const by = checked.value.userId;
    return this.#step(() => {
      const user = this.#active(userId);
      if (!user) return err(failure("user/no-such"));
      const entries = user.grants.map((grant) => roleEnded(userId, grant, "user-ended", by));
      return ok({ user: endedUser(user, this.dependencies.store.now().wallMs), entries: [...entries, { type: "user-ended", subject: null, body: { user: userId, by } }] });
    });
  }

  async grant(userId: UserId, role: RoleName, department: string | null, expiresAt: EpochMs | null): Promise<Result<void, UserFailure>> {
    const checked = this.#mayGrant(role);
    if (!checked.ok) return checked;
    const by = checked.value.userId;
    return this.#step(() => {
      const now = this.dependencies.store.now().wallMs;
      const given = { role, ...(department === null ? {} : { department: department.normalize("NFC").trim() }), expiresAt };
      const grant: Grant = { ...given, grantedAt: now, grantedBy: by };
      if (!isGrantable(grant, now)) return err(failure("user/grant-bad"));
      const user = this.#active(userId);
      if (!user) return err(failure("user/no-such"));
      return ok({ user: withGrant(user, grant), entries: [{ type: "role-granted", subject: null, body: { user: userId, by, ...given } }] });
    });
  }

  async revoke(userId: UserId, grant: Grant): Promise<Result<void, UserFailure>> {
    const checked = this.#mayGrant(grant.role);
    if (!checked.ok) return checked;
    return this.#step(() => {
      const user = this.#active(userId);
      const held = user?.grants.find((one) => sameRole(one, grant));
      if (!user || !held) return err(failure("user/no-such"));
      return ok({ user: { ...user, grants: user.grants.filter((one) => one !== held) }, entries: [roleEnded(userId, held, "revoked", checked.value.userId)] });
    });
  }

  async link(userId: UserId, personId: PersonId | null): Promise<Result<void, UserFailure>> {
    const checked = personId === null ? this.access.check("roles.grant") : this.access.check("people.write", personId);
    if (!checked.ok) return checked;
    return this.#step(() => {
      const user = this.#active(userId);
      // Whoever is somebody is not somebody else by their own word: own records would be open to them.
      if (userId === checked.value.userId && user?.personId !== undefined && othersMay(this.dependencies.store, userId, "roles.grant", user.personId)) return err(failure("access/own-record"));
      const person = personId === null ? null : this.dependencies.store.people.get(personId)?.person;
      if (!user || person === undefined || person?.status === "left") return err(failure("user/no-such"));
      return ok({ user: withEmployee(user, person), entries: [{ type: "user-changed", subject: null, body: { user: userId, changed: ["person"], by: checked.value.userId } }] });
    });
  }

  /** Holding a role is what it takes to hand it on; HR hands on what reads records. */
  #mayGrant(role: RoleName): Result<Actor, UserFailure> {
    const checked = this.access.check("roles.grant");
    if (!checked.ok) return checked;
    return mayGrant(checked.value.grants, role, this.dependencies.store.now().wallMs) ? checked : err(failure("access/not-allowed"));
  }

  /** One change of one user, with the role keys that follow from it, decided where no other tab can write. */
  async #step(decide: () => Planned): Promise<Result<void, UserFailure>> {
    const { store, roleKeys } = this.dependencies;
    try {
      const done = await store.exclusively(async (): Promise<Result<void, UserFailure>> => {
        const planned = decide();
        if (!planned.ok) return planned;
        const { user, entries } = planned.value;
        if (!staysManned(store.users, [user])) return err(failure("user/last-administrator"));
        const roles = await rolesAfter(store, roleKeys, [user], this.sessions.held, store.now().wallMs);
        const written = await store.commit({ users: [user], roles, entries });
        return written.ok ? ok() : err(failure("user/store-failed", written.error.kind));
      });
      // What was given to oneself is there at once.
      if (done.ok) await this.sessions.refresh();
      return done;
    } catch (error) {
      return err(failure("user/store-failed", error instanceof Error ? error.name : undefined));
    }
  }

  #active(userId: UserId): UserRecord | null {
    const user = this.dependencies.store.users.get(userId);
    return user?.status === "active" ? user : null;
  }

  #isTaken(name: string): boolean {
    return [...this.dependencies.store.users.values()].some((user) => user.status === "active" && userNameKey(user.name) === userNameKey(name));
  }

  #mayRead(): boolean {
    return this.access.check("users.read").ok;
  }

  #rows(): readonly UserRow[] {
    if (!this.#mayRead()) return [];
    return [...this.dependencies.store.users.values()].sort((a, b) => a.name.localeCompare(b.name)).map(rowOf);
  }

  #stale(): readonly StaleGrant[] {
    if (!this.#mayRead()) return [];
    const { users, people } = this.dependencies.store;
    const now = this.dependencies.store.now().wallMs;
    return [...users.values()].flatMap((user) =>
      user.grants.flatMap((grant) => {
        const reason = staleReason(user, grant, people, now);
        return reason ? [{ userId: user.id, name: user.name, grant, reason }] : [];
      }),
    );
  }
}

function withEmployee(user: UserRecord, person: Person | null): UserRecord {
  if (person) return { ...user, personId: person.id, department: person.department };
  return Object.fromEntries(Object.entries(user).filter(([key]) => key !== "personId" && key !== "department")) as unknown as UserRecord;
}

function rowOf({ id, name, status, grants, addedAt, lastSignInAt, totp, unlocks, personId }: UserRecord): UserRow {
  const count = (kind: UserRecord["unlocks"][number]["kind"]): number => unlocks.filter((unlock) => unlock.kind === kind).length;
  return {
    userId: id,
    name,
    status,
    grants,
    addedAt,
    lastSignInAt: lastSignInAt ?? null,
    factors: { totp: totp !== null, passkeys: count("passkey"), recovery: count("recovery") > 0 },
    ...(personId === undefined ? {} : { personId }),
  };
}
