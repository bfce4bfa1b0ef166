import { openTransport } from "../../../src/adapters/crypto/transport-keys.ts";
import { openRecord, unwrapKey } from "../../../src/adapters/crypto/record-keys.ts";
import type { NamedKey } from "../../../src/adapters/crypto/record-keys.ts";
import type { Core } from "../../../src/adapters/storage/core.ts";
import { personPlace } from "../../../src/adapters/storage/places.ts";
import { grantPlace } from "../../../src/adapters/storage/role-ring.ts";
import { addPerson, deleteStores, SetClock, valueOf } from "../../../src/adapters/storage/testing/harness.ts";
import { addUser, confirm, setUpSite, signIn, type TestUser } from "../../../src/adapters/storage/testing/site.ts";
import { guarded } from "../../../src/app/access/guarded.ts";
import type { Administration, PunchQuery } from "../../../src/app/api/administration.ts";
import { Subject } from "../../../src/app/observable.ts";
import type { OpenedRoleKey } from "../../../src/app/ports/store.ts";
import type { EpochMs } from "../../../src/domain/clock.ts";
import { OPERATIONS, type Operation } from "../../../src/domain/people/access.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";
import { ok } from "../../../src/domain/result.ts";

const DAY_MS = 86_400_000;

type Who = "system-administrator" | "hr" | "supervisor" | "auditor" | "nobody" | "expired" | "owing" | "former";

/** What each may do, written down on its own. S system administrator, H HR, A auditor, D a supervisor in the own department, d one anywhere else. */
const EXPECTED: Readonly<Record<Operation, string>> = {
  "people.read": "HAD",
  "people.write": "H",
  "people.pin": "H",
  "people.consent": "H",
  "people.enrol": "H",
  "people.erase": "H",
  "people.hold": "H",
  "face.freeze": "SHD",
  "face.release": "SH",
  "records.read": "HAD",
  "records.export": "HD",
  "recognition.read": "H",
  "settings.change": "S",
  "device.read": "SH",
  "device.change": "S",
  "sync.change": "S",
  "users.read": "SHA",
  "users.change": "S",
  "roles.grant": "SH",
  "log.read": "SHA",
  "audit.package": "A",
  "backup.make": "S",
  "backup.restore": "S",
  "backup.drill": "S",
  "certificates.read": "HA",
  "rules.read": "SHAd",
  "rules.change": "H",
  "plans.read": "HAD",
  "plans.change": "HD",
  "attendance.read": "HAD",
  "requests.read": "HAD",
  "requests.file": "HD",
  "requests.decide": "HD",
  "requests.special": "H",
  "balances.change": "H",
  "months.close": "H",
  "notes.read": "HAD",
  "notes.write": "HD",
  "punches.attest": "HD",
  "badges.issue": "H",
  "feedback.read": "SH",
  "training.read": "SHA",
  "compliance.read": "SHA",
  "compliance.change": "S",
  "compliance.export": "SHA",
  "incidents.change": "SH",
  "face.switch": "S",
};
const LETTER: Readonly<Record<Who, string>> = { "system-administrator": "S", hr: "H", supervisor: "D", auditor: "A", nobody: "-", expired: "-", owing: "-", former: "-" };

/** Whom a thing is about: somebody of the supervisor's department, of another, or nobody in particular. */
type About = "own" | "other" | "none";

const may = (who: Who, operation: Operation, about: About): boolean => {
  const letters = EXPECTED[operation];
  if (who === "supervisor" && letters.includes("d")) return true;
  return letters.includes(LETTER[who]) && !(who === "supervisor" && about === "other");
};

interface Scene {
  readonly core: Core;
  readonly clock: SetClock;
  readonly own: PersonId;
  readonly other: PersonId;
  readonly users: Readonly<Record<Exclude<Who, "nobody">, TestUser>>;
  readonly failures: string[];
  readonly heldBefore: readonly OpenedRoleKey[];
  n: number;
}

export async function tryRoles(): Promise<{ readonly n: number; readonly failures: readonly string[] }> {
  try {
    const scene = await setScene();
    for (const who of Object.keys(LETTER) as Who[]) await tryOne(scene, who);
    await tryOwnRecord(scene);
    return { n: scene.n, failures: scene.failures };
  } finally {
    await deleteStores();
  }
}

