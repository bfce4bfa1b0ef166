import type { SiteBackups } from "../../../app/backup/backups.ts";
import type { Access, Actor } from "../../../app/ports/access.ts";
import type { UserId } from "../../../domain/people/access.ts";
import { ok } from "../../../domain/result.ts";
import type { Core } from "../../storage/core.ts";
import { freshPrefix, openCore, setUpCore, valueOf } from "../../storage/testing/harness.ts";
import type { SetClock } from "../../storage/testing/harness.ts";
import { createBackups } from "../create-backups.ts";
import { MemoryFolder } from "./memory-folder.ts";

const ACTOR: Actor = { userId: "0b6f3a52-6b0e-4f07-9a54-2f5d3f0f7a11" as UserId, name: "Keeper", grants: [] };
/** Who may do what is tried elsewhere. */
export const ALLOWED: Pick<Access, "check"> = { check: () => ok(ACTOR) };

export interface BackupTablet {
  readonly core: Core;
  readonly prefix: string;
  readonly backups: SiteBackups;
  readonly folder: MemoryFolder;
  readonly reloads: () => number;
}

export function withBackups(core: Core, prefix: string, clock: SetClock, access: Pick<Access, "check"> = ALLOWED): BackupTablet {
  const folder = new MemoryFolder();
  let reloads = 0;
  return { core, prefix, folder, reloads: () => reloads, backups: createBackups({ core, access, clock, version: "test", prefix, folder, reload: () => reloads++ }) };
}

export async function tabletThatIsSetUp(clock: SetClock): Promise<BackupTablet> {
  const { core, prefix } = await setUpCore(clock);
  return withBackups(core, prefix, clock);
}

export async function emptyTablet(clock: SetClock): Promise<BackupTablet> {
  const prefix = freshPrefix();
  return withBackups(await openCore(prefix, clock), prefix, clock);
}

/** Makes a backup key; gives its identity. */
export async function keyFor({ backups }: BackupTablet): Promise<string> {
  const offer = valueOf(await backups.offerKey());
  valueOf(await backups.keepKey(offer, offer.identity.slice(-6).toLowerCase()));
  return offer.identity;
}
