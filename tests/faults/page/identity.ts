/** What the tests of sign-in and roles do in the page: on a real store, with a clock that the test sets. */
import { createCore, type Core } from "../../../src/adapters/storage/core.ts";
import { QUICK_SECRETS, SETUP, SMALL_JOURNAL } from "../../../src/adapters/storage/testing/harness.ts";
import { codeFor } from "../../../src/adapters/storage/testing/site.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../src/domain/clock.ts";
import { tryRoles } from "./roles.ts";

export interface ClockReading {
  readonly wallMs: number;
  readonly monoMs: number;
}

/** What came of one guess. `looked`: the PIN or code was compared. */
export interface Guessed {
  readonly kind: string;
  readonly until: number | null;
}

export interface CountSeen {
  readonly scope: string;
  readonly count: number;
}

export interface IdentityOnPage {
  /** Opens the site under this prefix; sets it up with a second factor and two people when it is new: `pin` is the second one's. */
  open(prefix: string, clock: ClockReading): Promise<{ readonly secret: string | null; readonly pin: string | null }>;
  set(clock: ClockReading): void;
  /** @param number an employee number, whether anybody has it or not */
  guessPin(pin: string, number: string): Promise<Guessed>;
  /** Passphrase and code; the session is closed again at once. */
  signIn(code: string): Promise<Guessed>;
  codeAt(secret: string, wallMs: number): string;
  /** Every count that is kept: `device`, `administrator`, and those of numbers and names by their keyed hash. */
  counts(): Promise<readonly CountSeen[]>;
  /** The step of the last code that was used. */
  lastStep(): Promise<number>;
  roles(): Promise<{ readonly n: number; readonly failures: readonly string[] }>;
}

const EMPLOYEE = "E-1";
const COLLEAGUE = "E-2";

class SetClock implements Clock {
  reading: ClockReading = { wallMs: 0, monoMs: 0 };

  wall(): EpochMs {
    return this.reading.wallMs as EpochMs;
  }

  monotonic(): MonotonicMs {
    return this.reading.monoMs as MonotonicMs;
  }
}

const clock = new SetClock();
let core: Core | null = null;

function opened(): Core {
  if (!core) throw new Error("not open");
  return core;
}

const identity: IdentityOnPage = {
  async open(prefix, reading) {
    clock.reading = reading;
    const made = await createCore({ clock, version: "faults", forgetFace: () => Promise.resolve(), prefix, secretsWorker: QUICK_SECRETS, journal: SMALL_JOURNAL });
    if (!made.ok) throw new Error(made.error.kind + (made.error.detail ?? ""));
    core = made.value;
    if (core.store.settings) return { secret: null, pin: null };
    const { secret } = core.setup.offerTotp("Harbour Works", "Keeper");
    const done = await core.setup.run({ ...SETUP, totp: { secret, code: codeFor(secret, reading.wallMs) } });
    if (!done.ok) throw new Error(done.error.kind);
    const pins: string[] = [];
    for (const [employeeNumber, name] of [[EMPLOYEE, "Ada Miller"], [COLLEAGUE, "Bo Lindqvist"]] as const) {
      const added = await core.people.add({ employeeNumber, name, department: "Assembly", employmentType: "full-time" });
      if (!added.ok) throw new Error(added.error.kind);
      const pin = await core.people.issuePin(added.value.id);
      if (!pin.ok) throw new Error(pin.error.kind);
      pins.push(pin.value);
    }
    core.sessions.signOut();
    return { secret, pin: pins[1] ?? null };
  },

  set(reading) {
    clock.reading = reading;
  },

  async guessPin(pin, number) {
    const outcome = await opened().ledger.verifyPin(number, pin);
    return outcome.ok ? { kind: "right", until: null } : { kind: outcome.error.kind, until: "until" in outcome.error ? outcome.error.until : null };
  },

  async signIn(code) {
    const outcome = await opened().sessions.signIn({ passphrase: SETUP.passphrase, code });
    opened().sessions.signOut();
    return outcome.ok ? { kind: "right", until: null } : { kind: outcome.error.kind, until: "until" in outcome.error ? outcome.error.until : null };
  },

  codeAt: codeFor,

  async counts() {
    return (await opened().database.lockouts.toArray()).map(({ scope, failures }) => ({ scope, count: failures.count }));
  },

  async lastStep() {
    // With what the other tabs have written.
    await opened().store.exclusively(() => Promise.resolve());
    return [...opened().store.users.values()][0]?.totp?.lastStep ?? -1;
  },

  roles: tryRoles,
};

Object.assign(globalThis, { identity });
