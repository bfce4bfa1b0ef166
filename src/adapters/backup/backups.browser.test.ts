import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { err } from "../../domain/result.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { ExceptionRequest, RequestId } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { addPerson, bucketsOf, deleteStores, openCore, SetClock, valueOf } from "../storage/testing/harness.ts";
import { RequestPapers } from "../../app/exceptions/request-papers.ts";
import type { Paper } from "../../app/ports/store.ts";
import { BucketHistory } from "./history.ts";
import type { BackupTablet } from "./testing/tablet.ts";
import { emptyTablet, keyFor, tabletThatIsSetUp, withBackups } from "./testing/tablet.ts";

const HOUR_MS = 3_600_000;
const EVER = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

let clock: SetClock;

beforeEach(() => {
  clock = new SetClock();
});

afterEach(deleteStores);

const request = (id: string, subject: PersonId, value: unknown = { minutes: 480 }): Paper => ({ id, kind: "request", subject, untilUtcDay: 20_500, value });

async function keepPapers({ core }: BackupTablet, papers: readonly Paper[], removePapers: readonly string[] = []): Promise<void> {
  valueOf(await core.store.exclusively(() => core.store.commit({ entries: [], papers, removePapers })));
}

const kindOf = (result: { readonly ok: boolean; readonly error?: { readonly kind: string } }): string | undefined => result.error?.kind;

