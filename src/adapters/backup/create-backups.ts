import { SiteBackups } from "../../app/backup/backups.ts";
import type { BackupFolder } from "../../app/backup/ports.ts";
import type { Reading } from "../../app/backup/read.ts";
import type { Access } from "../../app/ports/access.ts";
import type { Clock } from "../../domain/clock.ts";
import { isSignedCheckpoint } from "../../domain/log/statements.ts";
import { signatureVerifier } from "../crypto/verify-signature.ts";
import type { Core } from "../storage/core.ts";
import { parseAdministrator, parseSettings } from "../storage/stored-settings.ts";
import { AgeContainer } from "./container.ts";
import { BackupShelf } from "./diary.ts";
import { ChosenFolder } from "./folder.ts";
import { StoreTargets, targetOf } from "./targets.ts";

export interface CreateBackupsOptions {
  readonly core: Core;
  readonly access: Pick<Access, "check">;
  readonly clock: Clock;
  readonly version: string;
  readonly reload: () => void;
  /** Another set of stores, for tests. */
  readonly prefix?: string;
  /** Another folder than the browser's picker gives, for tests. */
  readonly folder?: BackupFolder;
}

/** How a file is read and checked. */
export function readingOf(container: AgeContainer): Reading {
  const verify = signatureVerifier();
  return {
    container,
    shapes: { settings: parseSettings, keeper: parseAdministrator },
    isSigned: (checkpoint, publicKey) => isSignedCheckpoint(verify, checkpoint, publicKey),
  };
}

/** Backups of a tablet, put together. `start` goes on with what was interrupted. */
export function createBackups({ core, access, clock, version, reload, prefix = "", folder }: CreateBackupsOptions): SiteBackups {
  const container = new AgeContainer();
  const shelf = new BackupShelf(prefix);
  return new SiteBackups({
    live: targetOf(core, prefix),
    targets: new StoreTargets({ core, clock, version, prefix }),
    access,
    container,
    reading: readingOf(container),
    folder: folder ?? new ChosenFolder(shelf),
    diary: shelf,
    reload,
  });
}
