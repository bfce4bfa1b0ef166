import { may } from "../../domain/people/access.ts";
import type { Operation, UserId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Store } from "../ports/store.ts";

type Known = Pick<Store, "users" | "people" | "now">;

/** Whether the user is this employee, as far as somebody said so. */
export function isOwn({ users }: Pick<Known, "users">, userId: string, personId: PersonId): boolean {
  return users.get(userId as UserId)?.personId === personId;
}

/** Whether somebody else may do it to this employee who is not that employee either. */
export function othersMay(store: Known, userId: UserId, operation: Operation, personId: PersonId): boolean {
  const { users, people } = store;
  const { wallMs } = store.now();
  const department = people.get(personId)?.person.department;
  return [...users.values()].some((user) => user.id !== userId && user.status === "active" && user.personId !== personId && may(user.grants, operation, wallMs, department));
}

/** For the entry of what somebody did to their own record, there being nobody else: whoever audits finds it by this. */
export function ownMark(store: Pick<Known, "users">, userId: string, personId: PersonId): { readonly own?: true } {
  return isOwn(store, userId, personId) ? { own: true } : {};
}
