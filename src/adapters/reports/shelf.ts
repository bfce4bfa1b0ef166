import * as v from "valibot";
import type { ReportDiary, ReportFolder, ReportPage } from "../../app/reports/ports.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { REPORT_KINDS } from "../../domain/reports/kinds.ts";
import { ChosenFolder } from "../backup/folder.ts";
import { Shelf } from "../backup/shelf.ts";

const page = v.strictObject({
  plan: v.nullable(v.strictObject({ every: v.picklist(["day", "week", "month"]), kinds: v.array(v.picklist(REPORT_KINDS)), format: v.picklist(["xlsx", "csv"]), style: v.picklist(["h:mm", "decimal"]) })),
  last: v.nullable(v.strictObject({ through: v.string(), at: v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs)), files: v.array(v.string()) })),
});

/** Which reports go where, and when they last did. Nothing about people, and nothing secret. */
export class ReportShelf extends Shelf<ReportPage> implements ReportDiary {
  constructor(prefix: string) {
    super({ bucket: `${prefix}reports`, database: "clockface-reports", key: "plan", page, empty: { plan: null, last: null } });
  }
}

/** The folder for reports, chosen apart from that of backups: the browser remembers a place for each. */
export function reportFolder(shelf: ReportShelf): ReportFolder {
  const { showDirectoryPicker } = globalThis as { readonly showDirectoryPicker?: (options: object) => Promise<FileSystemDirectoryHandle> };
  const picker = showDirectoryPicker?.bind(globalThis);
  return new ChosenFolder(shelf, picker === undefined ? undefined : (options) => picker({ ...options, id: "clockface-reports" }));
}
