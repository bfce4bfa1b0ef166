import { msg } from "@lit/localize";

import type { BackupFailure, BackupStatus, DrillOutcome, RestoreFailure } from "../../../app/api/backup.ts";
import type { Failure } from "../../../domain/errors.ts";
import { otherFailure } from "../parts/words.ts";

type Known = BackupFailure["kind"] | RestoreFailure["kind"] | NonNullable<DrillOutcome["failure"]>["kind"];

const WORDS: Readonly<Partial<Record<Known, () => string>>> = {
  "access/not-allowed": () => msg("Your role does not allow this.", { id: "admin.backup.not-allowed" }),
  "access/not-signed-in": () => msg("You were signed out. Sign in and do it again.", { id: "admin.backup.signed-out" }),
  "access/confirm-needed": () => msg("Nothing was done: it needs your second factor.", { id: "admin.backup.factor" }),
  "backup/no-key": () => msg("Make the backup key first.", { id: "admin.backup.no-key" }),
  "backup/wrong-ending": () => msg("These are not the key's last six characters. Look at what you have put away.", { id: "admin.backup.wrong-ending" }),
  "backup/busy": () => msg("Another backup or restore is going on. Wait until it is done.", { id: "admin.backup.busy" }),
  "backup/read-failed": () => msg("Something on this tablet could not be read, so no backup was made. Look at Storage on the device page.", { id: "admin.backup.read-failed" }),
  "backup/store-failed": () => msg("The tablet could not store it. Free some space and try again.", { id: "admin.backup.store-failed" }),
  "backup/folder-refused": () => msg("The browser does not allow writing to the folder. Allow it again.", { id: "admin.backup.folder-refused" }),
  "backup/folder-gone": () => msg("The folder is not there. Plug the drive in, or choose another folder.", { id: "admin.backup.folder-gone" }),
  "backup/folder-failed": () => msg("The file could not be written to the folder: it may be full or broken.", { id: "admin.backup.folder-failed" }),
  "backup/folder-unsupported": () => msg("This browser cannot write to a folder. Download a backup instead.", { id: "admin.backup.folder-unsupported" }),
  "backup/empty": () => msg("This file is empty. Choose another backup.", { id: "admin.backup.empty" }),
  "backup/not-a-backup": () => msg("This is not a backup of Clockface. Its name ends in .age and begins with clockface.", { id: "admin.backup.not-a-backup" }),
  "backup/bad-identity": () => msg("This is not a backup key. It begins with AGE-SECRET-KEY-1; check every character.", { id: "admin.backup.bad-identity" }),
  "backup/wrong-key": () => msg("This key does not open this backup: it was made for another one. Look for the key of its year.", { id: "admin.backup.wrong-key" }),
  "backup/truncated": () => msg("This file is damaged or was cut short. Copy it again, or take an earlier backup.", { id: "admin.backup.truncated" }),
  "backup/too-large": () => msg("This file becomes far too large when it is opened, so it was not taken.", { id: "admin.backup.too-large" }),
  "backup/newer-format": () => msg("A newer version of Clockface made this backup. Update this tablet first.", { id: "admin.backup.newer" }),
  "backup/malformed": () => msg("This backup does not hold what it should. Take an earlier one.", { id: "admin.backup.malformed" }),
  "backup/hash-wrong": () => msg("This backup's content is not the one that was written. Take an earlier one.", { id: "admin.backup.hash" }),
  "backup/chain-broken": () => msg("The log in this backup was changed or has gaps. Keep the file, and take an earlier backup.", { id: "admin.backup.chain" }),
  "backup/checkpoint-broken": () => msg("The log in this backup is not the one that the tablet signed. Keep the file, and take an earlier backup.", { id: "admin.backup.checkpoint" }),
  "backup/other-site": () => msg("This backup belongs to another site.", { id: "admin.backup.other-site" }),
  "backup/expired": () => msg("This device-move backup is older than seven days. Make a new one, or restore a daily backup and enrol the faces again.", { id: "admin.backup.expired" }),
  "backup/changed-meanwhile": () => msg("Something has changed since the file was looked at. Look at it again.", { id: "admin.backup.changed" }),
  "backup/number-conflicts": () => msg("Some employee numbers belong to somebody else here. Give one of the two another number first.", { id: "admin.backup.conflicts" }),
  "backup/not-empty": () => msg("This tablet is set up already. Sign in to restore.", { id: "admin.backup.not-empty" }),
  "backup/no-file": () => msg("There is no backup of this tablet in the folder. Choose a file.", { id: "admin.backup.no-file" }),
  "backup/scratch-differs": () => msg("What came back is not what is on the tablet. Make a new backup and try that one; if it stays, tell whoever looks after the tablets.", { id: "admin.backup.differs" }),
};

/** A failure as a sentence; nothing was changed, whichever it is. */
export function backupFailureWord(failure: Failure): string {
  return WORDS[failure.kind as Known]?.() ?? otherFailure(failure);
}

export function workingWord(what: NonNullable<BackupStatus["working"]>["what"]): string {
  switch (what) {
    case "backup":
      return msg("Making the backup", { id: "admin.backup.working" });
    case "reading":
      return msg("Reading and checking the file", { id: "admin.backup.reading" });
    case "restoring":
      return msg("Restoring. Leave the tablet on.", { id: "admin.backup.restoring" });
    case "drill":
      return msg("Trying the restore", { id: "admin.backup.drilling" });
    case "history":
      return msg("Taking in the earlier records", { id: "admin.backup.history" });
  }
}
