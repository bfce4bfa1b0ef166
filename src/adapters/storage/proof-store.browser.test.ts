import { afterEach, describe, expect, test } from "vitest";

import { createAudit } from "../../app/audit/create-audit.ts";
import type { LogAudit } from "../../app/audit/audit.ts";
import type { ProofKeeper } from "../../app/audit/proof-keeper.ts";
import type { Witnesses } from "../../app/audit/witnesses.ts";
import type { Access, Actor } from "../../app/ports/access.ts";
import type { DeviceIdentity } from "../../app/ports/proof.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { EMPTY_FRONTIER, appendLeaves, rootOf } from "../../domain/log/merkle.ts";
import { coSignatureBytes, formatCoSignature, readRequest } from "../../domain/log/statements.ts";
import type { CoSignature } from "../../domain/log/types.ts";
import { judge } from "../../domain/log/witnessing.ts";
import { verifyPackage } from "../../domain/log/verify.ts";
import { ok } from "../../domain/result.ts";
import { createDeviceKey, signAsDevice } from "../crypto/device-keys.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { signatureVerifier } from "../crypto/verify-signature.ts";
import type { Core } from "./core.ts";
import { StoredProof } from "./proof-store.ts";
import { addPerson, deleteStores, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const verify = signatureVerifier();
const never = (): (() => void) => () => undefined;

interface Stage {
  readonly core: Core;
  readonly clock: SetClock;
  readonly proof: StoredProof;
  readonly device: DeviceIdentity;
  readonly audit: LogAudit;
  readonly keeper: ProofKeeper;
  readonly witnesses: Witnesses;
  /** Runs what the keeper waits with. */
  readonly settle: () => Promise<void>;
}

/** Everything allowed; read with the roles of the administrator of set-up. */
async function stage(): Promise<Stage> {
  const clock = new SetClock();
  const { core } = await setUpCore(clock);
  const proof = new StoredProof(core.database, core.store.ring);
  const device: DeviceIdentity = { deviceId: core.store.deviceId, algorithm: core.signer.algorithm, publicKey: await core.signer.publicKey(), sign: (bytes) => core.signer.sign(bytes) };
  const actor: Actor = { userId: "11111111-1111-4111-8111-111111111111" as Actor["userId"], name: "Auditor", grants: [{ role: "auditor", grantedAt: 0 as EpochMs, grantedBy: "set-up", expiresAt: null }] };
  const { ring } = core.sessions;
  const access: Access = { actor, check: () => ok(actor), ring, reaches: () => true, viewed: () => Promise.resolve(ok()) };
  const waiting: (() => void)[] = [];
  let held: Witnesses | undefined;
  const { audit, keeper } = createAudit({
    store: core.store,
    access,
    proof,
    device,
    verify,
    version: "test",
    paired: () => Promise.resolve(true),
    hub: (witnesses) => {
      held = witnesses;
      return { ask: () => Promise.resolve() };
    },
    every: never,
    after: (_ms, run) => {
      waiting.push(run);
      return () => undefined;
    },
  });
  const settle = async (): Promise<void> => {
    for (const run of waiting.splice(0)) run();
    await audit.refresh();
    await proof.alone(() => Promise.resolve());
  };
  return { core, clock, proof, device, audit, keeper, witnesses: held!, settle };
}

async function grow({ core }: Stage, count: number): Promise<void> {
  for (let i = 0; i < count; i++) valueOf(await core.store.exclusively(() => core.store.commit({ entries: [{ type: "attempt", subject: null, body: { siteId: "s", kind: "no-candidate" } }] })));
}

async function cosign(key: DeviceKey, kind: CoSignature["kind"], of: { readonly device: string; readonly size: number; readonly root: Uint8Array }, previousSize = 0): Promise<CoSignature> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", key.publicKey));
  const statement = { v: 1, kind, witness: key.deviceId, publicKey, algorithm: key.algorithm, device: of.device, size: of.size, root: of.root, previousSize, wallMs: 1 as EpochMs } as const;
  return { ...statement, signature: await signAsDevice(key, coSignatureBytes(statement)) };
}

