import { afterEach, expect, it } from "vitest";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { openSegment, sealSegment } from "../../adapters/crypto/segments.ts";
import { canonicalBytes, commitToBody } from "../../adapters/crypto/digest.ts";
import { sealRecord } from "../../adapters/crypto/record-keys.ts";
import { deleteStores, freshPrefix, openCore, PASSPHRASE, QUICK_SECRETS, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { codeFor } from "../../adapters/storage/testing/site.ts";
import { HEADER_VERSION } from "../../domain/attendance/entries.ts";
import { firstRecognitionPolicy } from "../../domain/biometrics/recognition-policy.ts";
import { PASSPHRASE_COST } from "../../domain/people/secret-hash.ts";

afterEach(deleteStores);

/** A site as the first form kept it: one administrator, whose one key pair is locked with the passphrase. */
async function oldSite(clock: SetClock) {
  const prefix = freshPrefix();
  const core = await openCore(prefix, clock);
  const suite = new DhkemX25519HkdfSha256();
  const pair = await suite.generateKeyPair();
  const publicKey = new Uint8Array(await suite.serializePublicKey(pair.publicKey));
  const privateKey = new Uint8Array(await suite.serializePrivateKey(pair.privateKey));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = new Uint8Array(valueOf(await QUICK_SECRETS.derive(PASSPHRASE, salt, PASSPHRASE_COST)));
  const key = { id: "passphrase", epoch: 0, key: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]) };
  const lockedPrivateKey = await sealRecord(core.store.tenant, key, { store: "administrator", recordId: "private-key", schema: 1 }, privateKey);
  const kioskPin = { cost: PASSPHRASE_COST, salt, hash: raw };
  const settings = {
    organisation: "Harbour Works",
    siteId: "s-1",
    siteName: "Gate 3",
    zone: "Asia/Shanghai",
    locale: "en",
    lawRegion: "cn",
    profile: "accurate",
    helpContact: "",
    fixedDirection: null,
    nameShown: "full",
    speech: true,
    volume: 0.8,
    recognition: firstRecognitionPolicy("accurate"),
  } as const;
  const administrator = { name: "Keeper", publicKey, lockedPrivateKey, passphrase: { cost: PASSPHRASE_COST, salt }, kioskPin };
  valueOf(await core.store.exclusively(() => core.store.commit({ settings, administrator, entries: [{ type: "setup", subject: null, body: { siteId: "s-1", siteName: "Gate 3", zone: "Asia/Shanghai", lawRegion: "cn", profile: "accurate" } }] })));
  return { core, prefix, publicKey };
}

it("the administrator of a store of the first form is its first user from the first sign-in on", async () => {
  const clock = new SetClock();
  const { core, prefix, publicKey } = await oldSite(clock);
  expect(core.administrationKey()).toEqual(publicKey);
  const added = valueOf(await core.people.add({ employeeNumber: "E-1", name: "Ada Miller", department: "Assembly", employmentType: "full-time" }));
  const body = canonicalBytes({ siteId: "s-1", phase: "start", reason: "r" });
  const salt = new Uint8Array(32);
  const header = canonicalBytes({ v: HEADER_VERSION, device: core.store.deviceId, bootId: core.store.bootId, seq: 1, type: "outage", wallMs: 1, monoMs: 1, timeState: "T3", bodyCommit: await commitToBody(salt, body), prev: new Uint8Array(32) });
  const segment = await sealSegment(core.keys.device, core.administrationKey()!, [{ seq: 1, header, content: { salt, body } }]);

  expect(await core.sessions.signIn({ passphrase: "another passphrase altogether" })).toMatchObject({ error: { kind: "session/wrong" } });
  expect(core.store.users.size).toBe(0);
  expect(valueOf(await core.sessions.signIn({ passphrase: PASSPHRASE }))).toMatchObject({ name: "Keeper", owed: ["second-factor"] });
  expect(core.store.administrator).not.toHaveProperty("lockedPrivateKey");
  expect(core.store.roles.get("hr")).toMatchObject({ version: 1, publicKey });
  expect(core.administrationKey()).toEqual(publicKey);
  const { secret } = valueOf(await core.users.beginTotp());
  valueOf(await core.users.confirmTotp(codeFor(secret, clock.wallMs)));
  expect(core.access.reaches(added.id)).toBe(true);
  const hr = core.sessions.held.find(({ id }) => id === "hr")!;
  expect((await openSegment(segment, hr.privateKey)).ok).toBe(true);

  core.close();
  clock.pass(30_000);
  const again = await openCore(prefix, clock);
  expect(again.store.users.size).toBe(1);
  expect(await again.sessions.signIn({ passphrase: PASSPHRASE })).toMatchObject({ error: { kind: "session/wrong" } });
  expect(valueOf(await again.sessions.signIn({ passphrase: PASSPHRASE, code: codeFor(secret, clock.wallMs) })).owed).toEqual([]);
  expect(again.access.reaches(added.id)).toBe(true);
});

it("two tabs that sign in first at the same time make one user", async () => {
  const clock = new SetClock();
  const { core, prefix } = await oldSite(clock);
  const other = await openCore(prefix, clock);
  const both = await Promise.all([core.sessions.signIn({ passphrase: PASSPHRASE }), other.sessions.signIn({ passphrase: PASSPHRASE })]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  for (const one of [core, other]) {
    await one.store.exclusively(() => Promise.resolve());
    expect(one.store.users.size).toBe(1);
  }
});
