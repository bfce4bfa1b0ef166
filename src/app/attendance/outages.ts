import type { OutageSpell } from "../../domain/attendance/engine/types.ts";
import { addDays, dayNumber } from "../../domain/attendance/rules/days.ts";
import { localDay } from "../../domain/attendance/rules/local-time.ts";
import type { Day } from "../../domain/attendance/rules/types.ts";
import type { Outages } from "../api/attendance.ts";
import type { History } from "../backup/ports.ts";
import type { Access } from "../ports/access.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { Store } from "../ports/store.ts";
import { uniteLogs } from "../records/unite-logs.ts";
import { outageMarksOf, outageSpells } from "./outage-marks.ts";

/** An outage that began so long before the first day is still found, days. */
const LOOK_BACK_DAYS = 31;

export interface OutagesDependencies {
  readonly store: Pick<Store, "entries" | "settings" | "now">;
  readonly history: Pick<History, "entries">;
  readonly others: Pick<OtherDevices, "entries">;
  readonly access: Access;
}

/** When tablets could not record faces, or nothing at all. About devices and nobody. */
export class SiteOutages implements Outages {
  constructor(private readonly dependencies: OutagesDependencies) {}

  async list(from: Day, to: Day): Promise<readonly OutageSpell[]> {
    const { store, history, others, access } = this.dependencies;
    if (!access.check("attendance.read").ok && !access.check("device.read").ok) return [];
    const { ring } = access;
    if (ring === null) return [];
    const zone = store.settings?.zone ?? "UTC";
    const first = dayNumber(addDays(from, -LOOK_BACK_DAYS));
    const last = dayNumber(addDays(to, 1));
    const [own, earlier, foreign] = await Promise.all([store.entries(first, last), history.entries(first, last, ring), others.entries(first, last, ring)]);
    const [fromMs, toMs] = [localDay(from, zone).startMs, localDay(to, zone).endMs];
    const now = store.now().wallMs;
    const siteId = store.settings?.siteId ?? "";
    return outageSpells([own, ...uniteLogs([...earlier, ...foreign])].map((log) => outageMarksOf(log, siteId)))
      .filter((spell) => spell.fromMs < toMs && (spell.toMs ?? now) >= fromMs)
      .sort((one, other) => other.fromMs - one.fromMs);
  }
}
