import type { LogSource } from "../../app/backup/ports.ts";
import { Pauses } from "../../app/pauses.ts";
import { ENTRIES_PER_FRAME } from "../../domain/backup/frames.ts";
import type { ExactEntry } from "../../domain/backup/frames.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import type { LogRow, PunchDatabase } from "../storage/database.ts";
import { openEntry } from "../storage/log-codec.ts";
import type { EntryKeys } from "../storage/key-ring.ts";

/** Entries that are opened at the same time: enough for WebCrypto's threads. */
const AT_ONCE = 16;

export interface OwnLogParts {
  readonly database: PunchDatabase;
  readonly ring: EntryKeys;
  readonly device: DeviceKey;
  /** Entries at this moment. */
  readonly length: number;
}

/** The tablet's own log. */
export async function ownLog({ database, ring, device, length }: OwnLogParts): Promise<LogSource> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", device.publicKey));
  const { log, checkpoints, cosignatures } = database;
  return {
    log: { device: device.deviceId, algorithm: device.algorithm, publicKey, upToSeq: length },
    checkpoints: () => checkpoints.where("size").belowOrEqual(length).toArray(),
    coSignatures: async () => (await cosignatures.toArray()).filter(({ size }) => size <= length),
    entries: async function* () {
      const pauses = new Pauses();
      for (let first = 1; first <= length; first += ENTRIES_PER_FRAME) {
        const rows = await log.where("seq").between(first, Math.min(first + ENTRIES_PER_FRAME, length + 1), true, false).toArray();
        if (rows.length !== Math.min(ENTRIES_PER_FRAME, length + 1 - first)) throw new Error("entries are missing");
        const entries: ExactEntry[] = [];
        for (let start = 0; start < rows.length; start += AT_ONCE) {
          await pauses.ifDue();
          entries.push(...(await Promise.all(rows.slice(start, start + AT_ONCE).map((row) => exactEntry(ring, row)))));
        }
        yield entries;
      }
    },
    leafAt: async (seq) => {
      const row = await log.get(seq);
      if (!row) return null;
      if (row.leaf) return row.leaf;
      const opened = await openEntry(ring, row);
      return opened.ok ? opened.value.entry.leaf : null;
    },
  };
}

async function exactEntry(ring: EntryKeys, row: LogRow): Promise<ExactEntry> {
  const opened = await openEntry(ring, row);
  if (!opened.ok) throw new Error(opened.error.kind);
  const { entry, headerBytes, salt, bodyBytes } = opened.value;
  return [headerBytes, salt, bodyBytes, entry.subject];
}
