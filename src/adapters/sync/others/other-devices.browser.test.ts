import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { guardedRecords } from "../../../app/access/guarded-records.ts";
import { SiteOutages } from "../../../app/attendance/outages.ts";
import type { OtherDevicesParts } from "./create-other-devices.ts";
import { createOtherDevices } from "./create-other-devices.ts";
import type { Segment } from "../../../app/ports/outbox.ts";
import type { Entry } from "../../../domain/attendance/entries.ts";
import type { Person } from "../../../domain/people/types.ts";
import { emptyTablet, keyFor, withBackups } from "../../backup/testing/tablet.ts";
import type { Core } from "../../storage/core.ts";
import { SealingOutbox } from "../../storage/outbox.ts";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../storage/testing/harness.ts";
import { confirm, setUpSite, signIn } from "../../storage/testing/site.ts";
import type { TestSite } from "../../storage/testing/site.ts";
import type { Fetch } from "../push.ts";

const EVER = [0, 1_000_000] as const;
const DAY_MS = 86_400_000;

let clock: SetClock;
const opened: OtherDevicesParts[] = [];

beforeEach(() => {
  clock = new SetClock();
});

afterEach(async () => {
  for (const parts of opened.splice(0)) parts.close();
  await deleteStores();
});

interface Tablet {
  readonly core: Core;
  readonly prefix: string;
  readonly outbox: SealingOutbox;
  readonly others: OtherDevicesParts;
}

/** The hub, as far as a reader sees it. */
class Hub {
  readonly documents: Segment[] = [];
  readonly heartbeats: Record<string, string> = {};
  down = false;

  readonly fetch: Fetch = (url) => {
    if (this.down) return Promise.reject(new TypeError("Failed to fetch"));
    const { pathname, searchParams } = new URL(url);
    if (pathname.endsWith("/heartbeats")) return Promise.resolve(Response.json({ heartbeats: this.heartbeats }));
    const since = Number(searchParams.get("since") ?? 0);
    const results = this.documents.slice(since, since + 2).map((doc) => ({ id: doc._id, doc }));
    return Promise.resolve(Response.json({ results, last_seq: since + results.length }));
  };

  async push({ core, outbox, others }: Tablet): Promise<void> {
    await outbox.seal();
    const pending = await outbox.pending(1_000, 1e9);
    this.documents.push(...pending);
    await outbox.settle(new Map(pending.map(({ _id }) => [_id, "stored"])));
    this.heartbeats[core.store.deviceId] = await others.heartbeat();
  }
}

function withOthers(core: Core, prefix: string, hub: Hub = new Hub()): Tablet {
  const outbox = new SealingOutbox({ database: core.database, clock, ring: core.store.ring, device: core.keys.device, administrationKey: () => core.administrationKey() });
  const others = createOtherDevices({ core, clock, outbox, pairing: () => Promise.resolve({ hub: "http://hub.test", site: "gate", token: "t" }), fetch: hub.fetch, every: () => () => undefined, prefix });
  opened.push(others);
  return { core, prefix, outbox, others };
}

/** Two tablets of a site: the second was set up from a backup of the first. HR is signed in on the first. */
async function twoTablets(hub: Hub): Promise<{ readonly site: TestSite; readonly a: Tablet; readonly b: Tablet; readonly ada: Person; readonly ben: Person }> {
  const site = await setUpSite(clock);
  const [ada, ben] = [await addPerson(site.core, "1042", "Ada Miller"), await addPerson(site.core, "2077", "王小明")];
  const first = withBackups(site.core, site.prefix, clock);
  const identity = await keyFor(first);
  const { file } = valueOf(await first.backups.make("daily"));
  const second = await emptyTablet(clock);
  valueOf(await second.backups.restore(valueOf(await second.backups.plan(file, identity)).id));
  return { site, ada, ben, a: withOthers(site.core, site.prefix, hub), b: withOthers(await openCore(second.prefix, clock), second.prefix, hub) };
}

async function punch({ core }: Tablet, { id }: Person): Promise<string> {
  clock.pass(3_600_000);
  return valueOf(await core.ledger.punch({ personId: id, method: "pin" })).punch.receipt;
}

const receiptsOf = (lists: readonly (readonly Entry[])[], person: Person): readonly string[] => lists.flat().filter(({ content }) => content?.type === "punch" && content.body.personId === person.id).map(({ receipt }) => receipt);

