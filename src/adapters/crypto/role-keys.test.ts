import { beforeAll, describe, expect, it } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { UserRecord } from "../../domain/people/users.ts";
import { ok } from "../../domain/result.ts";
import type { OpenedUser } from "../../app/ports/user-keys.ts";
import { StoredRoleKeys } from "./role-keys.ts";
import { StoredUserKeys } from "./users.ts";

const worker = { derive: async (secret: string, salt: Uint8Array) => ok(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array([...salt, ...new TextEncoder().encode(secret)])))) };
const TENANT = "t-1";
const roleKeys = new StoredRoleKeys(TENANT);
const userKeys = new StoredUserKeys(worker, TENANT);

interface Somebody {
  readonly record: UserRecord;
  readonly opened: OpenedUser;
}

async function somebody(): Promise<Somebody> {
  const made = await userKeys.create({ id: crypto.randomUUID() as UserId, name: "Somebody", passphrase: "seven brass clocks", temporary: false, addedAt: 0 as EpochMs });
  if (!made.ok) throw new Error(made.error.kind);
  return made.value;
}

let ann: Somebody, bob: Somebody, cid: Somebody;
beforeAll(async () => {
  [ann, bob, cid] = await Promise.all([somebody(), somebody(), somebody()]);
});

const versions = async (record: Parameters<StoredRoleKeys["open"]>[0], { opened }: Somebody): Promise<readonly number[]> => (await roleKeys.open(record, opened)).map(({ version }) => version).sort();

describe("a role's key", () => {
  it("opens for its members and nobody else, and not under another role's name or in another place", async () => {
    const record = await roleKeys.create("hr", [ann.record, bob.record]);
    const [one] = await roleKeys.open(record, ann.opened);
    expect(one?.privateKey).toHaveLength(32);
    expect(await roleKeys.open(record, bob.opened)).toEqual([one]);
    expect(await roleKeys.open(record, cid.opened)).toEqual([]);
    expect(await versions({ ...record, id: "auditor" }, ann)).toEqual([]);
    expect(await versions({ ...record, version: 2 }, ann)).toEqual([]);
    expect(await new StoredRoleKeys("t-2").open(record, ann.opened)).toEqual([]);
    // Bob's own seal with Ann's name on it.
    expect(await versions({ ...record, members: record.members.map((member) => ({ ...member, user: ann.record.id })).slice(1) }, ann)).toEqual([]);
  });

  it("is given on as it is by who holds it", async () => {
    const record = await roleKeys.create("hr", [ann.record]);
    const more = await roleKeys.withMember(record, await roleKeys.open(record, ann.opened), cid.record);
    expect(await roleKeys.open(more, cid.opened)).toEqual(await roleKeys.open(record, ann.opened));
    await expect(roleKeys.withMember(record, [], cid.record)).rejects.toThrow("not held");
  });

  it("has a next version without whoever left, and with what the earlier ones open", async () => {
    const first = await roleKeys.create("hr", [ann.record, bob.record]);
    const second = await roleKeys.next(first, [ann.record], await roleKeys.open(first, ann.opened));
    const third = await roleKeys.next(second, [ann.record, cid.record], await roleKeys.open(second, ann.opened));
    expect(await versions(third, ann)).toEqual([1, 2, 3]);
    expect(await versions(third, cid)).toEqual([1, 2, 3]);
    expect(await versions(third, bob)).toEqual([]);
    expect((await roleKeys.open(third, ann.opened)).find(({ version }) => version === 1)).toEqual((await roleKeys.open(first, ann.opened))[0]);
  });

  it("keeps what nobody could pass on for those who stay, until one of them does", async () => {
    const first = await roleKeys.create("hr", [ann.record, bob.record, cid.record]);
    const second = await roleKeys.next(first, [ann.record, bob.record], []);
    const third = await roleKeys.next(second, [ann.record], []);
    expect(third.unchained?.map(({ version, members }) => [version, members.length])).toEqual([[1, 1], [2, 1]]);
    expect(await versions(third, ann)).toEqual([1, 2, 3]);
    expect(await versions(third, bob)).toEqual([]);
    expect(await roleKeys.chained(third, [])).toBeNull();
    const chained = await roleKeys.chained(third, await roleKeys.open(third, ann.opened));
    expect(chained).toMatchObject({ version: 3, earlier: [{ version: 2 }, { version: 1 }] });
    expect(chained).not.toHaveProperty("unchained");
    const given = await roleKeys.withMember(chained!, await roleKeys.open(chained!, ann.opened), cid.record);
    expect(await versions(given, cid)).toEqual([1, 2, 3]);
  });

  it("leaves nothing behind where everything is wrapped anew", async () => {
    const first = await roleKeys.create("auditor", [ann.record]);
    expect(await roleKeys.next(first, [bob.record], await roleKeys.open(first, ann.opened))).toMatchObject({ version: 2, earlier: [] });
  });
});

describe("a user's key", () => {
  it("opens with the passphrase, a passkey's secret and the recovery key, and with nothing else", async () => {
    const { record, opened } = ann;
    const prf = crypto.getRandomValues(new Uint8Array(32));
    const credentialId = crypto.getRandomValues(new Uint8Array(16));
    const passkey = await userKeys.lockWithPasskey(opened, { credentialId, label: "Phone", prfSalt: crypto.getRandomValues(new Uint8Array(32)), addedAt: 0 as EpochMs }, prf);
    const recovery = await userKeys.lockWithRecoveryKey(opened);
    const user: UserRecord = { ...record, unlocks: [...record.unlocks, passkey, recovery.unlock] };
    const byPassphrase = await userKeys.openWithPassphrase(user, "seven brass clocks");
    expect(byPassphrase).toMatchObject({ ok: true, value: { opened } });
    expect(await userKeys.openWithPassphrase(user, "seven brass clock")).toEqual(ok(null));
    expect(await userKeys.openWithPassphrase(null, "seven brass clocks")).toEqual(ok(null));
    expect(await userKeys.openWithPasskey(user, credentialId, prf)).toEqual(opened);
    expect(await userKeys.openWithPasskey(user, credentialId, new Uint8Array(32))).toBeNull();
    expect(await userKeys.openWithPasskey(user, new Uint8Array(16), prf)).toBeNull();
    expect(await userKeys.openWithRecoveryKey(user, recovery.text)).toEqual(opened);
    expect(await userKeys.openWithRecoveryKey(user, recovery.text.replace(/^./, (symbol) => (symbol === "0" ? "1" : "0")))).toBeNull();
    // Everything of one user, under another's name.
    expect(await userKeys.openWithRecoveryKey({ ...user, id: bob.record.id }, recovery.text)).toBeNull();
    const envelope = await userKeys.sealTotp(opened, new Uint8Array(20));
    expect(await userKeys.openTotp(opened, envelope)).toEqual(new Uint8Array(20));
    expect(await userKeys.openTotp(bob.opened, envelope)).toBeNull();
  });
});