const packageOf = async ({ audit }: Stage): Promise<ReadableStream<Uint8Array>> => valueOf(await audit.makePackage(() => undefined, new AbortController().signal)).file.stream().pipeThrough(new DecompressionStream("gzip"));

describe("the proof of a real log", () => {
  test("signs at the start, after a hundred entries, after an hour and at the day's change, and each extends the one before", async () => {
    const here = await stage();
    const { proof, clock, keeper, core, settle } = here;
    await keeper.start();
    const first = (await proof.lastCheckpoint())!;
    expect([first.reason, first.size]).toEqual(["boot", core.store.length]);
    await grow(here, 99);
    await settle();
    expect((await proof.lastCheckpoint())!.size).toBe(first.size);
    await grow(here, 1);
    await settle();
    expect((await proof.checkpoints()).map(({ reason, size }) => [reason, size])).toEqual([["boot", first.size], ["count", first.size + 100]]);
    await grow(here, 1);
    clock.pass(61 * 60_000);
    await grow(here, 1);
    await settle();
    clock.pass(23 * 3_600_000);
    await grow(here, 1);
    await settle();
    expect((await proof.checkpoints()).map(({ reason }) => reason)).toEqual(["boot", "count", "hour", "day-close"]);
    const leaves = await proof.tree.leaves(0, core.store.length);
    for (const { size, root } of await proof.checkpoints()) expect(root).toEqual(rootOf(appendLeaves(EMPTY_FRONTIER, leaves.slice(0, size)).frontier));
    keeper.stop();
  });

  test("makes no checkpoint over a log that no longer begins as it did, and says so in the log", async () => {
    const here = await stage();
    const { proof, audit, keeper, core } = here;
    await keeper.start();
    await grow(here, 4);
    const before = (await proof.lastCheckpoint())!;
    await proof.keepCheckpoint({ ...before, root: before.root.map((byte) => byte ^ 1) });
    valueOf(await audit.checkpointNow());
    expect((await proof.lastCheckpoint())!.size).toBe(before.size);
    expect(audit.state.value.alarms.map(({ alarm }) => alarm)).toEqual(["not-extending"]);
    expect((await core.store.latest(1))[0]?.content).toMatchObject({ type: "log-alarm", body: { alarm: "not-extending", size: before.size } });
    // The same again is the same alarm.
    const { length } = core.store;
    valueOf(await audit.checkpointNow());
    expect(core.store.length).toBe(length);
    keeper.stop();
  });

  test("takes in what a phone signs after its proof, and tells how far it reaches", async () => {
    const here = await stage();
    const { audit, core, clock } = here;
    const phone = await createDeviceKey();
    let signed: { readonly size: number; readonly root: Uint8Array } | null = null;
    for (let round = 0; round < 3; round++) {
      await grow(here, 130);
      const request = readRequest(valueOf(await audit.phoneRequest(round === 0 ? null : phone.deviceId)))!;
      expect((await judge(verify, request, signed)).kind).toBe("sign");
      const answer = await cosign(phone, "phone", request.checkpoint, signed?.size ?? 0);
      expect(valueOf(await audit.acceptPhone(formatCoSignature(answer)))).toEqual({ witness: phone.deviceId, size: request.checkpoint.size });
      signed = request.checkpoint;
    }
    const { state } = audit;
    expect(state.value.witnessedUpTo).toBe(signed!.size);
    expect(state.value.unwitnessedSince).toBeNull();
    expect((await core.store.latest(1))[0]?.content).toEqual({ type: "witnessed", body: { size: signed!.size, kind: "phone", witness: phone.deviceId } });
    await grow(here, 1);
    clock.pass(25 * 3_600_000);
    await audit.refresh();
    expect(state.value.late).toBe(true);
  });

  test("refuses what is forged, and raises an alarm for what a witness signed of another history", async () => {
    const here = await stage();
    const { audit, witnesses, proof, device } = here;
    await grow(here, 10);
    const [hub, other, phone] = await Promise.all([createDeviceKey(), createDeviceKey(), createDeviceKey()]);
    valueOf(await audit.checkpointNow());
    const own = (await proof.lastCheckpoint())!;
    const good = await cosign(hub, "hub", own);
    expect((await audit.acceptPhone("clockface-cosigned1~AAAA")).ok).toBe(false);
    expect((await audit.acceptPhone(formatCoSignature(good))).ok).toBe(false);
    const refused = async (one: CoSignature): Promise<string> => {
      const told = await witnesses.accept(one);
      return told.ok ? "ok" : told.error.kind;
    };
    expect(await refused({ ...good, size: good.size - 1 })).toBe("witness/forged");
    expect(await refused(await cosign(hub, "hub", { ...own, device: "0".repeat(20) }))).toBe("witness/other-device");
    expect(await refused(good)).toBe("ok");
    expect(await refused(await cosign(other, "hub", own))).toBe("witness/key-changed");
    expect(await refused(await cosign(phone, "phone", { device: device.deviceId, size: own.size + 500, root: own.root }))).toBe("witness/other-log");
    expect(await refused(await cosign(phone, "phone", { device: device.deviceId, size: own.size - 2, root: own.root }))).toBe("witness/other-log");
    await audit.refresh();
    expect(audit.state.value.alarms.map(({ alarm }) => alarm)).toEqual(["hub-key-changed", "rolled-back", "forked"]);
    expect(audit.state.value.witnesses.map(({ witness }) => witness)).toEqual([hub.deviceId]);
    valueOf(await audit.acceptHubKey());
    expect(await refused(await cosign(other, "hub", own))).toBe("ok");
  });
});

