import { msg, str } from "@lit/localize";

import type { SignInFailure, StaleGrant, UserFailure } from "../../../app/api/access.ts";
import type { AccessFailure } from "../../../app/ports/access.ts";
import type { RoleName } from "../../../domain/people/access.ts";

/** The words for users, roles and signing in. One function for each family, so that a new kind without words is a type error. */

export function roleWord(role: RoleName): string {
  switch (role) {
    case "system-administrator":
      return msg("System administrator", { id: "admin.role.system-administrator" });
    case "hr":
      return msg("HR", { id: "admin.role.hr" });
    case "supervisor":
      return msg("Department supervisor", { id: "admin.role.supervisor" });
    case "auditor":
      return msg("Auditor", { id: "admin.role.auditor" });
  }
}

/** A role with its department, short. */
export function grantWord({ role, department }: { readonly role: RoleName; readonly department?: string }): string {
  return role === "supervisor" ? msg(str`Supervisor of ${department ?? ""}`, { id: "admin.role.supervisor.of" }) : roleWord(role);
}

/** @param day the last one, in words */
export function untilWord(day: string): string {
  return msg(str`until ${day}`, { id: "admin.users.until" });
}

/** What a role may read and do, and what it cannot. */
export function roleMeaning(role: RoleName): string {
  switch (role) {
    case "system-administrator":
      return msg("Looks after tablet, settings, users and backups. Cannot open anybody's records.", { id: "admin.role.system-administrator.may" });
    case "hr":
      return msg("Reads and changes everybody's records, enrols people and gives roles. Cannot change the tablet's settings or restore a backup.", { id: "admin.role.hr.may" });
    case "supervisor":
      return msg("Reads the people and punches of one department, and may freeze a face there. Cannot change anything else, and sees no other department.", { id: "admin.role.supervisor.may" });
    case "auditor":
      return msg("Reads records and the log, and takes the audit package away. Cannot change anything, and the role ends by itself.", { id: "admin.role.auditor.may" });
  }
}

export function staleWord({ reason }: Pick<StaleGrant, "reason">): string {
  switch (reason) {
    case "expired":
      return msg("has run out", { id: "admin.stale.expired" });
    case "ends-soon":
      return msg("ends soon", { id: "admin.stale.ends-soon" });
    case "not-used":
      return msg("has not been used for a long time", { id: "admin.stale.not-used" });
    case "department-gone":
      return msg("the department has nobody any more", { id: "admin.stale.department-gone" });
    case "user-ended":
      return msg("the user has ended", { id: "admin.stale.user-ended" });
  }
}

/** What is wrong and what to do. */
export function accessWord(kind: AccessFailure["kind"]): string {
  switch (kind) {
    case "access/not-signed-in":
      return msg("You are no longer signed in. Sign in and do it again.", { id: "admin.access.not-signed-in" });
    case "access/not-allowed":
      return msg("Your role does not allow this. Ask whoever gives roles here.", { id: "admin.access.not-allowed" });
    case "access/own-record":
      return msg("This is your own record. Somebody else with your role has to do this.", { id: "admin.access.own-record" });
    case "access/confirm-needed":
      return msg("Nothing was done: the second factor was not given.", { id: "admin.access.confirm-needed" });
    case "access/not-logged":
      return msg("Nothing was done: the log could not be written, and nobody looks unseen. Try again.", { id: "admin.access.not-logged" });
  }
}

const ACCESS: readonly string[] = ["access/not-signed-in", "access/not-allowed", "access/own-record", "access/confirm-needed", "access/not-logged"] satisfies readonly AccessFailure["kind"][];

export function isAccessFailure(kind: string): kind is AccessFailure["kind"] {
  return ACCESS.includes(kind);
}

export function userFailureWord(kind: UserFailure["kind"]): string {
  switch (kind) {
    case "user/name-taken":
      return msg("Somebody else has this name already. Add a second name or a department.", { id: "admin.user.name-taken" });
    case "user/name-bad":
      return msg("Enter a name of up to 60 characters.", { id: "admin.user.name-bad" });
    case "user/no-such":
      return msg("This user is no longer in the list.", { id: "admin.user.no-such" });
    case "user/last-administrator":
      return msg("This is the last system administrator. Give the role to somebody else first.", { id: "admin.user.last-administrator" });
    case "user/passphrase-short":
      return msg("At least 15 characters. Four or five words are easy to keep.", { id: "admin.setup.error.short" });
    case "user/passphrase-wrong":
      return msg("This is not the present passphrase.", { id: "admin.user.passphrase-wrong" });
    case "user/code-wrong":
      return codeWrong();
    case "user/grant-bad":
      return msg("This role cannot be given like that. Look at the department and the end date.", { id: "admin.user.grant-bad" });
    case "user/unsupported":
      return msg("This browser or device has no passkeys that can be used here. Use the code of an authenticator app.", { id: "admin.user.unsupported" });
    case "user/cancelled":
      return msg("The passkey was not used. Try again when you are ready.", { id: "admin.user.cancelled" });
    case "user/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

/** Most wrong codes come of a phone's clock. */
export function codeWrong(): string {
  return msg("This code is not right, or it was used already. Wait for the next one; if that fails too, set the phone's clock to automatic time.", { id: "admin.code.wrong" });
}

/** @param wrong what is said of a wrong entry: it depends on what was asked for */
export function signInFailureWord(failure: SignInFailure, wrong: string, secondsLeft: number): string | undefined {
  switch (failure.kind) {
    case "session/wrong":
      return wrong;
    case "session/store-failed":
      return msg("The tablet could not check it. Try again.", { id: "admin.sign-in.store" });
    case "session/cancelled":
      return msg("The passkey was not used. Try again when you are ready.", { id: "admin.user.cancelled" });
    case "session/unsupported":
      return msg("This browser or device has no passkeys that can be used here. Use the code of an authenticator app.", { id: "admin.user.unsupported" });
    case "session/locked":
      return secondsLeft === 0 ? undefined : msg(str`Too many attempts. Try again in ${clock(secondsLeft)}.`, { id: "admin.sign-in.locked" });
  }
}

/** `m:ss` */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
