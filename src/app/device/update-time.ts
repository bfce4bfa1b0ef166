import { isBusyTime, LOOK_BACK_DAYS, WAIT_AT_MOST_MS } from "../../domain/device/quiet-time.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Store } from "../ports/store.ts";

const DAY_MS = 86_400_000;

/**
 * Whether an update may be taken at this time: not when people usually come, unless it has waited for days.
 *
 * @param since when it began to wait
 */
export async function mayUpdate(store: Pick<Store, "now" | "entries">, since: EpochMs): Promise<boolean> {
  const { wallMs } = store.now();
  if (wallMs - since > WAIT_AT_MOST_MS) return true;
  const today = Math.floor(wallMs / DAY_MS);
  try {
    const entries = await store.entries(today - LOOK_BACK_DAYS - 1, today);
    return !isBusyTime(entries.filter(({ header }) => header.type === "punch").map(({ header }) => header.wallMs), wallMs);
  } catch {
    return true;
  }
}

/** Keeps what became of an update in the log, once there is a site. */
export async function noteUpdate(store: Pick<Store, "settings" | "exclusively" | "commit">, version: string, phase: "activated" | "refused" | "rolled-back", reason?: string): Promise<void> {
  if (store.settings === null) return;
  const body = { phase, version, ...(reason === undefined ? {} : { reason }) };
  // A log that cannot be written now says so elsewhere; the update itself is not held up by it.
  await store.exclusively(() => store.commit({ entries: [{ type: "update", subject: null, body }] })).catch(() => undefined);
}
