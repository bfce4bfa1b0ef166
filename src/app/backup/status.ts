import { backupOverdue, drillDue, keyRenewalDue } from "../../domain/backup/due.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { BackupStatus } from "../api/backup.ts";
import type { DiaryPage } from "./ports.ts";

export interface StatusFacts {
  readonly settings: SiteSettings | null;
  readonly page: DiaryPage;
  readonly folder: BackupStatus["folder"];
  readonly folderSupported: boolean;
  readonly now: EpochMs;
  /** What is going on and what last failed stays as it is. */
  readonly before: BackupStatus;
}

export function statusOf({ settings, page, folder, folderSupported, now, before }: StatusFacts): BackupStatus {
  const key = settings?.backup ?? null;
  return {
    key: key && { ...key, renew: keyRenewalDue(now, key.madeAt) },
    folder,
    folderSupported,
    last: page.last,
    overdue: key !== null && backupOverdue(now, page.last?.at ?? null, key.madeAt),
    drill: { last: page.drill, due: drillDue(now, page.drill?.at ?? null, page.firstAt) },
    working: before.working,
    failed: before.failed,
  };
}

/** How many things wait for somebody. */
export function toDoOf({ key, folder, overdue, drill }: BackupStatus): number {
  const waiting = [key === null || key.renew, overdue, folder !== null && folder.state !== "ready", drill.due];
  return waiting.filter(Boolean).length;
}
