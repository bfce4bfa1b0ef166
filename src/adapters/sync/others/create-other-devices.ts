import type { BringOtherDevices, OtherDevices } from "../../../app/ports/other-devices.ts";
import type { Outbox } from "../../../app/ports/outbox.ts";
import type { Clock } from "../../../domain/clock.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { signHeartbeat } from "../../crypto/heartbeats.ts";
import type { Core } from "../../storage/core.ts";
import { withLock } from "../../storage/locks.ts";
import { readTokenClaims } from "../pairing-text.ts";
import type { PairingText } from "../pairing-text.ts";
import type { Fetch } from "../push.ts";
import { Bring } from "./bring.ts";
import { BucketShelf } from "./bucket-shelf.ts";
import { Intake } from "./intake.ts";

/** As the hub writes it into the token of a tablet that may read. */
const READER_ROLE = "read:segments";
/** How often the hub is asked while HR is signed in, milliseconds. */
const ASK_EVERY_MS = 5 * 60_000;
const HASH_BYTES = 32;

export interface CreateOtherDevicesOptions {
  readonly core: Core;
  readonly clock: Pick<Clock, "wall">;
  readonly outbox: Pick<Outbox, "seal">;
  readonly pairing: () => Promise<PairingText | null>;
  readonly fetch: Fetch;
  readonly every: (intervalMs: number, run: () => void) => () => void;
  /** Another set of stores, for tests. */
  readonly prefix?: string;
}

export interface OtherDevicesParts {
  readonly devices: OtherDevices;
  readonly bring: BringOtherDevices;
  /** For pushes that have nothing to say. */
  readonly heartbeat: () => Promise<string>;
  /** Asks the hub when HR signs in, and now and then while they are there. */
  start(): void;
  close(): void;
}

/** Records of the site's other tablets, put together. */
export function createOtherDevices({ core, clock, outbox, pairing, fetch, every, prefix = "" }: CreateOtherDevicesOptions): OtherDevicesParts {
  const { store, database, sessions, access } = core;
  const shelf = new BucketShelf(prefix, store.ring);
  const now = (): EpochMs => Math.round(clock.wall()) as EpochMs;
  const intake = new Intake({ shelf, own: store.deviceId, siteId: () => store.settings?.siteId ?? null, now });
  const keys = (): readonly Uint8Array[] => sessions.held.filter(({ id }) => id === "hr").map(({ privateKey }) => privateKey);
  const heartbeat = async (): Promise<string> => {
    // Before the end is read: whatever is recorded later is later than it.
    const wallMs = now();
    const head = await database.meta.get("head");
    return signHeartbeat(store.keys.device, { wallMs, ...(head?.key === "head" ? { upToSeq: head.seq, leaf: head.leaf } : { upToSeq: 0, leaf: new Uint8Array(HASH_BYTES) }) });
  };
  const bring = new Bring({
    shelf,
    intake,
    access,
    keys,
    own: store.deviceId,
    pairing,
    fetch,
    ownSegments: async () => {
      await outbox.seal();
      const rows = await database.segments.orderBy("firstSeq").toArray();
      return rows.map(({ _id, kind, c }) => ({ _id, kind, c }));
    },
    heartbeat,
    alone: (work) => withLock(`clockface-${prefix}others`, work),
  });
  const stops: (() => void)[] = [];
  const ask = async (): Promise<void> => {
    if (keys().length === 0) return;
    const hub = await pairing();
    if (hub !== null && readTokenClaims(hub.token)?.roles.includes(READER_ROLE) === true) await bring.fromHub();
  };
  // What fails is tried again at the next turn.
  const asked = (): void => void ask().catch(() => undefined);
  return {
    devices: shelf,
    bring,
    heartbeat,
    start: () => stops.push(sessions.current.subscribe(asked), every(ASK_EVERY_MS, asked)),
    close: () => {
      for (const stop of stops.splice(0)) stop();
      shelf.close();
    },
  };
}
