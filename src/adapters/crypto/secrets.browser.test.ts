import { afterAll, expect, it } from "vitest";
import type { EpochMs } from "../../domain/clock.ts";
import type { UserId } from "../../domain/people/access.ts";
import { ok } from "../../domain/result.ts";
import { SecretsClient } from "./secrets-client.ts";
import { Argon2Secrets } from "./secrets.ts";
import { StoredUserKeys } from "./users.ts";

const client = new SecretsClient();
afterAll(() => client.close());

const PASSPHRASE = "seven brass clocks on a wall";

it("a passphrase is locked with 64 MiB and three passes or more in the worker, and opens with nothing else", async () => {
  const keys = new StoredUserKeys(client, "t-1");
  const made = await keys.create({ id: crypto.randomUUID() as UserId, name: "Keeper", passphrase: PASSPHRASE, temporary: false, addedAt: 0 as EpochMs });
  if (!made.ok) throw new Error(made.error.kind);
  const { record, opened } = made.value;
  const [unlock] = record.unlocks;
  expect(unlock).toMatchObject({ kind: "passphrase", cost: { memoryKiB: 65_536, lanes: 1 } });
  expect(unlock?.kind === "passphrase" ? unlock.cost.passes : 0).toBeGreaterThanOrEqual(3);
  expect(await keys.openWithPassphrase(record, PASSPHRASE)).toMatchObject({ ok: true, value: { opened } });
  expect(await keys.openWithPassphrase(record, `${PASSPHRASE}.`)).toEqual(ok(null));
});

it("a passphrase that was locked too cheaply is locked anew when it is shown", async () => {
  let tookMs = 600;
  let nowMs = 0;
  const cheap = { derive: (...given: Parameters<SecretsClient["derive"]>) => client.derive(given[0], given[1], { memoryKiB: 64, passes: 1, lanes: 1 }).finally(() => (nowMs += tookMs)) };
  const keys = new StoredUserKeys(cheap, "t-1", () => nowMs);
  const made = await keys.create({ id: crypto.randomUUID() as UserId, name: "Keeper", passphrase: PASSPHRASE, temporary: false, addedAt: 0 as EpochMs });
  if (!made.ok) throw new Error(made.error.kind);
  expect(made.value.record.unlocks[0]).toMatchObject({ cost: { passes: 3 } });
  expect(await keys.openWithPassphrase(made.value.record, PASSPHRASE)).toMatchObject({ value: { dearer: null } });
  // The same store on a machine that is six times as fast.
  tookMs = 100;
  const later = await keys.openWithPassphrase(made.value.record, PASSPHRASE);
  expect(later).toMatchObject({ value: { dearer: { kind: "passphrase", cost: { passes: 24 }, temporary: false } } });
  const { dearer } = later.ok && later.value ? later.value : { dearer: null };
  expect(await keys.openWithPassphrase({ ...made.value.record, unlocks: dearer ? [dearer] : [] }, PASSPHRASE)).toMatchObject({ value: { opened: made.value.opened } });
});

it("a PIN matches its own hash alone", async () => {
  const secrets = new Argon2Secrets(client, "t-1");
  const hash = await secrets.hashPin("482916");
  if (!hash.ok) throw new Error(hash.error.kind);
  expect(await secrets.pinMatches("482916", hash.value)).toEqual(ok(true));
  expect(await secrets.pinMatches("482917", hash.value)).toEqual(ok(false));
  expect(await secrets.pinMatches("482916", null)).toEqual(ok(false));
});
