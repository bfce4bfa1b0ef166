import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { openSegment, sealSegment } from "../../adapters/crypto/segments.ts";
import { canonicalBytes, commitToBody } from "../../adapters/crypto/digest.ts";
import { HEADER_VERSION } from "../../domain/attendance/entries.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Operation, RoleKeyId } from "../../domain/people/access.ts";
import type { PersonInput } from "../api/administration.ts";
import { addUser, confirm, setUpSite, signIn } from "../../adapters/storage/testing/site.ts";

afterEach(deleteStores);

const DAY_MS = 86_400_000;

async function withTwo() {
  const clock = new SetClock();
  const { core, prefix, keeper } = await setUpSite(clock);
  const ada = await addPerson(core, "E-1");
  const ben = valueOf(await core.people.add({ employeeNumber: "E-2", name: "Ben Low", department: "Logistics", employmentType: "full-time" }));
  return { clock, core, prefix, keeper, ada, ben };
}

const reached = (core: Core): readonly string[] => [...(core.access.ring?.reach ?? [])].sort();
const versionOf = (core: Core, id: RoleKeyId): number | undefined => core.store.roles.get(id)?.version;

async function typesOf(core: Core, count: number): Promise<readonly string[]> {
  return (await core.store.latest(count)).map(({ header }) => header.type);
}

const inputOf = (employeeNumber: string, department: string): PersonInput => ({ employeeNumber, name: "Ada Miller", department, employmentType: "full-time" });

/** What left for the hub at that time. */
async function sealedForHr(core: Core) {
  const body = canonicalBytes({ siteId: "s", phase: "start", reason: "r" });
  const salt = new Uint8Array(32);
  const { deviceId, bootId } = core.store;
  const header = canonicalBytes({ v: HEADER_VERSION, device: deviceId, bootId, seq: 1, type: "outage", wallMs: 1, monoMs: 1, timeState: "T3", bodyCommit: await commitToBody(salt, body), prev: new Uint8Array(32) });
  return sealSegment(core.keys.device, core.administrationKey()!, [{ seq: 1, header, content: { salt, body } }]);
}

const opens = async (core: Core, segment: Awaited<ReturnType<typeof sealedForHr>>): Promise<boolean> => {
  for (const { id, privateKey } of core.sessions.held) if (id === "hr" && (await openSegment(segment, privateKey)).ok) return true;
  return false;
};

