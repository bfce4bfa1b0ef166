import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Grant, Operation, RoleName, UserId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

/** A passphrase or code that is wrong, a name that nobody has and a used code are one answer: `session/wrong`. */
export type SignInFailure = Failure<"session/wrong" | "session/store-failed" | "session/cancelled" | "session/unsupported"> | (Failure<"session/locked"> & { readonly until: EpochMs });

export interface AdministratorSession {
  readonly userId: UserId;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly since: EpochMs;
  /** When the session ends by itself; moves with activity. */
  readonly idleEndsAt: EpochMs;
  readonly endsAt: EpochMs;
  /** Until when the second factor counts as fresh; null when it has to be given again first. */
  readonly freshUntil: EpochMs | null;
  /** What has to be done before anything else is allowed: choose a passphrase, set up a second factor. */
  readonly owed: readonly ("passphrase" | "second-factor")[];
}

export interface SignInInput {
  /** As it was entered; may be absent where there is one user alone. Compared without regard to case. */
  readonly name?: string;
  readonly passphrase: string;
  /** Six digits; absent where the user has no second factor yet. */
  readonly code?: string;
}

export interface Sessions {
  readonly current: Observable<AdministratorSession | null>;
  /** False where one user alone is there: the name need not be asked for. */
  readonly nameNeeded: Observable<boolean>;
  /** Whether somebody can sign in with a passkey here: one is there, and the browser can. */
  readonly passkeyOffered: Observable<boolean>;
  signIn(input: SignInInput): Promise<Result<AdministratorSession, SignInFailure>>;
  signInWithPasskey(name?: string): Promise<Result<AdministratorSession, SignInFailure>>;
  /** With the recovery key in place of passphrase and second factor; both are owed afterwards, and the key is used up. */
  recover(name: string, recoveryKey: string): Promise<Result<AdministratorSession, SignInFailure>>;
  /** A fresh second factor. */
  confirm(code: string): Promise<Result<void, SignInFailure>>;
  confirmWithPasskey(): Promise<Result<void, SignInFailure>>;
  signOut(): void;
  /** Called on the user's keys and pointer. */
  touched(): void;
}

/** A grant that should be looked at. */
export interface StaleGrant {
  readonly userId: UserId;
  readonly name: string;
  readonly grant: Grant;
  readonly reason: "expired" | "ends-soon" | "not-used" | "department-gone" | "user-ended";
}

export interface UserRow {
  readonly userId: UserId;
  readonly name: string;
  readonly status: "active" | "ended";
  readonly grants: readonly Grant[];
  readonly addedAt: EpochMs;
  readonly lastSignInAt: EpochMs | null;
  readonly factors: { readonly totp: boolean; readonly passkeys: number; readonly recovery: boolean };
  /** The employee that the user is, where that was said. */
  readonly personId?: PersonId;
}

export type UserFailure = AccessFailure | Failure<"user/name-taken" | "user/name-bad" | "user/no-such" | "user/last-administrator" | "user/passphrase-short" | "user/passphrase-wrong" | "user/code-wrong" | "user/grant-bad" | "user/unsupported" | "user/cancelled" | "user/store-failed">;

/** What an authenticator app takes in. */
export interface TotpOffer {
  /** `otpauth://` address, for a QR code. */
  readonly uri: string;
  /** Base32, to be typed. */
  readonly secret: string;
}

export interface Users {
  /** By name. Empty for whoever may not see it. */
  readonly list: Observable<readonly UserRow[]>;
  readonly stale: Observable<readonly StaleGrant[]>;
  /** The temporary passphrase is shown once; its owner chooses another and a second factor at the first sign-in. */
  add(name: string): Promise<Result<{ readonly userId: UserId; readonly temporaryPassphrase: string }, UserFailure>>;
  end(userId: UserId): Promise<Result<void, UserFailure>>;
  /** @param expiresAt null for no end; an auditor's is at most 90 days from now */
  grant(userId: UserId, role: RoleName, department: string | null, expiresAt: EpochMs | null): Promise<Result<void, UserFailure>>;
  revoke(userId: UserId, grant: Grant): Promise<Result<void, UserFailure>>;
  /** The user is this employee: when they leave, the user ends; when they are transferred, what was given for the department they leave. Null: is nobody on the roster. */
  link(userId: UserId, personId: PersonId | null): Promise<Result<void, UserFailure>>;
  // ---- one's own
  /** While a passphrase is owed, `before` is empty and not looked at: it was shown at the sign-in a moment ago, or is lost. */
  changePassphrase(before: string, after: string): Promise<Result<void, UserFailure>>;
  beginTotp(): Promise<Result<TotpOffer, UserFailure>>;
  confirmTotp(code: string): Promise<Result<void, UserFailure>>;
  addPasskey(label: string): Promise<Result<void, UserFailure>>;
  removePasskey(label: string): Promise<Result<void, UserFailure>>;
  readonly passkeys: Observable<readonly { readonly label: string; readonly addedAt: EpochMs }[]>;
  /** In place of any earlier one; shown once. */
  newRecoveryKey(): Promise<Result<string, UserFailure>>;
}

/** What leaves a trace: nobody looks at a person, or takes a file away, unseen. */
export interface Traces {
  /** Before a person's page is shown. */
  viewing(personId: PersonId): Promise<Result<void, AccessFailure>>;
  /**
   * Before a file leaves. Asks for a fresh second factor.
   *
   * @param what is in it: `punches`, `recognition`, ...
   * @param people those in it
   */
  exporting(what: string, people: readonly PersonId[], content: Blob): Promise<Result<void, AccessFailure>>;
}

/** What the signed-in user may do: what is not allowed is not shown. Follows every change. */
export interface Rights {
  readonly allowed: Observable<ReadonlySet<Operation>>;
}