async function setScene(): Promise<Scene> {
  const clock = new SetClock();
  const { core, keeper } = await setUpSite(clock);
  const own = (await addPerson(core, "E-1")).id;
  const other = valueOf(await core.people.add({ employeeNumber: "E-2", name: "Ben Low", department: "Logistics", employmentType: "full-time" })).id;
  for (const personId of [own, other]) valueOf(await core.ledger.punch({ personId, method: "pin" }));
  await core.ledger.attempt("no-candidate");
  const soon = (clock.wallMs + DAY_MS) as EpochMs;
  const add = (name: string, grants: Parameters<typeof addUser>[3]): Promise<TestUser> => addUser(core, clock, name, grants, keeper);
  const users = {
    "system-administrator": await add("Systems", [{ role: "system-administrator" }]),
    hr: await add("People", [{ role: "hr" }]),
    supervisor: await add("Assembly", [{ role: "supervisor", department: "Assembly" }]),
    auditor: await add("Auditor", [{ role: "auditor", expiresAt: (clock.wallMs + 30 * DAY_MS) as EpochMs }]),
    expired: await add("Expired", [{ role: "hr", expiresAt: soon }, { role: "auditor", expiresAt: soon }, { role: "supervisor", department: "Assembly", expiresAt: soon }]),
    owing: await add("Owing", [{ role: "hr" }, { role: "system-administrator" }]),
    former: await add("Former", [{ role: "hr" }]),
  };
  const { owing, former } = users;
  const withoutFactor = { ...core.store.users.get(owing.userId)!, totp: null };
  valueOf(await core.store.exclusively(() => core.store.commit({ users: [withoutFactor], entries: [] })));
  // What somebody held, kept aside as a copy of the page's memory would.
  core.sessions.signOut();
  await signIn(core, clock, former);
  const heldBefore = core.sessions.held.map((key) => ({ ...key, privateKey: new Uint8Array(key.privateKey) }));
  core.sessions.signOut();
  await signIn(core, clock, keeper);
  valueOf(await core.users.revoke(former.userId, core.store.users.get(former.userId)!.grants[0]!));
  core.sessions.signOut();
  // The time of `expired` is over, and nobody has swept yet.
  clock.pass(2 * DAY_MS);
  return { core, clock, own, other, users, failures: [], heldBefore, n: 0 };
}

async function tryOne(scene: Scene, who: Who): Promise<void> {
  const { core, clock, users } = scene;
  core.sessions.signOut();
  if (who === "owing") valueOf(await core.sessions.signIn({ name: users.owing.name, passphrase: users.owing.passphrase }));
  else if (who !== "nobody") await signIn(core, clock, users[who]);
  tryChecks(scene, who);
  await tryKeys(scene, who);
  await tryReading(scene, who);
  await tryCalls(scene, who);
  await tryStale(scene, who);
}

/** Every operation, about each of the three. */
function tryChecks(scene: Scene, who: Who): void {
  for (const operation of OPERATIONS) {
    for (const about of ["own", "other", "none"] as const) {
      const allowed = scene.core.access.check(operation, personOf(scene, about)).ok;
      // Operations that are of no person are allowed or not; a supervisor has none of them.
      expect(scene, who, `${operation} about ${about}`, allowed, may(who, operation, about));
    }
    expect(scene, who, `${operation} shown`, scene.core.access.allowed.value.has(operation), may(who, operation, "none"));
  }
}

/** What the keys of this session open of what lies in the database: all rows are tried with all of them. */
async function tryKeys(scene: Scene, who: Who): Promise<void> {
  const { core, own, other, heldBefore } = scene;
  const held = who === "former" ? [...heldBefore, ...core.sessions.held] : core.sessions.held;
  const opened = await openedBy(core, held);
  const wanted: Readonly<Record<Who, readonly PersonId[]>> = { "system-administrator": [], hr: [own, other], supervisor: [own], auditor: [own, other], nobody: [], expired: [], owing: [], former: [] };
  for (const id of [own, other]) {
    expect(scene, who, "record key", opened.has(id), wanted[who].includes(id));
    expect(scene, who, "reach", core.access.reaches(id), wanted[who].includes(id));
    const row = await core.database.people.get(id);
    for (const key of opened.values()) {
      const read = row ? await openRecord(core.store.tenant, key, personPlace(id), row.envelope) : null;
      expect(scene, who, "row of the roster", read?.ok === true, wanted[who].includes(id) && key.id === id);
      // The same key under the other's name: the tag tells.
      const renamed = row ? await openRecord(core.store.tenant, { ...key, id }, personPlace(id), row.envelope) : null;
      expect(scene, who, "row of the roster, key renamed", renamed?.ok === true, wanted[who].includes(id) && key.id === id);
    }
  }
}

