import * as v from "valibot";
import type { BackupDiary, DiaryPage } from "../../app/backup/ports.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { openBucket } from "../storage/bucket.ts";
import { Rows } from "./rows.ts";

const DATABASE = "clockface-backup";
const STORES = { items: [] } as const;

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const page = v.strictObject({
  last: v.nullable(v.strictObject({ name: v.string(), at: time, where: v.picklist(["folder", "download"]), kind: v.picklist(["daily", "device-move"]), people: count, entries: count, bytes: count })),
  firstAt: v.nullable(time),
  drill: v.nullable(v.strictObject({ at: time, passed: v.boolean() })),
});

const EMPTY: DiaryPage = { last: null, firstAt: null, drill: null };

/** What is kept of backups beside the log: when and where the last one was made, and the folder. Nothing secret. */
export class Shelf implements BackupDiary {
  #rows: Promise<Rows> | null = null;

  constructor(private readonly prefix: string) {}

  /** Lost or unreadable: as if there had been none. */
  async read(): Promise<DiaryPage> {
    const parsed = v.safeParse(page, await (await this.#open()).get("items", "diary"));
    return parsed.success ? parsed.output : EMPTY;
  }

  async write(content: DiaryPage): Promise<void> {
    await (await this.#open()).write([{ store: "items", key: "diary", value: content }]);
  }

  async folder(): Promise<unknown> {
    return (await this.#open()).get("items", "folder");
  }

  async keepFolder(handle: unknown): Promise<void> {
    const rows = await this.#open();
    await (handle === null ? rows.write([], [{ store: "items", key: "folder" }]) : rows.write([{ store: "items", key: "folder", value: handle }]));
  }

  #open(): Promise<Rows> {
    this.#rows ??= openBucket(`${this.prefix}backup`).then((home) => Rows.open(home, DATABASE, STORES));
    return this.#rows;
  }
}
