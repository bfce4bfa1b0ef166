import * as v from "valibot";
import type { BackupDiary, DiaryPage } from "../../app/backup/ports.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { Shelf } from "./shelf.ts";

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const page = v.strictObject({
  last: v.nullable(v.strictObject({ name: v.string(), at: time, where: v.picklist(["folder", "download"]), kind: v.picklist(["daily", "device-move"]), people: count, entries: count, bytes: count })),
  firstAt: v.nullable(time),
  drill: v.nullable(v.strictObject({ at: time, passed: v.boolean() })),
});

/** What is kept of backups beside the log: when and where the last one was made, and the folder. Nothing secret. */
export class BackupShelf extends Shelf<DiaryPage> implements BackupDiary {
  constructor(prefix: string) {
    super({ bucket: `${prefix}backup`, database: "clockface-backup", key: "diary", page, empty: { last: null, firstAt: null, drill: null } });
  }
}