describe("users and roles", () => {
  it("owe a passphrase and a second factor at their first sign-in, and hold what they were given after it", async () => {
    const { clock, core, keeper, ada } = await withTwo();
    const { userId, temporaryPassphrase } = valueOf(await core.users.add("Mira"));
    expect(await core.users.add(" mira ")).toMatchObject({ error: { kind: "user/name-taken" } });
    expect(await core.users.add("  ")).toMatchObject({ error: { kind: "user/name-bad" } });
    valueOf(await core.users.grant(userId, "supervisor", "Assembly", null));
    expect(core.sessions.nameNeeded.value).toBe(true);
    core.sessions.signOut();
    expect(await core.sessions.signIn({ passphrase: keeper.passphrase })).toMatchObject({ error: { kind: "session/wrong" } });
    expect(valueOf(await core.sessions.signIn({ name: "Mira", passphrase: temporaryPassphrase }))).toMatchObject({ owed: ["passphrase", "second-factor"] });
    expect(core.access.ring).toBeNull();
    await signIn(core, clock, keeper);
    const mira = await addUser(core, clock, "Mira Two", [{ role: "supervisor", department: "Assembly" }], keeper);
    core.sessions.signOut();
    const readable: boolean[] = [];
    const stop = core.sessions.current.subscribe(() => readable.push(core.access.ring !== null));
    await signIn(core, clock, mira);
    stop();
    // A page that comes up with the session reads at once.
    expect(readable).toEqual([true]);
    expect(reached(core)).toEqual([ada.id]);
    const { allowed } = core.access;
    expect([...allowed.value]).toEqual(expect.arrayContaining(["face.freeze", "people.read", "records.export", "records.read", "requests.decide"]));
    expect(["people.write", "people.pin", "months.close", "requests.special", "rules.change", "users.read"].filter((operation) => allowed.value.has(operation as Operation))).toEqual([]);
  });

  it("may be given only by who holds them, auditors for 90 days at most", async () => {
    const { clock, core, keeper } = await withTwo();
    const systems = await addUser(core, clock, "Systems", [{ role: "system-administrator" }], keeper);
    const people = await addUser(core, clock, "People", [{ role: "hr" }], keeper);
    const now = (): EpochMs => clock.wallMs as EpochMs;
    expect(await core.users.grant(people.userId, "auditor", null, null)).toMatchObject({ error: { kind: "user/grant-bad" } });
    expect(await core.users.grant(people.userId, "auditor", null, (now() + 91 * DAY_MS) as EpochMs)).toMatchObject({ error: { kind: "user/grant-bad" } });
    expect(await core.users.grant(people.userId, "supervisor", null, null)).toMatchObject({ error: { kind: "user/grant-bad" } });
    expect(await core.users.grant(people.userId, "hr", "Assembly", null)).toMatchObject({ error: { kind: "user/grant-bad" } });
    expect(await core.users.grant(people.userId, "hr", null, now())).toMatchObject({ error: { kind: "user/grant-bad" } });
    core.sessions.signOut();
    await signIn(core, clock, systems);
    for (const role of ["hr", "auditor"] as const) expect(await core.users.grant(systems.userId, role, null, (now() + DAY_MS) as EpochMs)).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await core.users.grant(systems.userId, "supervisor", "Assembly", null)).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(reached(core)).toEqual([]);
    core.sessions.signOut();
    await signIn(core, clock, people);
    expect(await core.users.grant(people.userId, "system-administrator", null, null)).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await core.users.add("Somebody")).toMatchObject({ error: { kind: "access/not-allowed" } });
    valueOf(await core.users.grant(systems.userId, "auditor", null, (now() + DAY_MS) as EpochMs));
  });

  it("leave nothing to whoever loses one: another version, in which only what left before stays readable to the rest", async () => {
    const { clock, core, keeper, ada, ben } = await withTwo();
    const people = await addUser(core, clock, "People", [{ role: "hr" }], keeper);
    const before = await sealedForHr(core);
    const [grant] = core.store.users.get(people.userId)!.grants;
    expect(versionOf(core, "hr")).toBe(1);
    valueOf(await core.users.revoke(people.userId, grant!));
    expect(versionOf(core, "hr")).toBe(2);
    expect(core.store.roles.get("hr")!.members.map(({ user }) => user)).toEqual([keeper.userId]);
    const after = await sealedForHr(core);
    expect([await opens(core, before), await opens(core, after)]).toEqual([true, true]);
    expect(reached(core)).toEqual([ada.id, ben.id].sort());
    core.sessions.signOut();
    await signIn(core, clock, people);
    expect(core.sessions.held).toEqual([]);
    expect(core.access.ring).toBeNull();
  });

  it("ends at once in the session of whoever loses it", async () => {
    const { clock, core, prefix, keeper } = await withTwo();
    const people = await addUser(core, clock, "People", [{ role: "hr" }], keeper);
    const elsewhere = await openCore(prefix, clock);
    await signIn(elsewhere, clock, people);
    expect(elsewhere.access.check("people.read").ok).toBe(true);
    valueOf(await core.users.end(people.userId));
    await expect.poll(() => elsewhere.sessions.current.value).toBeNull();
    expect(core.store.users.get(people.userId)).toMatchObject({ status: "ended", unlocks: [], totp: null, grants: [] });
    expect(await elsewhere.sessions.signIn({ name: "People", passphrase: people.passphrase })).toMatchObject({ error: { kind: "session/wrong" } });
  });

  it("end by themselves when their time is over, whoever is there; the next of HR passes the older key on", async () => {
    const { clock, core, prefix, keeper } = await withTwo();
    const until = (clock.wallMs + DAY_MS) as EpochMs;
    const people = await addUser(core, clock, "People", [{ role: "hr", expiresAt: until }], keeper);
    const auditor = await addUser(core, clock, "Auditor", [{ role: "auditor", expiresAt: until }], keeper);
    const before = await sealedForHr(core);
    core.close();
    clock.pass(DAY_MS);
    const next = await openCore(prefix, clock);
    await next.upkeep.sweep();
    for (const { userId } of [people, auditor]) expect(next.store.users.get(userId)!.grants).toEqual([]);
    expect(versionOf(next, "hr")).toBe(2);
    expect(next.store.roles.get("hr")!.unchained).toHaveLength(1);
    expect(next.store.roles.get("hr")!.unchained![0]!.members.map(({ user }) => user)).toEqual([keeper.userId]);
    expect(next.store.roles.get("auditor")!.members).toEqual([]);
    expect((await typesOf(next, 20)).filter((type) => type === "role-ended")).toHaveLength(2);
    await signIn(next, clock, keeper);
    await next.upkeep.sweep();
    expect(next.store.roles.get("hr")!.unchained).toBeUndefined();
    expect(next.store.roles.get("hr")!.earlier.map(({ version }) => version)).toEqual([1]);
    await next.sessions.refresh();
    expect(await opens(next, before)).toBe(true);
    clock.wallMs -= 2 * DAY_MS;
    await next.upkeep.sweep();
    next.sessions.signOut();
    clock.wallMs += 2 * DAY_MS;
    await signIn(next, clock, people);
    expect(next.sessions.held).toEqual([]);
  });

  it("keep the last who runs the system, and the last of HR", async () => {
    const { clock, core, keeper } = await withTwo();
    const last = { error: { kind: "user/last-administrator" } };
    for (const grant of core.store.users.get(keeper.userId)!.grants) expect(await core.users.revoke(keeper.userId, grant)).toMatchObject(last);
    expect(await core.users.end(keeper.userId)).toMatchObject(last);
    expect(await core.users.grant(keeper.userId, "hr", null, (clock.wallMs + DAY_MS) as EpochMs)).toMatchObject(last);
    const people = await addUser(core, clock, "People", [{ role: "hr", expiresAt: (clock.wallMs + DAY_MS) as EpochMs }], keeper);
    const hr = core.store.users.get(keeper.userId)!.grants.find(({ role }) => role === "hr")!;
    expect(await core.users.revoke(keeper.userId, hr)).toMatchObject(last);
    valueOf(await core.users.grant(people.userId, "hr", null, null));
    valueOf(await core.users.revoke(keeper.userId, hr));
    expect(reached(core)).toEqual([]);
  });

  it("follow the employee that the user is: a transfer ends what was for the old department, leaving ends the user", async () => {
    const { clock, core, keeper, ada, ben } = await withTwo();
    const mira = await addUser(core, clock, "Mira", [{ role: "supervisor", department: "Assembly" }, { role: "supervisor", department: "Logistics" }], keeper);
    valueOf(await core.users.link(mira.userId, ada.id));
    expect(core.users.list.value.find(({ userId }) => userId === mira.userId)).toMatchObject({ personId: ada.id });
    valueOf(await core.people.update(ada.id, inputOf("E-1", "Quality")));
    await expect.poll(() => core.store.users.get(mira.userId)!.grants.map(({ department }) => department)).toEqual(["Logistics"]);
    expect(core.store.roles.get("supervisor:Assembly")!.members).toEqual([]);
    valueOf(await core.people.leave(ada.id));
    await expect.poll(() => core.store.users.get(mira.userId)!.status).toBe("ended");
    expect((await typesOf(core, 12)).filter((type) => type === "user-ended")).toHaveLength(1);
    // The last of HR keeps the role when they leave, and somebody is to look at it.
    valueOf(await core.users.link(keeper.userId, ben.id));
    await confirm(core, clock, keeper);
    valueOf(await core.people.leave(ben.id));
    await core.upkeep.sweep();
    expect(core.store.users.get(keeper.userId)!.status).toBe("active");
    expect(core.users.stale.value.map(({ reason }) => reason)).toEqual(["user-ended", "user-ended"]);
  });

  it("are listed when somebody should look at them", async () => {
    const { clock, core, keeper } = await withTwo();
    await addUser(core, clock, "Ends", [{ role: "auditor", expiresAt: (clock.wallMs + 10 * DAY_MS) as EpochMs }], keeper);
    await addUser(core, clock, "Gone", [{ role: "supervisor", department: "Paint shop" }], keeper);
    expect(core.users.stale.value.map(({ name, reason }) => [name, reason])).toEqual(expect.arrayContaining([["Ends", "ends-soon"], ["Gone", "department-gone"]]));
    clock.pass(100 * DAY_MS);
    await signIn(core, clock, keeper);
    await core.upkeep.sweep();
    expect(core.users.stale.value.map(({ name, reason }) => [name, reason])).toEqual([["Gone", "department-gone"]]);
  });
});

