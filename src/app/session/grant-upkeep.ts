import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Grant, UserId } from "../../domain/people/access.ts";
import { dueChanges } from "../../domain/people/upkeep.ts";
import type { EndReason } from "../../domain/people/upkeep.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import type { OpenedRoleKey, Store } from "../ports/store.ts";
import type { RoleKeys } from "../ports/user-keys.ts";
import { roleVersions } from "./role-versions.ts";
import type { AdministratorSessions } from "./sessions.ts";

/** How often grants are looked at, milliseconds. */
const LOOK_EVERY_MS = 60_000;
/** Who ended a grant whose time was over. */
const BY_TABLET = "device";

export interface UpkeepDependencies {
  readonly store: Store;
  readonly roleKeys: RoleKeys;
  readonly sessions: Pick<AdministratorSessions, "held" | "current">;
}

/** Ends what time, leaving or a transfer ended, whether anybody is signed in or not. */
export class GrantUpkeep {
  #timer: ReturnType<typeof setInterval> | undefined;
  #stops: readonly (() => void)[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly dependencies: UpkeepDependencies) {}

  start(): void {
    const { store, sessions } = this.dependencies;
    const look = (): void => void this.sweep();
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    this.#stops = [
      store.subscribe((change) => {
        if (change.all || change.people.length > 0) look();
      }),
      sessions.current.subscribe(look),
    ];
    look();
  }

  close(): void {
    clearInterval(this.#timer);
    for (const stop of this.#stops) stop();
  }

  /** Whatever goes wrong, the next look tries again. */
  sweep(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#sweep()).catch(() => undefined);
    return this.#turn;
  }

  async #sweep(): Promise<void> {
    const { store, roleKeys, sessions } = this.dependencies;
    const now = store.now().wallMs;
    const waiting = (): readonly RoleRecord[] => [...store.roles.values()].filter(({ id, unchained = [] }) => unchained.length > 0 && sessions.held.some((key) => key.id === id));
    if (dueChanges(store.users, store.people, now).length === 0 && waiting().length === 0) return;
    await store.exclusively(async () => {
      const due = dueChanges(store.users, store.people, now);
      const entries = due.flatMap(({ user, ended, userEnded }) => [
        ...ended.map(({ grant, reason }) => roleEnded(user.id, grant, reason, BY_TABLET)),
        ...(userEnded ? [{ type: "user-ended", subject: null, body: { user: user.id, by: BY_TABLET } } satisfies EntryDraft] : []),
      ]);
      const roles = await rolesAfter(store, roleKeys, due.map(({ user }) => user), sessions.held, now);
      for (const record of waiting()) {
        const chained = roles.some(({ id }) => id === record.id) ? null : await roleKeys.chained(record, sessions.held);
        if (chained) roles.push(chained);
      }
      if (due.length > 0 || roles.length > 0) await store.commit({ users: due.map(({ user }) => user), roles, entries });
    });
  }
}

/** The role keys that follow when these users are as they will be. */
export async function rolesAfter(store: Store, roleKeys: RoleKeys, changed: readonly UserRecord[], held: readonly OpenedRoleKey[], now: EpochMs): Promise<RoleRecord[]> {
  if (changed.length === 0) return [];
  const users = new Map<UserId, UserRecord>([...store.users, ...changed.map((user) => [user.id, user] as const)]);
  return [...(await roleVersions(roleKeys, store.roles, users.values(), held, now))];
}

export function roleEnded(user: UserId, { role, department }: Grant, reason: EndReason, by: string): EntryDraft {
  return { type: "role-ended", subject: null, body: { user, role, ...(department === undefined ? {} : { department }), reason, by } };
}
