import type { Core } from "../core.ts";
import { freshPrefix, openCore, PASSPHRASE, SETUP, valueOf } from "./harness.ts";
import type { SetClock } from "./harness.ts";
import type { RoleName, UserId } from "../../../domain/people/access.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { TOTP_STEP_MS, totpCode, totpSecret, totpStep } from "../../../domain/people/totp.ts";

/** What an authenticator app does with a secret. */
export function codeFor(secret: string, atMs: number): string {
  const bytes = totpSecret(secret);
  if (!bytes) throw new Error("no secret");
  return totpCode(bytes, totpStep(atMs as EpochMs));
}

/** A user with passphrase and authenticator app. */
export interface TestUser {
  readonly userId: UserId;
  readonly name: string;
  readonly passphrase: string;
  readonly secret: string;
}

export interface TestSite {
  readonly core: Core;
  readonly prefix: string;
  readonly keeper: TestUser;
  readonly recoveryKey: string;
}

/** A site whose administrator has a second factor and is signed in. */
export async function setUpSite(clock: SetClock): Promise<TestSite> {
  const prefix = freshPrefix();
  const core = await openCore(prefix, clock);
  const { secret } = core.setup.offerTotp("Harbour Works", "Keeper");
  const { recoveryKey } = valueOf(await core.setup.run({ ...SETUP, totp: { secret, code: codeFor(secret, clock.wallMs) } }));
  const userId = core.sessions.current.value?.userId;
  if (userId === undefined) throw new Error("nobody is signed in");
  return { core, prefix, recoveryKey, keeper: { userId, name: SETUP.administratorName, passphrase: PASSPHRASE, secret } };
}

/** Lets a step pass, so that there is a code that was not used. */
export async function signIn(core: Core, clock: SetClock, { name, passphrase, secret }: TestUser): Promise<void> {
  clock.pass(TOTP_STEP_MS);
  valueOf(await core.sessions.signIn({ name, passphrase, code: codeFor(secret, clock.wallMs) }));
}

/** The second factor, given again. */
export async function confirm(core: Core, clock: SetClock, { secret }: TestUser): Promise<void> {
  clock.pass(TOTP_STEP_MS);
  valueOf(await core.sessions.confirm(codeFor(secret, clock.wallMs)));
}

/** Made and given roles by whoever is signed in; then signs in, chooses a passphrase and a second factor, and signs out. */
export async function addUser(core: Core, clock: SetClock, name: string, grants: readonly { readonly role: RoleName; readonly department?: string; readonly expiresAt?: EpochMs }[], by: TestUser): Promise<TestUser> {
  const { userId, temporaryPassphrase } = valueOf(await core.users.add(name));
  for (const { role, department, expiresAt } of grants) valueOf(await core.users.grant(userId, role, department ?? null, expiresAt ?? null));
  core.sessions.signOut();
  valueOf(await core.sessions.signIn({ name, passphrase: temporaryPassphrase }));
  const passphrase = `the own words of ${name}`;
  valueOf(await core.users.changePassphrase("", passphrase));
  const { secret } = valueOf(await core.users.beginTotp());
  clock.pass(TOTP_STEP_MS);
  valueOf(await core.users.confirmTotp(codeFor(secret, clock.wallMs)));
  core.sessions.signOut();
  await signIn(core, clock, by);
  return { userId, name, passphrase, secret };
}