describe("records of another tablet", () => {
  test("are seen on the first after three days without a network, also offline and after a restart", async () => {
    const hub = new Hub();
    const { site, a, b, ada, ben } = await twoTablets(hub);
    expect(await a.others.devices.entries(...EVER)).toEqual([]);
    const receipts: string[] = [];
    for (let day = 0; day < 3; day++) {
      receipts.push(await punch(b, ada), await punch(b, ada));
      clock.pass(DAY_MS);
    }
    const bens = await punch(b, ben);
    await hub.push(b);
    const heard: number[] = [];
    a.others.devices.subscribe(() => heard.push(1));
    await signIn(a.core, clock, site.keeper);
    const brought = valueOf(await a.others.bring.fromHub());
    expect(brought).toEqual({ entries: b.core.store.length, refused: [] });
    expect(heard).toHaveLength(1);
    expect(receiptsOf(await a.others.devices.entries(...EVER), ada)).toEqual(receipts);
    expect(receiptsOf(await a.others.devices.entries(...EVER, a.core.access.ring ?? undefined), ben)).toEqual([bens]);
    // Nothing of it came into the own log.
    expect((await a.core.store.entries(...EVER)).filter(({ header }) => header.device !== a.core.store.deviceId || header.type === "punch")).toEqual([]);
    const [watermark] = await a.others.devices.watermarks();
    expect(watermark).toEqual({ device: b.core.store.deviceId, untilMs: clock.wallMs - 30_000 });
    expect(valueOf(await a.others.bring.fromHub()).entries).toBe(0);

    hub.down = true;
    expect(await a.others.bring.fromHub()).toMatchObject({ ok: false, error: { kind: "other-devices/unreachable" } });
    a.core.close();
    const again = withOthers(await openCore(a.prefix, clock), a.prefix, hub);
    expect(receiptsOf(await again.others.devices.entries(...EVER), ada)).toEqual(receipts);
    expect(await again.others.bring.fromHub()).toMatchObject({ ok: false, error: { kind: "access/not-signed-in" } });
  });

  test("count up to this moment at most when the other tablet's clock is ahead", async () => {
    const hub = new Hub();
    const { site, a, b, ada } = await twoTablets(hub);
    await punch(b, ada);
    await hub.push(b);
    clock.wallMs += 10 * DAY_MS;
    hub.heartbeats[b.core.store.deviceId] = await b.others.heartbeat();
    clock.wallMs -= 10 * DAY_MS;
    await signIn(a.core, clock, site.keeper);
    valueOf(await a.others.bring.fromHub());
    expect(await a.others.devices.watermarks()).toEqual([{ device: b.core.store.deviceId, untilMs: clock.wallMs }]);
  });

  test("stand among the punches and outages that HR looks at, once each, when a backup brought some of them too", async () => {
    const hub = new Hub();
    const { site, a, b, ada } = await twoTablets(hub);
    const own = await punch(a, ada);
    const first = await punch(b, ada);
    valueOf(await b.core.ledger.outage("start", "camera/unplugged"));
    await hub.push(b);
    const { core, others } = a;
    const history = { entries: async () => [(await others.devices.entries(...EVER, core.access.ring ?? undefined))[0]?.slice(0, -1) ?? []] };
    const records = guardedRecords({ access: core.access, store: core.store, session: core.sessions.current, history, others: others.devices }, core.records);
    const outages = new SiteOutages({ access: core.access, store: core.store, history, others: others.devices });
    await signIn(core, clock, site.keeper);
    let told = 0;
    records.revision.subscribe(() => (told += 1));
    valueOf(await others.bring.fromHub());
    expect(told).toBeGreaterThan(0);
    expect((await records.punches({ personId: ada.id })).map(({ receipt, deviceId }) => [receipt, deviceId])).toEqual([
      [first, b.core.store.deviceId],
      [own, core.store.deviceId],
    ]);
    const today = new Date(clock.wallMs).toISOString().slice(0, 10);
    expect((await outages.list(today, today)).map(({ device, reason }) => [device, reason])).toEqual([[b.core.store.deviceId, "camera/unplugged"]]);
  });

  test("go with the record of whom they are about", async () => {
    const hub = new Hub();
    const { site, a, b, ada, ben } = await twoTablets(hub);
    await punch(b, ada);
    const bens = await punch(b, ben);
    await hub.push(b);
    await signIn(a.core, clock, site.keeper);
    valueOf(await a.others.bring.fromHub());
    valueOf(await a.core.store.turnEpoch({ reason: "erasure", withoutFaces: [ada.id], withoutRecords: [ada.id] }));
    const lists = await a.others.devices.entries(...EVER);
    expect(receiptsOf(lists, ada)).toEqual([]);
    expect(receiptsOf(lists, ben)).toEqual([bens]);
    // Brought again, the content stays gone.
    const again = withOthers(a.core, `${a.prefix}again-`, hub);
    valueOf(await again.others.bring.fromHub());
    expect(receiptsOf(await again.others.devices.entries(...EVER), ada)).toEqual([]);
  });

  test("come in a file where there is no network, and from no other file", async () => {
    const hub = new Hub();
    const { site, a, b, ada } = await twoTablets(hub);
    const receipt = await punch(b, ada);
    await signIn(b.core, clock, site.keeper);
    await confirm(b.core, clock, site.keeper);
    const file = valueOf(await b.others.bring.toFile());
    expect(await file.text()).not.toContain("Ada");
    // What lies in it is sealed: the entry says how many segments, and how many people they may be about.
    const segments = (await file.text()).split("\n").filter((line) => line.includes('"_id"')).length;
    const exported = (await b.core.store.latest(5)).find(({ content }) => content?.type === "exported");
    expect([segments > 0, exported?.content?.body]).toMatchObject([true, { what: "sealed-records", people: b.core.store.people.size, segments }]);
    await signIn(a.core, clock, site.keeper);
    const brought = valueOf(await a.others.bring.fromFile(file));
    expect(brought.refused).toEqual([]);
    expect(receiptsOf(await a.others.devices.entries(...EVER), ada)).toEqual([receipt]);
    expect((await a.others.devices.devices()).map(({ device, refused }) => [device, refused])).toEqual([[b.core.store.deviceId, null]]);

    expect(await a.others.bring.fromFile(new Blob(["a letter"]))).toMatchObject({ ok: false, error: { kind: "other-devices/not-a-file" } });
    expect(await b.others.bring.fromFile(file)).toMatchObject({ ok: false, error: { kind: "other-devices/own-file" } });
    const text = await file.text();
    const cut = new Blob([`${text.split("\n").slice(0, 2).join("\n").slice(0, -9)}\n`]);
    expect(await withOthers(a.core, `${a.prefix}cut-`).others.bring.fromFile(cut)).toMatchObject({ ok: false, error: { kind: "other-devices/not-a-file" } });
  });
});
