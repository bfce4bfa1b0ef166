import * as v from "valibot";
import type { ReportDiary, ReportFolder, ReportPage } from "../../app/reports/ports.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { REPORT_KINDS } from "../../domain/reports/kinds.ts";
import { ChosenFolder } from "../backup/folder.ts";
import { Rows } from "../backup/rows.ts";
import { openBucket } from "../storage/bucket.ts";

const DATABASE = "clockface-reports";
const STORES = { items: [] } as const;

const page = v.strictObject({
  plan: v.nullable(v.strictObject({ every: v.picklist(["day", "week", "month"]), kinds: v.array(v.picklist(REPORT_KINDS)), format: v.picklist(["xlsx", "csv"]), style: v.picklist(["h:mm", "decimal"]) })),
  last: v.nullable(v.strictObject({ through: v.string(), at: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)), files: v.array(v.string()) })),
});

const EMPTY: ReportPage = { plan: null, last: null };

/** Which reports go where, and when they last did. Nothing about people, and nothing secret. */
export class ReportShelf implements ReportDiary {
  #rows: Promise<Rows> | null = null;

  constructor(private readonly prefix: string) {}

  /** Lost or unreadable: as if there had been none. */
  async read(): Promise<ReportPage> {
    const parsed = v.safeParse(page, await (await this.#open()).get("items", "plan"));
    return parsed.success ? parsed.output : EMPTY;
  }

  async write(content: ReportPage): Promise<void> {
    await (await this.#open()).write([{ store: "items", key: "plan", value: content }]);
  }

  async folder(): Promise<unknown> {
    return (await this.#open()).get("items", "folder");
  }

  async keepFolder(handle: unknown): Promise<void> {
    const rows = await this.#open();
    await (handle === null ? rows.write([], [{ store: "items", key: "folder" }]) : rows.write([{ store: "items", key: "folder", value: handle }]));
  }

  #open(): Promise<Rows> {
    this.#rows ??= openBucket(`${this.prefix}reports`).then((home) => Rows.open(home, DATABASE, STORES));
    return this.#rows;
  }
}

/** The folder for reports, chosen apart from that of backups: the browser remembers a place for each. */
export function reportFolder(shelf: ReportShelf): ReportFolder {
  const { showDirectoryPicker } = globalThis as { readonly showDirectoryPicker?: (options: object) => Promise<FileSystemDirectoryHandle> };
  const picker = showDirectoryPicker?.bind(globalThis);
  return new ChosenFolder(shelf, picker === undefined ? undefined : (options) => picker({ ...options, id: "clockface-reports" }));
}
