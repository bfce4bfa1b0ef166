import { releaseProxy, wrap } from "comlink";
import type { SheetWriter } from "../../app/reports/ports.ts";
import type { SheetWorker } from "../../contracts/sheets.ts";

const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A workbook in a worker of its own, which ends with it. What fails there rejects here. */
export function sheetWriter(): SheetWriter {
  const worker = new Worker(new URL("../../../workers/sheets/worker.ts", import.meta.url), { type: "module", name: "sheets" });
  const remote = wrap<SheetWorker>(worker);
  const broken = new Promise<never>((_, reject) => {
    worker.onerror = () => reject(new Error("The worker could not be started"));
  });
  broken.catch(() => undefined);
  return {
    begin: (head) => Promise.race([remote.begin(head), broken]),
    add: (rows) => Promise.race([remote.add(rows), broken]),
    finish: async (totals) => new Blob([await Promise.race([remote.finish(totals), broken])], { type: TYPE }),
    close: () => {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