describe("the auditor's package of a real log", () => {
  test("is whole, is logged, and its seal and checkpoints hold", async () => {
    const here = await stage();
    const { audit, core } = here;
    await addPerson(here.core, "1001");
    await grow(here, 300);
    const report = await verifyPackage(await packageOf(here), { verify });
    expect(report.findings).toEqual([]);
    expect(report.entries).toBe(core.store.length - 1);
    expect(report.sealedUpTo).toBe(report.entries);
    expect((await core.store.latest(1))[0]?.content).toMatchObject({ type: "exported", body: { role: "auditor", what: "audit-package" } });
    const here_ = valueOf(await audit.verify(() => undefined, new AbortController().signal));
    expect(here_.findings).toEqual([]);
  });

  test("names the entry that was taken away or edited on the disk", async () => {
    const here = await stage();
    const { core, audit } = here;
    await grow(here, 150);
    valueOf(await audit.checkpointNow());
    const kept = (await core.database.log.get(60))!;
    await core.database.log.delete(60);
    expect((await verifyPackage(await packageOf(here), { verify })).findings).toEqual([{ kind: "dropped", seq: 60 }]);
    await core.database.log.put({ ...kept, leaf: kept.leaf!.map((byte) => byte ^ 1) });
    expect((await verifyPackage(await packageOf(here), { verify })).findings).toContainEqual({ kind: "listed", seq: 60 });
  });

  test("is not made when it is called off, and says when the device was retired", async () => {
    const here = await stage();
    const { audit } = here;
    await grow(here, 3);
    const stop = new AbortController();
    stop.abort();
    expect(await audit.makePackage(() => undefined, stop.signal)).toEqual({ ok: false, error: { kind: "audit/cancelled" } });
    valueOf(await audit.endDevice("moved to the new gate"));
    expect(await audit.endDevice("again")).toMatchObject({ error: { kind: "audit/already-ended" } });
    const { core } = here;
    expect((await core.ledger.attempt("no-candidate")).ok).toBe(false);
    expect((await core.people.add({ employeeNumber: "E-9", name: "Late Comer", department: "", employmentType: "full-time" })).ok).toBe(false);
    const report = await verifyPackage(await packageOf(here), { verify });
    expect(report.endedAt).toBe(core.store.endedAt);
    expect(audit.state.value.endedAt).toBe(core.store.endedAt);
    expect(report.findings).toEqual([]);
  });
});