async function openedBy(core: Core, held: readonly OpenedRoleKey[]): Promise<ReadonlyMap<string, NamedKey>> {
  const { vault } = core.store.keys;
  const opened = new Map<string, NamedKey>();
  const grants = await vault.grants.toArray();
  for (const row of await vault.transports.toArray()) {
    for (const { privateKey } of held) {
      const transport = await openTransport({ tenant: core.store.tenant, id: row.id, role: row.role, version: row.version }, privateKey, row, row.epoch);
      if (!transport) continue;
      for (const grant of grants) {
        const key = await unwrapKey(core.store.tenant, transport, grantPlace(grant.role, grant.person), grant.envelope);
        if (key.ok) opened.set(grant.person, { id: grant.person, epoch: grant.born, key: key.value });
      }
    }
  }
  return opened;
}

/** Lists end where the role does. */
async function tryReading(scene: Scene, who: Who): Promise<void> {
  const { core, own, other } = scene;
  const { administration } = guardedOf(scene);
  const before = core.store.length;
  const shown = administration.people.rows;
  // Somebody follows the list; it is empty until the entry that says who looks is written.
  shown.subscribe(() => undefined);
  await core.store.exclusively(() => Promise.resolve());
  await core.store.exclusively(() => Promise.resolve());
  const rows = new Set(shown.value.map(({ person }) => person.id));
  const punches = async (query: PunchQuery): Promise<ReadonlySet<PersonId>> => new Set((await administration.records.punches(query)).map(({ personId }) => personId));
  const all = await punches({});
  for (const [id, about] of [[own, "own"], [other, "other"]] as const) {
    expect(scene, who, `row of ${about}`, rows.has(id), may(who, "people.read", about));
    expect(scene, who, `punches, ${about} among all`, all.has(id), may(who, "records.read", about));
    expect(scene, who, `punches of ${about}`, (await punches({ personId: id })).size > 0, may(who, "records.read", about));
  }
  expect(scene, who, "attempts", (await administration.records.attempts({})).length > 0, who === "hr" || who === "auditor");
  expect(scene, who, "users", core.users.list.value.length > 0, may(who, "users.read", "none"));
  // Whoever saw something has left an entry, and nobody else.
  const saw = rows.size > 0 || all.size > 0;
  expect(scene, who, "left an entry", (await core.store.latest(core.store.length - before)).some(({ header }) => header.type === "viewed" || header.type === "viewed-list"), saw);
}