describe("a backup", () => {
  test("is a whole tablet when it is restored on an empty one", async () => {
    const old = await tabletThatIsSetUp(clock);
    const [ada, ben] = [await addPerson(old.core, "1042", "Ada Miller"), await addPerson(old.core, "2077", "王小明")];
    const pin = valueOf(await old.core.people.issuePin(ada.id));
    const punch = valueOf(await old.core.ledger.punch({ personId: ada.id, method: "pin" })).punch;
    const identity = await keyFor(old);
    const { file, made } = valueOf(await old.backups.make("daily"));
    expect(made).toMatchObject({ name: `clockface-Gate_3-${old.core.store.deviceId.slice(0, 8)}-2026-03-02.age`, people: 2, kind: "daily", where: "download" });
    expect((await old.core.store.latest(1))[0]?.content).toMatchObject({ type: "backup", body: { upToSeq: made.entries, people: 2 } });

    const fresh = await emptyTablet(clock);
    const plan = valueOf(await fresh.backups.plan(file, identity));
    expect(plan).toMatchObject({ siteName: "Gate 3", otherDevice: true, people: { added: 2, changed: 0, kept: 0, onlyHere: 0, erased: 0, conflicts: [] }, punches: { inBackup: 1, added: 1, onlyHere: 0 }, users: 1 });
    expect(fresh.core.store.settings).toBeNull();
    const done = valueOf(await fresh.backups.restore(plan.id));
    expect(done).toMatchObject({ people: 2, entries: made.entries });
    expect(fresh.reloads()).toBe(1);

    const { store, ledger, records } = await openCore(fresh.prefix, clock);
    expect(store.tenant).toBe(old.core.store.tenant);
    expect(store.deviceId).not.toBe(old.core.store.deviceId);
    expect(store.settings).toEqual(old.core.store.settings);
    expect([...store.people.values()].map(({ person }) => person.name).sort()).toEqual(["Ada Miller", "王小明"]);
    expect(store.people.get(ben.id)).toEqual(old.core.store.people.get(ben.id));
    expect([...store.users.keys()]).toEqual([...old.core.store.users.keys()]);
    expect(await ledger.verifyPin("1042", pin)).toMatchObject({ ok: true, value: ada.id });
    const history = await new BucketHistory(fresh.prefix, store.ring).entries(...EVER);
    expect(history).toHaveLength(1);
    expect(history[0]).toHaveLength(made.entries);
    expect(history[0]?.find(({ header }) => header.seq === punch.seq)).toMatchObject({ receipt: punch.receipt, content: { type: "punch", body: { personId: ada.id } } });
    expect(await records.punches({})).toMatchObject([]);
    expect((await store.latest(5)).map(({ header }) => header.type)).toContain("restored");
    expect((await bucketsOf(fresh.prefix)).filter((name) => name.includes("restore-"))).toEqual([]);
  });

  test("takes the histories along when the tablet that it was restored on is backed up", async () => {
    const old = await tabletThatIsSetUp(clock);
    await addPerson(old.core, "1");
    const identity = await keyFor(old);
    const { file } = valueOf(await old.backups.make("daily"));
    const second = await emptyTablet(clock);
    valueOf(await second.backups.restore(valueOf(await second.backups.plan(file, identity)).id));
    const again = withBackups(await openCore(second.prefix, clock), second.prefix, clock);
    const next = valueOf(await again.backups.make("daily"));
    const third = await emptyTablet(clock);
    const plan = valueOf(await third.backups.plan(next.file, identity));
    valueOf(await third.backups.restore(plan.id));
    const { store } = await openCore(third.prefix, clock);
    const logs = await new BucketHistory(third.prefix, store.ring).logs();
    expect(logs.map(({ log }) => log.device)).toEqual([again.core.store.deviceId, old.core.store.deviceId]);
  });

  test("changes nothing that the tablet has when it is restored on the tablet itself", async () => {
    const tablet = await tabletThatIsSetUp(clock);
    const ada = await addPerson(tablet.core, "1042", "Ada Miller");
    const identity = await keyFor(tablet);
    const { file } = valueOf(await tablet.backups.make("daily"));
    clock.pass(HOUR_MS);
    valueOf(await tablet.core.ledger.punch({ personId: ada.id, method: "pin" }));
    valueOf(await tablet.core.people.update(ada.id, { employeeNumber: "1042", name: "Ada Okafor", department: "Stores", employmentType: "full-time" }));
    await addPerson(tablet.core, "2077", "Ben Okafor");
    const length = tablet.core.store.length;
    const plan = valueOf(await tablet.backups.plan(file, identity));
    expect(plan).toMatchObject({ otherDevice: false, people: { added: 0, changed: 0, kept: 1, unchanged: 0, onlyHere: 1 }, punches: { added: 0, onlyHere: 1 } });
    expect(tablet.core.store.length).toBe(length);
    const epoch = tablet.core.store.epoch.number;
    valueOf(await tablet.backups.restore(plan.id));
    expect(tablet.core.store.people.get(ada.id)?.person.name).toBe("Ada Okafor");
    expect(await tablet.core.records.punches({})).toHaveLength(1);
    expect(tablet.core.store.epoch.number).toBe(epoch + 1);
    expect(await new BucketHistory(tablet.prefix, tablet.core.store.ring).logs()).toEqual([]);
  });

  test("never brings back somebody when their record was erased since", async () => {
    const tablet = await tabletThatIsSetUp(clock);
    const ada = await addPerson(tablet.core, "1042", "Ada Miller");
    const identity = await keyFor(tablet);
    const { file } = valueOf(await tablet.backups.make("daily"));
    const { store } = tablet.core;
    const turned = await store.turnEpoch({ reason: "erasure", withoutFaces: [ada.id], withoutRecords: [ada.id] });
    const { from, to } = valueOf(turned);
    const done = { certificate: "20260302-00000001", personId: ada.id, what: "record", reason: "asked", by: "self", askedAt: store.now().wallMs, doneAt: store.now().wallMs, epochs: [from, to] as [number, number], bytes: "destroyed", seq: 1 } as const;
    valueOf(await store.exclusively(() => store.commit({ erasures: { ...store.erasures, done: [done] }, entries: [] })));
    const plan = valueOf(await tablet.backups.plan(file, identity));
    expect(plan.people).toMatchObject({ added: 0, erased: 1 });
    valueOf(await tablet.backups.restore(plan.id));
    expect(store.people.has(ada.id)).toBe(false);

    // The erasure goes along with the next backup, against the older one.
    const later = valueOf(await tablet.backups.make("daily"));
    const other = await emptyTablet(clock);
    valueOf(await other.backups.restore(valueOf(await other.backups.plan(later.file, identity)).id));
    const restored = withBackups(await openCore(other.prefix, clock), other.prefix, clock);
    expect(valueOf(await restored.backups.plan(file, identity)).people).toMatchObject({ added: 0, erased: 1 });
  });

  test("is refused, and nothing is changed, when it is another site's, expired or in the way of a number", async () => {
    const tablet = await tabletThatIsSetUp(clock);
    await addPerson(tablet.core, "1042");
    const identity = await keyFor(tablet);
    const daily = valueOf(await tablet.backups.make("daily")).file;
    const move = valueOf(await tablet.backups.make("device-move")).file;
    const other = await tabletThatIsSetUp(clock);
    const before = other.core.store.length;
    expect(kindOf(await other.backups.plan(daily, identity))).toBe("backup/other-site");
    expect(other.core.store.length).toBe(before);
    const fresh = await emptyTablet(clock);
    clock.pass(7 * 24 * HOUR_MS - 1);
    valueOf(await fresh.backups.plan(move, identity));
    clock.pass(1);
    expect(kindOf(await fresh.backups.plan(move, identity))).toBe("backup/expired");
    expect(fresh.core.store.settings).toBeNull();

    const [stored] = [...tablet.core.store.people.values()];
    if (!stored) throw new Error("nobody");
    const { store } = tablet.core;
    const twin = { ...stored, person: { ...stored.person, id: crypto.randomUUID() as PersonId } };
    valueOf(await store.turnEpoch({ reason: "erasure", withoutFaces: [], withoutRecords: [stored.person.id] }));
    valueOf(await store.exclusively(() => store.commit({ people: [twin], entries: [] })));
    const plan = valueOf(await tablet.backups.plan(daily, identity));
    expect(plan.people.conflicts).toEqual(["1042"]);
    expect(kindOf(await tablet.backups.restore(plan.id))).toBe("backup/number-conflicts");
    expect(store.people.has(stored.person.id)).toBe(false);
  });

  test("is neither made nor restored when whoever asks may not", async () => {
    const { core, prefix } = await tabletThatIsSetUp(clock);
    const tablet = withBackups(core, prefix, clock, { check: () => err({ kind: "access/not-allowed" }) });
    expect(kindOf(await tablet.backups.offerKey())).toBe("access/not-allowed");
    expect(kindOf(await tablet.backups.make("daily"))).toBe("access/not-allowed");
    expect(kindOf(await tablet.backups.makeInFolder())).toBe("access/not-allowed");
    expect(kindOf(await tablet.backups.plan(new Blob(["x"]), "x"))).toBe("access/not-allowed");
    expect(kindOf(await tablet.backups.restore("x"))).toBe("access/not-allowed");
    expect(kindOf(await tablet.backups.drill("x"))).toBe("access/not-allowed");
  });

  test("brings papers and files along to an empty tablet, and tries that out", async () => {
    const old = await tabletThatIsSetUp(clock);
    const ada = await addPerson(old.core, "1042", "Ada Miller");
    const file: Paper = { id: "file", kind: "attachment", subject: ada.id, untilUtcDay: null, value: crypto.getRandomValues(new Uint8Array(60_000)) };
    const rules: Paper = { id: "rules", kind: "rules", subject: null, untilUtcDay: null, value: { versions: [] } };
    const requests = Array.from({ length: 30 }, (_, index) => request(`r${String(index)}`, ada.id));
    await keepPapers(old, [...requests, file, rules]);
    const identity = await keyFor(old);
    const { file: backup } = valueOf(await old.backups.make("daily"));
    valueOf(await old.backups.makeDaily());
    expect(valueOf(await old.backups.drill(identity))).toMatchObject({ passed: true, failure: null });

    const fresh = await emptyTablet(clock);
    valueOf(await fresh.backups.restore(valueOf(await fresh.backups.plan(backup, identity)).id));
    const { store } = await openCore(fresh.prefix, clock);
    expect((await store.papers({ kinds: ["request"], subject: ada.id })).map(({ id }) => id).toSorted()).toEqual(requests.map(({ id }) => id).toSorted());
    expect(await store.paper("r7")).toEqual(requests[7]);
    expect(await store.paper("file")).toEqual(file);
    expect(await store.paper("rules")).toEqual(rules);
  });

  test("brings back nothing that came with a request and was erased since", async () => {
    const old = await tabletThatIsSetUp(clock);
    const ada = await addPerson(old.core, "1042", "Ada Miller");
    const id = crypto.randomUUID() as RequestId;
    const at = clock.wallMs as EpochMs;
    const asked: ExceptionRequest = {
      id,
      personId: ada.id,
      content: { kind: "make-up", day: "2026-03-02", direction: "in", wallMs: at, health: { itinerary: "Rose Lane" } },
      reason: "",
      attachments: [{ id: "file", type: "application/pdf", bytes: 3, hash: "0".repeat(64) }],
      state: "approved",
      route: ["hr"],
      passed: 1,
      rulesVersion: 1,
      deadlineMs: null,
      steps: [{ at: at, action: "approved", by: "rules", entry: { device: old.core.store.deviceId, seq: 1 } }],
    };
    await keepPapers(old, [...new RequestPapers(old.core.store).papersOf(asked), { id: "file", kind: "attachment", subject: ada.id, untilUtcDay: null, value: new Uint8Array([1, 2, 3]) }]);
    const identity = await keyFor(old);
    const { file: backup } = valueOf(await old.backups.make("daily"));

    const fresh = await emptyTablet(clock);
    valueOf(await fresh.backups.restore(valueOf(await fresh.backups.plan(backup, identity)).id));
    const restored = withBackups(await openCore(fresh.prefix, clock), fresh.prefix, clock);
    const { store, erasures } = restored.core;
    const kinds = ["health", "attachment"] as const;
    expect(await store.papers({ kinds })).toHaveLength(2);
    expect(valueOf(await erasures.eraseDue(kinds.map((what) => ({ personId: ada.id, what, reason: "retention", request: id }))))).toBe(2);
    valueOf(await restored.backups.restore(valueOf(await restored.backups.plan(backup, identity)).id));
    expect(await store.papers({ kinds })).toEqual([]);
    expect((await store.paper(id))?.value).toMatchObject({ erased: { health: clock.wallMs, attachment: clock.wallMs } });
  });

  test("leaves the tablet's own papers as they are, and brings back none that was taken away since", async () => {
    const tablet = await tabletThatIsSetUp(clock);
    const ada = await addPerson(tablet.core, "1042", "Ada Miller");
    await keepPapers(tablet, [request("r1", ada.id), request("r2", ada.id)]);
    const identity = await keyFor(tablet);
    const { file } = valueOf(await tablet.backups.make("daily"));
    await keepPapers(tablet, [request("r1", ada.id, { decided: true })], ["r2"]);
    valueOf(await tablet.backups.restore(valueOf(await tablet.backups.plan(file, identity)).id));
    expect(await tablet.core.store.papers({ kinds: ["request"] })).toEqual([request("r1", ada.id, { decided: true })]);
  });

  test("is written each day, tried out without a trace, and told of when it is late", async () => {
    const tablet = await tabletThatIsSetUp(clock);
    await addPerson(tablet.core, "1042");
    expect(kindOf(await tablet.backups.makeDaily())).toBe("backup/no-key");
    const identity = await keyFor(tablet);
    valueOf(await tablet.backups.makeDaily());
    expect([...tablet.folder.files.keys()]).toEqual([`clockface-Gate_3-${tablet.core.store.deviceId.slice(0, 8)}-2026-03-02.age`]);
    expect(tablet.backups.toDo.value).toBe(0);
    clock.pass(49 * HOUR_MS);
    await tablet.backups.refresh();
    expect(tablet.backups.status.value).toMatchObject({ overdue: true });
    expect(tablet.backups.toDo.value).toBe(1);

    const before = await bucketsOf(tablet.prefix);
    expect(kindOf(await tablet.backups.drill("AGE-SECRET-KEY-1"))).toBe("backup/bad-identity");
    expect(valueOf(await tablet.backups.drill(identity))).toMatchObject({ passed: true, people: 1, failure: null });
    expect(await bucketsOf(tablet.prefix)).toEqual(before);
    const latest = (await tablet.core.store.latest(5)).map(({ content }) => content);
    expect(latest).toContainEqual({ type: "drill", body: expect.objectContaining({ outcome: "passed", people: 1 }) as unknown });
  });
});
