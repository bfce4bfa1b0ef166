import { backupDue, QUIET_BEFORE_BACKUP_MS } from "../../domain/backup/due.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Observable } from "../observable.ts";
import type { SiteBackups } from "./backups.ts";

/** How often it is looked whether a backup is due, milliseconds. */
const LOOK_EVERY_MS = 60_000;
/** After a failure the next try waits, milliseconds: a folder that is not there now may be later. */
const AFTER_FAILURE_MS = 60 * 60_000;

export interface DailyParts {
  readonly backups: Pick<SiteBackups, "makeDaily" | "refresh" | "status">;
  /** True while nobody uses the tablet. */
  readonly quiet: Observable<boolean>;
  readonly zone: () => string | null;
  readonly now: () => EpochMs;
  /** @returns how to take it back */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Writes one backup a day into the chosen folder, when the tablet has been left alone for a while. */
export class DailyBackup {
  readonly #parts: DailyParts;
  #quietSince: EpochMs | null = null;
  #notBefore = 0;
  #stop: () => void = () => undefined;

  constructor(parts: DailyParts) {
    this.#parts = parts;
  }

  start(): void {
    const { quiet, now } = this.#parts;
    const heard = (still: boolean): void => {
      this.#quietSince = still ? (this.#quietSince ?? now()) : null;
    };
    heard(quiet.value);
    quiet.subscribe(heard);
    this.#next();
  }

  close(): void {
    this.#stop();
  }

  /** Whether one would be written now. */
  get due(): boolean {
    const { backups, zone, now } = this.#parts;
    const { key, folder, last } = backups.status.value;
    const at = now();
    const where = zone();
    if (key === null || folder?.state !== "ready" || where === null || at < this.#notBefore) return false;
    return this.#quietSince !== null && at - this.#quietSince >= QUIET_BEFORE_BACKUP_MS && backupDue(at, last?.at ?? null, where);
  }

  #next(): void {
    this.#stop = this.#parts.after(LOOK_EVERY_MS, () => void this.#look().finally(() => this.#next()));
  }

  async #look(): Promise<void> {
    const { backups, now } = this.#parts;
    await backups.refresh();
    if (!this.due) return;
    const made = await backups.makeDaily();
    if (!made.ok) this.#notBefore = now() + AFTER_FAILURE_MS;
  }
}