/** Each call of administration, and whether it reached what does it. */
async function tryCalls(scene: Scene, who: Who): Promise<void> {
  const { core, own, other, users, clock } = scene;
  const { administration, reached } = guardedOf(scene);
  const call = async (name: string, expected: boolean, work: () => Promise<unknown>): Promise<void> => {
    reached.clear();
    await work();
    expect(scene, who, name, reached.size > 0, expected);
  };
  const { people, enrolment, device, sync, setup, recognition } = administration;
  const input = { employeeNumber: "E-9", name: "Cleo", department: "Assembly", employmentType: "full-time" } as const;
  await call("people.add", may(who, "people.write", "none"), () => people.add(input));
  await call("people.preview", may(who, "people.write", "none"), () => people.preview(new Blob(["x"])));
  await call("people.importRoster", may(who, "people.write", "none"), () => people.importRoster({ rows: [], newPeople: 0, unchanged: 0, changed: 0, errors: [], encoding: "" }, () => undefined, new AbortController().signal));
  for (const [id, about] of [[own, "own"], [other, "other"]] as const) {
    await call(`people.update ${about}`, may(who, "people.write", about), () => people.update(id, input));
    await call(`people.leave ${about}`, may(who, "people.write", about), () => people.leave(id));
    await call(`people.issuePin ${about}`, may(who, "people.pin", about), () => people.issuePin(id));
    await call(`people.giveConsent ${about}`, may(who, "people.consent", about), () => people.giveConsent(id, "1", "en"));
    await call(`people.withdrawConsent ${about}`, may(who, "people.consent", about), () => people.withdrawConsent(id));
    await call(`enrolment ${about}`, may(who, "people.enrol", about), () => enrolment.start(id));
    await call(`enrolment.store ${about}`, may(who, "people.enrol", about), async () => {
      reached.clear();
      await enrolment.store();
      reached.delete("cancel");
    });
    const exporting = await administration.traces.exporting("punches", [id], new Blob(["x"]));
    expect(scene, who, `export ${about}`, exporting.ok, may(who, "records.export", about));
    expect(scene, who, `page ${about}`, (await administration.traces.viewing(id)).ok, may(who, "people.read", about));
  }
  expect(scene, who, "export of both", (await administration.traces.exporting("punches", [own, other], new Blob(["x"]))).ok, who === "hr");
  await call("recognition.report", may(who, "recognition.read", "none"), () => recognition.report("2026-03-01"));
  await call("device.report", may(who, "device.read", "none"), () => device.report());
  await call("device.cameras", may(who, "device.read", "none"), () => device.cameras());
  await call("device.check", may(who, "device.read", "none"), () => device.check.open());
  await call("device.persist", may(who, "device.change", "none"), () => device.persist());
  await call("device.chooseCamera", may(who, "device.change", "none"), () => device.chooseCamera("x"));
  await call("device.confirmCamera", may(who, "device.change", "none"), () => device.confirmCamera());
  await call("sync.pair", may(who, "sync.change", "none"), () => sync.pair("x"));
  await call("sync.unpair", may(who, "sync.change", "none"), () => sync.unpair());
  await call("sync.pushNow", may(who, "device.read", "none"), () => sync.pushNow());
  await call("setup.change", may(who, "settings.change", "none"), () => setup.change({ helpContact: "x" }));

  // On the real users: what a role cannot do, it cannot do to itself either.
  const { userId } = users.expired;
  const soon = (clock.wallMs + 60_000) as EpochMs;
  const grants = [
    ["system-administrator", null, who === "system-administrator"],
    ["hr", null, who === "hr"],
    ["auditor", null, who === "hr"],
    ["supervisor", "Logistics", who === "hr"],
  ] as const;
  for (const [role, department, expected] of grants) {
    for (const target of [userId, who === "nobody" ? userId : users[who].userId]) {
      if (target !== userId && (expected || who === "owing")) continue;
      const given = await core.users.grant(target, role, department, soon);
      expect(scene, who, `grant of ${role}`, given.ok, expected);
      const [made] = core.store.users.get(target)?.grants.filter((grant) => grant.role === role && grant.expiresAt === soon) ?? [];
      if (given.ok && made) expect(scene, who, `revoke of ${role}`, (await core.users.revoke(target, made)).ok, true);
    }
  }
  const held = core.store.users.get(users.hr.userId)?.grants[0];
  if (held && who !== "hr") expect(scene, who, "revoke of HR's", (await core.users.revoke(users.hr.userId, held)).ok, false);
  const added = await core.users.add(`Made by ${who}`);
  expect(scene, who, "users.add", added.ok, may(who, "users.change", "none"));
  if (added.ok) expect(scene, who, "users.end", (await core.users.end(added.value.userId)).ok, true);
  else expect(scene, who, "users.end", (await core.users.end(users.expired.userId)).ok, false);
  expect(scene, who, "users.link", (await core.users.link(userId, own)).ok, may(who, "people.write", "own"));
}

