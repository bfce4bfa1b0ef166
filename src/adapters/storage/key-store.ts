import type { EpochMs } from "../../domain/clock.ts";
import { createDeviceKey } from "../crypto/device-keys.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { createEpochKey, createRecordKey, epochKeyId } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import { epochsThere, sweepKeys } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import { withDevice } from "./device-database.ts";
import { DEVICE_RECORDS, INDEX } from "./key-ring.ts";
import { isBroken } from "./first-copy.ts";
import { openKeysDatabase } from "./keys-database.ts";
import type { FaceGuardRow, KeysDatabase, RecordKeyRow } from "./keys-database.ts";
import { copyKeys, openSecondKeys } from "./second-keys.ts";

/** The keys that the device boots with, nobody signed in. */
export interface DeviceKeys extends EpochKeys {
  /** Random id of this installation: bound into every envelope. */
  readonly tenant: string;
  readonly device: DeviceKey;
}

/** What is in force of an epoch. */
export interface EpochKeys {
  readonly epochKey: NamedKey;
  /** When the epoch began; 0 where it was not noted. */
  readonly since: EpochMs;
  /** What the epoch key wraps. */
  readonly vault: KeysDatabase;
  /** Set where faces wait for an administrator. */
  readonly guard: FaceGuard | null;
}

/** `key` is null while nobody has unlocked it. */
export interface FaceGuard {
  readonly row: FaceGuardRow;
  readonly key: NamedKey | null;
}

/** What wraps the face keys and seals the site's transform; null while an administrator is waited for. */
export function faceKeyOf({ guard, epochKey }: Pick<EpochKeys, "guard" | "epochKey">): NamedKey | null {
  return guard === null ? epochKey : guard.key;
}

/**
 * Null when there is no complete set: a new device, or one whose key stores were lost. What other epochs left is swept, once
 * the keys in force were found.
 *
 * A power cut can cost one of the databases that keys lie in. Where the epoch that the pointer names is not there, the
 * latest complete one is in force: a turn deletes the epoch before only when the next one is complete. Whose keys they are
 * is written beside each epoch's.
 */
export async function loadDeviceKeys(names: BucketNames): Promise<DeviceKeys | null> {
  const items = await onceMore(() => withDevice(names, (database) => database.items.toArray()));
  const identity = items.find((row) => row.id === "identity");
  const pointer = items.find((row) => row.id === "epoch");
  const there = await epochsThere(names);
  const named = pointer && there.includes(pointer.epoch) ? [pointer.epoch] : [];
  for (const epoch of [...named, ...there.filter((one) => one !== pointer?.epoch)]) {
    const keys = await onceMore(() => loadEpoch(names, epoch, pointer?.epoch === epoch ? pointer.sinceMs : undefined));
    const owner = keys === null ? undefined : ((await ownerIn(keys.vault)) ?? identity);
    if (keys === null || owner === undefined) {
      keys?.vault.close();
      continue;
    }
    const { tenant, device } = owner;
    if (!identity || pointer?.epoch !== epoch) {
      await withDevice(names, (database) => database.items.bulkPut([{ id: "identity", tenant, device }, { id: "epoch", epoch, sinceMs: keys.since }]));
    }
    await sweepKeys(names, epoch);
    return { tenant, device, ...keys };
  }
  return null;
}

/** A database that turns out broken while it is opened is put aside by the browser: the second time it is found empty. */
function onceMore<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (isBroken(error)) return work();
    throw error;
  });
}

async function loadEpoch(names: BucketNames, epoch: number, sinceMs: number | undefined): Promise<EpochKeys | null> {
  const vault = await openKeysDatabase(names, epoch);
  const row = (await epochKeyIn(vault)) ?? (await putBack(names, epoch, vault));
  if (row === null) {
    vault.close();
    return null;
  }
  const [guard, turn] = await vault.keys.bulkGet(["face-guard", "turn"]);
  const since = sinceMs ?? (turn?.id === "turn" ? turn.turn.at : 0);
  return { epochKey: { id: epochKeyId(epoch), epoch, key: row }, since: since as EpochMs, vault, guard: guard?.id === "face-guard" ? { row: guard, key: null } : null };
}

