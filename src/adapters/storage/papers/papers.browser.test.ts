import { afterEach, describe, expect, it } from "vitest";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import type { OpenedRoleKey, Paper, StoreChange } from "../../../app/ports/store.ts";
import type { Person } from "../../../domain/people/types.ts";
import type { Core } from "../core.ts";
import { addPerson, deleteBucket, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../testing/harness.ts";

afterEach(deleteStores);

const clock = new SetClock();
const FILE_BYTES = 5 * 1024 * 1024;

const request = (id: string, { id: subject }: Person, untilUtcDay: number | null = null, value: unknown = { days: ["2026-03-02"], minutes: 480, note: null, parts: new Uint8Array([1, 2]) }): Paper => ({ id, kind: "request", subject, untilUtcDay, value });
const rules: Paper = { id: "rules", kind: "rules", subject: null, untilUtcDay: null, value: { versions: [{ from: "2026-03-01", lateAfterMinutes: 5 }] } };

/** The largest value that WebCrypto fills at once, again and again. */
function randomFile(bytes: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(file.subarray(at, at + 65_536));
  return file;
}

const sameFile = (value: unknown, file: Uint8Array): boolean => value instanceof Uint8Array && value.length === file.length && value.every((byte, index) => byte === file[index]);

const keep = async (core: Core, papers: readonly Paper[], removePapers: readonly string[] = []): Promise<void> => void valueOf(await core.store.exclusively(() => core.store.commit({ entries: [], papers, removePapers })));

const idsOf = (papers: readonly Paper[]): readonly string[] => papers.map(({ id }) => id);

async function giveRole(core: Core, id: "supervisor:Assembly" | "supervisor:Stores"): Promise<OpenedRoleKey> {
  const kem = new DhkemX25519HkdfSha256();
  const pair = await kem.generateKeyPair();
  const [publicKey, privateKey] = [new Uint8Array(await kem.serializePublicKey(pair.publicKey)), new Uint8Array(await kem.serializePrivateKey(pair.privateKey))];
  valueOf(await core.store.exclusively(() => core.store.commit({ entries: [], roles: [{ id, version: 1, publicKey, members: [], earlier: [] }] })));
  return { id, version: 1, privateKey };
}

/** Changes a row as a bad disk would. */
async function damage(core: Core, id: string): Promise<void> {
  const row = await core.database.papers.get(id);
  if (!row) throw new Error("no row");
  const envelope = new Uint8Array(row.envelope);
  envelope[envelope.length - 1]! ^= 1;
  await core.database.papers.put({ ...row, envelope });
}

describe("papers", () => {
  it("are written with the entries they cite, replaced, removed, and there after a restart", async () => {
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const appended = valueOf(
      await core.store.exclusively(() =>
        core.store.commit({
          entries: [{ type: "viewed", subject: person.id, body: { personId: person.id, by: "self", role: "self", what: "own-record" } }],
          papers: ([entry]) => [request("r1", person, null, { seq: entry?.header.seq }), rules],
        }),
      ),
    );
    await keep(core, [request("r2", person, 20_000)]);
    expect(await core.store.paper("r1")).toEqual({ ...request("r1", person), value: { seq: appended[0]?.header.seq } });
    await keep(core, [request("r1", person, 20_100, { decided: true })], ["r2", "never there"]);
    core.close();
    const again = await openCore(prefix, clock);
    expect(await again.store.paper("r1")).toEqual({ ...request("r1", person, 20_100), value: { decided: true } });
    expect(await again.store.paper("r2")).toBeNull();
    expect(await again.store.papers({ kinds: ["rules"] })).toEqual([rules]);
    expect(await again.store.quarantined()).toEqual([]);
  });

  it("are found by kind, subject and the day until which they count", async () => {
    const { core } = await setUpCore(clock);
    const [one, other] = [await addPerson(core, "1"), await addPerson(core, "2")];
    const plan: Paper = { id: `plan:${one.id}`, kind: "plan", subject: one.id, untilUtcDay: null, value: {} };
    await keep(core, [request("open", one), request("over", one, 20_000), request("today", one, 20_500), request("other", other, 20_600), plan, rules]);
    const found = async (query: Parameters<Core["store"]["papers"]>[0]): Promise<readonly string[]> => idsOf(await core.store.papers(query)).toSorted();
    expect(await found({ kinds: ["request"] })).toEqual(["open", "other", "over", "today"]);
    expect(await found({ kinds: ["request"], fromUtcDay: 20_500 })).toEqual(["open", "other", "today"]);
    expect(await found({ kinds: ["request"], subject: one.id, fromUtcDay: 20_501 })).toEqual(["open"]);
    expect(await found({ kinds: ["request", "plan"], subject: one.id })).toEqual(["open", "over", plan.id, "today"].toSorted());
    expect(await found({ kinds: ["note"] })).toEqual([]);
  });

  it("keep a file of 5 MiB whole in rows that are short, in both copies, and refuse a longer one", async () => {
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const file = randomFile(FILE_BYTES);
    const attachment: Paper = { id: "file", kind: "attachment", subject: person.id, untilUtcDay: null, value: file };
    await keep(core, [attachment]);
    const rows = await core.database.papers.toArray();
    expect(Math.max(...rows.map(({ envelope }) => envelope.length))).toBeLessThan(60 * 1024);
    const tooLong = await core.store.exclusively(() => core.store.commit({ entries: [], papers: [{ ...attachment, value: new Uint8Array(FILE_BYTES + 100) }] }));
    expect(tooLong.ok).toBe(false);
    core.close();
    await deleteBucket(`${prefix}punch`);
    const again = await openCore(prefix, clock);
    expect(sameFile((await again.store.paper("file"))?.value, file)).toBe(true);
    // A shorter one in its place leaves nothing of the longer one.
    await keep(again, [{ ...attachment, value: new Uint8Array([7]) }]);
    expect(await again.database.papers.toCollection().primaryKeys()).toEqual(["file"]);
  });

  it("open to a role for the people it may read, and to every role where they are the site's", async () => {
    const { core } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    await keep(core, [request("theirs", person), rules]);
    const [own, other] = [await core.store.openRing([await giveRole(core, "supervisor:Assembly")]), await core.store.openRing([await giveRole(core, "supervisor:Stores")])];
    expect(idsOf(await core.store.papers({ kinds: ["request", "rules"] }, own))).toEqual(["theirs", "rules"]);
    expect(idsOf(await core.store.papers({ kinds: ["request", "rules"] }, other))).toEqual(["rules"]);
    expect(await core.store.paper("theirs", other)).toBeNull();
    own.close();
    expect(await core.store.papers({ kinds: ["request", "rules"] }, own)).toEqual([]);
    expect(await core.store.quarantined()).toEqual([]);
  });

  it("go with the record of whom they are about, also those that lay in the quarantine", async () => {
    const { core, prefix } = await setUpCore(clock);
    const [gone, stays] = [await addPerson(core, "1"), await addPerson(core, "2")];
    await keep(core, [request("a", gone), request("b", gone, 20_000), request("c", stays), { id: "file", kind: "attachment", subject: gone.id, untilUtcDay: null, value: randomFile(200_000) }, rules]);
    await damage(core, "b");
    expect(await core.store.paper("b")).toBeNull();
    valueOf(await core.store.turnEpoch({ reason: "erasure", withoutFaces: [gone.id], withoutRecords: [gone.id] }));
    expect((await core.database.papers.toCollection().primaryKeys()).toSorted()).toEqual(["c", "rules"]);
    core.close();
    const again = await openCore(prefix, clock);
    expect((await again.database.papers.toCollection().primaryKeys()).toSorted()).toEqual(["c", "rules"]);
    expect(idsOf(await again.store.papers({ kinds: ["request", "attachment", "rules"] }))).toEqual(["c", "rules"]);
  });

  it("of a kind with keys of its own end one by one, in both copies of records and of keys, and the others stay", async () => {
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const [gone, stays] = [randomFile(200_000), randomFile(60_000)];
    const health: Paper = { id: "health:r1", kind: "health", subject: person.id, untilUtcDay: null, value: { condition: "unwell" } };
    await keep(core, [request("r1", person), health, { id: "gone", kind: "attachment", subject: person.id, untilUtcDay: null, value: gone }, { id: "stays", kind: "attachment", subject: person.id, untilUtcDay: null, value: stays }]);
    const rows = await core.database.papers.toArray();
    const wrapped = async (from: Core): Promise<readonly string[]> => (await from.keys.vault.contentKeys.toArray()).map(({ paper }) => paper).toSorted();
    expect(await wrapped(core)).toEqual(["gone", "health:r1", "stays"]);
    valueOf(await core.store.turnEpoch({ reason: "erasure", withoutFaces: [], withoutRecords: [], withoutPapers: ["gone", "health:r1"] }));
    expect(await wrapped(core)).toEqual(["stays"]);
    expect(await core.store.paper("gone")).toBeNull();
    // As a second copy that still has the bytes would put them back.
    await core.database.papers.bulkPut(rows);
    expect(idsOf(await core.store.papers({ kinds: ["request", "health", "attachment"] }))).toEqual(["r1", "stays"]);
    core.close();
    await deleteBucket(`${prefix}keys-2`);
    const again = await openCore(prefix, clock);
    expect(await wrapped(again)).toEqual(["stays"]);
    expect(sameFile((await again.store.paper("stays"))?.value, stays)).toBe(true);
    expect(await again.store.paper("gone")).toBeNull();
    expect(await again.store.paper("r1")).toEqual(request("r1", person));
    expect(await again.store.quarantined()).toEqual([]);
    // Sealed anew it has another key, and what is taken away leaves none.
    await keep(again, [{ ...health, value: { condition: "well" } }], ["stays"]);
    expect(await wrapped(again)).toEqual(["health:r1"]);
    expect((await again.store.paper("health:r1"))?.value).toEqual({ condition: "well" });
    valueOf(await again.store.turnEpoch({ reason: "erasure", withoutFaces: [], withoutRecords: [person.id] }));
    expect(await wrapped(again)).toEqual([]);
  });

  it("tell who listens which kinds changed, in this tab and in another", async () => {
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const other = await openCore(prefix, clock);
    const heard: StoreChange[] = [];
    core.store.subscribe((change) => heard.push(change));
    const there = new Promise<StoreChange>((resolve) => other.store.subscribe((change) => (change.papers ? resolve(change) : undefined)));
    await keep(core, [request("r1", person), rules]);
    expect(heard.at(-1)?.papers?.toSorted()).toEqual(["request", "rules"]);
    expect((await there).papers?.toSorted()).toEqual(["request", "rules"]);
    expect(idsOf(await other.store.papers({ kinds: ["request"] }))).toEqual(["r1"]);
    await keep(core, [], ["r1"]);
    expect(heard.at(-1)?.papers).toEqual(["request"]);
  });
});

describe("a damaged paper", () => {
  it.each(["r1", "file", "file/1"])("is put aside and told, the rest works, and the second copy gives it back (%s)", async (id) => {
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const file = randomFile(120_000);
    await keep(core, [request("r1", person), { id: "file", kind: "attachment", subject: person.id, untilUtcDay: null, value: file }, rules]);
    await damage(core, id);
    const read = async (from: Core): Promise<readonly string[]> => idsOf(await from.store.papers({ kinds: ["request", "attachment", "rules"] }));
    expect(await read(core)).toEqual(["r1", "file", "rules"].filter((one) => one !== id.split("/")[0]));
    expect(await core.store.quarantined()).toMatchObject([{ store: "papers", id, kind: "envelope/refused" }]);
    core.close();
    const again = await openCore(prefix, clock);
    expect(await read(again)).toEqual(["r1", "file", "rules"]);
    expect((await again.store.paper("file"))?.value).toEqual(file);
    expect(await again.store.quarantined()).toEqual([]);
    expect((await again.store.entries(0, 1e9)).some(({ content }) => content?.type === "data-loss")).toBe(true);
  });

  it("is found by the daily look although nobody asked for it, also where a part is missing", async () => {
    const { core } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const file = randomFile(120_000);
    await keep(core, [request("r1", person), { id: "file", kind: "attachment", subject: person.id, untilUtcDay: null, value: file }]);
    await damage(core, "r1");
    await core.database.papers.delete("file/0");
    await core.copies.scrub(new AbortController().signal);
    expect(await core.store.quarantined()).toEqual([]);
    expect(await core.store.paper("r1")).not.toBeNull();
    expect((await core.store.paper("file"))?.value).toEqual(file);
  });

  it("is refused when what lies in clear beside it was changed", async () => {
    const { core } = await setUpCore(clock);
    const [one, other] = [await addPerson(core, "1"), await addPerson(core, "2")];
    await keep(core, [request("r1", one, 20_000), request("r2", one, 20_000), rules]);
    const [first, second] = await core.database.papers.bulkGet(["r1", "r2"]);
    if (!first || !second) throw new Error("no rows");
    await core.database.papers.bulkPut([{ ...first, untilUtcDay: 30_000 }, { ...second, personId: other.id }]);
    expect(await core.store.papers({ kinds: ["request"] })).toEqual([]);
    expect((await core.store.quarantined()).map(({ id }) => id).toSorted()).toEqual(["r1", "r2"]);
  });
});