/** Of HR, who is linked to somebody: others of HR are there, and do to them what nobody does to themselves. */
async function tryOwnRecord(scene: Scene): Promise<void> {
  const { core, clock, users, own, other } = scene;
  core.sessions.signOut();
  await signIn(core, clock, users.hr);
  expect(scene, "hr", "link to oneself", (await core.users.link(users.hr.userId, own)).ok, true);
  const forOthers = new Set<Operation>(["people.pin", "plans.change", "balances.change", "months.close", "notes.write"]);
  for (const operation of OPERATIONS) {
    for (const id of [own, other]) {
      const checked = core.access.check(operation, id);
      const allowed = may("hr", operation, "own");
      expect(scene, "hr", `${operation} ${id === own ? "on oneself" : "on somebody else"}`, checked.ok ? "" : checked.error.kind, !allowed ? "access/not-allowed" : id === own && forOthers.has(operation) ? "access/own-record" : "");
    }
  }
  expect(scene, "hr", "link to somebody else", (await core.users.link(users.hr.userId, other)).ok, false);
  core.sessions.signOut();
}

/** Five minutes later, what asks for a second factor asks again. */
async function tryStale(scene: Scene, who: Who): Promise<void> {
  const { core, clock, users } = scene;
  if (who === "nobody" || who === "owing") return;
  clock.pass(4 * 60_000);
  core.sessions.touched();
  clock.pass(61_000);
  const fresh = new Set<Operation>(["people.erase", "face.release", "records.export", "roles.grant", "users.change", "audit.package", "backup.make", "backup.restore", "rules.change", "months.close", "compliance.export", "face.switch"]);
  for (const operation of OPERATIONS) {
    const checked = core.access.check(operation, scene.own);
    const wanted = !may(who, operation, "own") ? "access/not-allowed" : fresh.has(operation) ? "access/confirm-needed" : "";
    expect(scene, who, `${operation} later`, checked.ok ? "" : checked.error.kind, wanted);
  }
  await confirm(core, clock, users[who]);
  for (const operation of fresh) expect(scene, who, `${operation} confirmed`, core.access.check(operation, scene.own).ok, may(who, operation, "own"));
}

function personOf({ own, other }: Scene, about: About): PersonId | undefined {
  return about === "own" ? own : about === "other" ? other : undefined;
}

function expect(scene: Scene, who: Who, what: string, found: unknown, wanted: unknown): void {
  scene.n++;
  if (found !== wanted) scene.failures.push(`${who}, ${what}: ${String(found)}, expected ${String(wanted)}`);
}

/** Administration over what only notes that it was reached; people's rows, records and users are the real ones. */
function guardedOf({ core }: Scene): { readonly administration: Pick<Administration, "people" | "records" | "enrolment" | "device" | "sync" | "setup" | "recognition" | "traces">; readonly reached: Set<string> } {
  const reached = new Set<string>();
  const note = <T>(name: string, value: T): (() => Promise<T>) => () => {
    reached.add(name);
    return Promise.resolve(value);
  };
  const done = ok();
  const nothing = (): void => undefined;
  const spies = {
    people: {
      rows: core.people.rows,
      ...Object.fromEntries(["add", "update", "leave", "preview", "importRoster", "issuePin", "giveConsent", "withdrawConsent"].map((name) => [name, note(name, done)])),
    },
    enrolment: { state: new Subject({ kind: "closed" }), preview: new Subject(null), start: note("start", done), store: note("store", done), again: nothing, cancel: () => void reached.add("cancel") },
    device: {
      check: { preview: new Subject(null), view: new Subject(null), open: note("open", done), close: nothing },
      ...Object.fromEntries(["camera", "cameraAlarm", "recogniser"].map((name) => [name, new Subject(null)])),
      ...Object.fromEntries(["report", "persist", "cameras", "chooseCamera", "confirmCamera"].map((name) => [name, note(name, null)])),
    },
    sync: { status: new Subject(null), pair: note("pair", done), unpair: note("unpair", undefined), pushNow: note("pushNow", undefined) },
    setup: { settings: core.setup.settings, offerTotp: nothing, run: note("run", done), change: note("change", done) },
    recognition: { lookAlikes: new Subject([]), renewals: new Subject([]), report: note("report", ok({ people: 2 })) },
    records: core.records,
  } as unknown as Pick<Administration, "people" | "records" | "enrolment" | "device" | "sync" | "setup" | "recognition">;
  return { administration: guarded({ access: core.access, store: core.store, session: core.sessions.current }, spies), reached };
}
