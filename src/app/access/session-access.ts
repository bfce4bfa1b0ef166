import { failure } from "../../domain/errors.ts";
import { FOR_OTHERS, inForce, may, NEEDS_FRESH_FACTOR, OPERATIONS } from "../../domain/people/access.ts";
import type { Grant, Operation } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Rights } from "../api/access.ts";
import type { Observable } from "../observable.ts";
import type { Access, AccessFailure, Actor, Viewed } from "../ports/access.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import type { Clock } from "../../domain/clock.ts";
import { Stretch } from "../session/session-times.ts";
import type { AdministratorSessions } from "../session/sessions.ts";
import { derived } from "./derived.ts";
import { isOwn, othersMay } from "./own-record.ts";

/** The same look within this is one entry, milliseconds. */
const SAME_LOOK_MS = 5 * 60_000;
/** Which role is written down, where more than one allows a thing. */
const ROLE_ORDER: readonly Grant["role"][] = ["hr", "supervisor", "auditor", "system-administrator"];

const OPERATION_OF: Readonly<Record<Viewed["what"], Operation>> = {
  person: "people.read",
  people: "people.read",
  punches: "records.read",
  attempts: "records.read",
  certificate: "certificates.read",
  recognition: "recognition.read",
  log: "log.read",
  users: "users.read",
  attendance: "attendance.read",
  presence: "attendance.read",
  report: "attendance.read",
  plans: "plans.read",
  feedback: "feedback.read",
  request: "requests.read",
  requests: "requests.read",
  attachment: "requests.read",
  health: "requests.decide",
};

/** {@link Access} of whoever is signed in. The grants are those of the store at that moment, not of the sign-in. */
export class SessionAccess implements Access, Rights {
  readonly allowed: Observable<ReadonlySet<Operation>>;
  readonly #looks = new Map<string, { readonly since: Stretch; readonly people: number }>();

  constructor(
    private readonly store: Store,
    private readonly sessions: AdministratorSessions,
    private readonly clock: Clock,
  ) {
    this.allowed = derived([sessions.current, store], () => this.#allowed(), (one, other) => one.size === other.size && [...one].every((operation) => other.has(operation)));
    sessions.current.subscribe((session) => {
      if (!session) this.#looks.clear();
    });
  }

  get actor(): Actor | null {
    const session = this.sessions.alive;
    const user = session ? this.store.users.get(session.userId) : undefined;
    if (!session || user?.status !== "active" || session.owed.length > 0) return null;
    const now = this.store.now().wallMs;
    return { userId: user.id, name: user.name, grants: user.grants.filter((grant) => inForce(grant, now)) };
  }

  get ring(): RecordRing | null {
    return this.actor ? this.sessions.ring : null;
  }

  check(operation: Operation, personId?: PersonId): Result<Actor, AccessFailure> {
    const { actor } = this;
    // What is owed comes first: until then nothing is allowed to whoever is there.
    if (!actor) return err(failure(this.sessions.alive ? "access/not-allowed" : "access/not-signed-in"));
    if (!this.roleFor(actor.grants, operation, personId)) return err(failure("access/not-allowed"));
    if (personId !== undefined && FOR_OTHERS.has(operation) && isOwn(this.store, actor.userId, personId) && othersMay(this.store, actor.userId, operation, personId)) return err(failure("access/own-record"));
    if (NEEDS_FRESH_FACTOR.has(operation) && !this.sessions.isFresh) return err(failure("access/confirm-needed"));
    return ok(actor);
  }

  /** The role that allows it; null when none does. */
  roleFor(grants: readonly Grant[], operation: Operation, personId?: PersonId): Grant["role"] | null {
    const now = this.store.now().wallMs;
    const department = personId === undefined ? undefined : this.store.people.get(personId)?.person.department;
    const allows = (role: Grant["role"]): boolean => {
      // Nobody knows which department somebody unknown is in: no supervisor reaches them.
      if (role === "supervisor" && personId !== undefined && department === undefined) return false;
      return may(grants.filter((grant) => grant.role === role), operation, now, department);
    };
    return ROLE_ORDER.find(allows) ?? null;
  }

  reaches(personId: PersonId): boolean {
    return this.ring?.reach.has(personId) ?? false;
  }

  async viewed(viewed: Viewed): Promise<Result<void, AccessFailure>> {
    const personId = "personId" in viewed ? viewed.personId : undefined;
    const checked = this.check(OPERATION_OF[viewed.what], personId);
    if (!checked.ok) return checked;
    const { userId, grants } = checked.value;
    const key = "personId" in viewed ? `${viewed.what} ${viewed.personId}` : `${viewed.what} ${JSON.stringify(viewed.department)}`;
    const people = "people" in viewed ? viewed.people : 1;
    const before = this.#looks.get(key);
    if (before && before.since.elapsedMs < SAME_LOOK_MS && people <= before.people) return ok();
    const role = this.roleFor(grants, OPERATION_OF[viewed.what], personId) ?? "";
    const entry: EntryDraft =
      "personId" in viewed
        ? { type: "viewed", subject: viewed.personId, body: { personId: viewed.personId, by: userId, role, what: viewed.what } }
        : { type: "viewed-list", subject: null, body: { by: userId, role, what: viewed.what, department: viewed.department, people: viewed.people } };
    const written = await this.append(entry);
    if (written.ok) this.#looks.set(key, { since: new Stretch(this.clock), people });
    return written;
  }

  /** An entry without which nothing is shown and nothing leaves. */
  async append(entry: EntryDraft): Promise<Result<void, AccessFailure>> {
    try {
      const written = await this.store.exclusively(() => this.store.commit({ entries: [entry] }));
      return written.ok ? ok() : err(failure("access/not-logged", written.error.kind));
    } catch (error) {
      return err(failure("access/not-logged", error instanceof Error ? error.name : undefined));
    }
  }

  /** The one department that a list ends at; null for everybody's. */
  departmentOf(actor: Actor, operation: Operation): string | null {
    if (this.roleFor(actor.grants, operation) !== "supervisor") return null;
    return [...new Set(actor.grants.flatMap(({ department }) => department ?? []))].sort().join(", ");
  }

  #allowed(): ReadonlySet<Operation> {
    const { actor } = this;
    if (!actor) return new Set();
    const now = this.store.now().wallMs;
    return new Set(OPERATIONS.filter((operation) => may(actor.grants, operation, now)));
  }
}