/** Out of the second copy, into an empty first one. */
async function putBack(names: BucketNames, epoch: number, vault: KeysDatabase): Promise<CryptoKey | null> {
  const second = await openSecondKeys(names, epoch);
  if (second === null) return null;
  try {
    await copyKeys(second, vault);
  } finally {
    second.close();
  }
  return epochKeyIn(vault);
}

async function epochKeyIn(vault: KeysDatabase): Promise<CryptoKey | null> {
  const row = await vault.keys.get("epoch-key");
  return row?.id === "epoch-key" ? row.key : null;
}

async function ownerIn(vault: KeysDatabase): Promise<Pick<DeviceKeys, "tenant" | "device"> | undefined> {
  const row = await vault.keys.get("device");
  return row?.id === "device" ? row : undefined;
}

/**
 * Makes the keys of a new device. The pointer to the epoch is written last: whatever an interruption leaves behind is
 * not taken for keys.
 *
 * @param tenant of the installation that is restored here; a new one when absent
 */
export async function createDeviceKeys(names: BucketNames, now: EpochMs, tenant: string = crypto.randomUUID()): Promise<DeviceKeys> {
  const epoch = 1;
  const device = await createDeviceKey();
  await sweepKeys(names, null);
  const keys = await createEpoch(names, epoch, now, { tenant, device });
  await withDevice(names, async (database) => {
    await database.items.bulkPut([{ id: "identity", tenant, device }, { id: "epoch", epoch, sinceMs: now }]);
  });
  return { tenant, device, ...keys };
}

async function createEpoch(names: BucketNames, epoch: number, now: EpochMs, { tenant, device }: Pick<DeviceKeys, "tenant" | "device">): Promise<EpochKeys> {
  const keys: EpochKeys = { epochKey: { id: epochKeyId(epoch), epoch, key: await createEpochKey() }, since: now, vault: await openKeysDatabase(names, epoch), guard: null };
  const rows: RecordKeyRow[] = [];
  for (const id of [DEVICE_RECORDS, INDEX]) rows.push({ id, born: epoch, envelope: (await createRecordKey(tenant, keys.epochKey, id)).wrapped });
  await keys.vault.transaction("rw", keys.vault.keys, keys.vault.recordKeys, async () => {
    await keys.vault.keys.bulkPut([{ id: "device", tenant, device }, { id: "epoch-key", key: keys.epochKey.key }]);
    await keys.vault.recordKeys.bulkPut(rows);
  });
  return keys;
}

/**
 * Gives a device that has stored nothing yet the id of the installation that is restored on it: a new epoch's keys under
 * that id, which the one strict write at the end puts in force. The device's own key stays. No bucket is made anew under
 * the name of one that was deleted: browsers do not bear being killed in the middle of that.
 */
export async function adoptTenant(names: BucketNames, now: EpochMs, tenant: string): Promise<void> {
  const items = await withDevice(names, (database) => database.items.toArray());
  const identity = items.find((row) => row.id === "identity");
  const pointer = items.find((row) => row.id === "epoch");
  if (!identity || !pointer) return;
  const epoch = pointer.epoch + 1;
  (await createEpoch(names, epoch, now, { tenant, device: identity.device })).vault.close();
  await withDevice(names, (database) => database.items.bulkPut([{ ...identity, tenant }, { id: "epoch", epoch, sinceMs: now }]));
}

/** Number of the epoch in force; null when there is none. */
export async function epochInForce(names: BucketNames): Promise<number | null> {
  const row = await withDevice(names, (database) => database.items.get("epoch"));
  return row?.id === "epoch" ? row.epoch : null;
}

/** From here on the other epoch is in force: one strict write. */
export async function moveEpochPointer(names: BucketNames, epoch: number, since: EpochMs): Promise<void> {
  await withDevice(names, (database) => database.items.put({ id: "epoch", epoch, sinceMs: since }));
}
