/**
 * Runs on a page of the app's own origin, before the app is opened there: the tablet lives through a month in seconds,
 * by its own code and on a clock that is moved on. What lies in the stores afterwards is what the month would have left.
 */
import { Temporal } from "temporal-polyfill";

import { WorkerDayComputer } from "../../../src/adapters/attendance/day-computer.ts";
import { createCore, type Core } from "../../../src/adapters/storage/core.ts";
import { createAttendance } from "../../../src/app/attendance/create-attendance.ts";
import type { RuleBook } from "../../../src/domain/attendance/rules/types.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../src/domain/clock.ts";
import { TOTP_STEP_MS, totpCode, totpSecret, totpStep } from "../../../src/domain/people/totp.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";
import type { Result } from "../../../src/domain/result.ts";
import { ADMINISTRATOR, SITE } from "../names.ts";
import type { Seeded, SeedMonth, SeedPage, SeedUser } from "./types.ts";

class MovedClock implements Clock {
  wallMs = 0;
  monoMs = 1000;

  wall(): EpochMs {
    return this.wallMs as EpochMs;
  }

  monotonic(): MonotonicMs {
    return this.monoMs as MonotonicMs;
  }

  /** Both clocks go on together: nothing about the time is in doubt. */
  to(wallMs: number): void {
    const passed = Math.max(0, wallMs - this.wallMs);
    this.wallMs += passed;
    this.monoMs += passed;
  }
}

const clock = new MovedClock();

function valueOf<T>(result: Result<T, { readonly kind: string; readonly detail?: string }>): T {
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail ?? ""}`);
  return result.value;
}

function code(secret: string): string {
  const bytes = totpSecret(secret);
  if (!bytes) throw new Error("no secret");
  clock.to(clock.wallMs + TOTP_STEP_MS);
  return totpCode(bytes, totpStep(clock.wall()));
}

async function addUser(core: Core, { name, role, department }: SeedUser, keeper: { readonly passphrase: string; readonly secret: string }): Promise<Seeded["users"][number]> {
  const { userId, temporaryPassphrase } = valueOf(await core.users.add(name));
  valueOf(await core.users.grant(userId, role, department ?? null, null));
  core.sessions.signOut();
  valueOf(await core.sessions.signIn({ name, passphrase: temporaryPassphrase }));
  const passphrase = `eleven copper herons of ${name}`;
  valueOf(await core.users.changePassphrase("", passphrase));
  const { secret } = valueOf(await core.users.beginTotp());
  valueOf(await core.users.confirmTotp(code(secret)));
  core.sessions.signOut();
  valueOf(await core.sessions.signIn({ name: ADMINISTRATOR.name, passphrase: keeper.passphrase, code: code(keeper.secret) }));
  return { name, passphrase, secret };
}

async function seed(month: SeedMonth): Promise<Seeded> {
  const at = (local: string): number => Temporal.PlainDateTime.from(local).toZonedDateTime(month.zone).epochMilliseconds;
  clock.wallMs = at(month.begins);
  const core = valueOf(await createCore({ clock, version: "seed", forgetFace: () => Promise.resolve() }));
  const { secret } = core.setup.offerTotp("Example Works", ADMINISTRATOR.name);
  valueOf(
    await core.setup.run({
      organisation: "Example Works",
      siteName: SITE,
      zone: month.zone,
      locale: "en",
      lawRegion: "other",
      administratorName: ADMINISTRATOR.name,
      passphrase: ADMINISTRATOR.passphrase,
      kioskPin: ADMINISTRATOR.kioskPin,
      profile: "accurate",
      helpContact: "Reception, 8001",
      totp: { secret, code: code(secret) },
    }),
  );
  const keeper = { name: ADMINISTRATOR.name, passphrase: ADMINISTRATOR.passphrase, secret };
  const users = [keeper];
  for (const user of month.users) users.push(await addUser(core, user, keeper));
  const ids: Record<string, PersonId> = {};
  const pins: Record<string, string> = {};
  for (const { number, name, department, employmentType } of month.people) {
    const person = valueOf(await core.people.add({ employeeNumber: number, name, department, employmentType }));
    ids[number] = person.id;
    pins[number] = valueOf(await core.people.issuePin(person.id));
  }
  await keepRules(core, month, ids);
  core.sessions.signOut();
  await live(core, month, ids, at);
  core.close();
  return { pins, ids, users, punches: month.punches.length };
}

/** Rules and plans as the app's own screens would have left them. */
async function keepRules(core: Core, { rules, rulesFrom, people }: SeedMonth, ids: Readonly<Record<string, PersonId>>): Promise<void> {
  const book: RuleBook = { siteId: core.store.settings?.siteId ?? "", versions: [{ version: 1, from: rulesFrom, rules, by: "set-up", at: clock.wallMs, note: "" }] };
  const plans = people.flatMap(({ number, plan }) => {
    const personId = ids[number];
    return plan && personId ? [{ id: `plan:${personId}`, kind: "plan" as const, subject: personId, untilUtcDay: null, value: { ...plan, personId } }] : [];
  });
  valueOf(
    await core.store.exclusively(() =>
      core.store.commit({
        entries: [{ type: "rules", subject: null, body: { by: "set-up", version: 1, from: rulesFrom, changed: [], note: "", contentHash: "" } }],
        papers: [{ id: "rules", kind: "rules", subject: null, untilUtcDay: null, value: book }, ...plans],
      }),
    ),
  );
}

async function live(core: Core, { punches, outages }: SeedMonth, ids: Readonly<Record<string, PersonId>>, at: (local: string) => number): Promise<void> {
  const happenings = [
    ...punches.map((punch) => ({ atMs: at(punch.at), run: async () => {
      const personId = ids[punch.number];
      if (personId === undefined) throw new Error(`nobody has the number ${punch.number}`);
      valueOf(await core.ledger.punch({ personId, method: punch.method ?? "face", ...(punch.direction === undefined ? {} : { direction: punch.direction }) }));
    } })),
    ...outages.flatMap(({ from, to, reason }) => [
      { atMs: at(from), run: async () => { valueOf(await core.ledger.outage("start", reason)); } },
      { atMs: at(to), run: async () => { valueOf(await core.ledger.outage("end", reason)); } },
    ]),
  ].sort((a, b) => a.atMs - b.atMs);
  for (const { atMs, run } of happenings) {
    clock.to(atMs);
    await run();
  }
}

async function confirmMonths({ month, people }: Parameters<SeedPage["confirmMonths"]>[0]): Promise<void> {
  const now: Clock = { wall: () => Date.now() as EpochMs, monotonic: () => performance.now() as MonotonicMs };
  const core = valueOf(await createCore({ clock: now, version: "seed", forgetFace: () => Promise.resolve() }));
  const { own, rules } = createAttendance({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    history: { entries: () => Promise.resolve([]) },
    computer: new WorkerDayComputer(),
    holidays: () => Promise.resolve(null),
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    newId: () => crypto.randomUUID(),
    ledger: core.ledger,
    readBadges: () => () => undefined,
    randomBytes: (bytes) => crypto.getRandomValues(bytes),
  });
  await rules.load();
  for (const id of people) {
    const attendance = own.open(id as PersonId);
    valueOf(await attendance.month(month));
    valueOf(await attendance.confirm(month));
    attendance.close();
  }
  core.close();
}

Object.assign(globalThis, { seed, confirmMonths } satisfies SeedPage);
