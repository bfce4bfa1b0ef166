import { releaseProxy, transfer, wrap } from "comlink";
import type { ReadSpreadsheet } from "../../app/ports/spreadsheets.ts";
import type { SpreadsheetWorker } from "../../contracts/spreadsheet.ts";
import { failure } from "../../domain/errors.ts";
import { err } from "../../domain/result.ts";

/** A workbook that takes longer is none that a roster would be in, milliseconds. */
const ENDS_AFTER_MS = 30_000;

/** Reads a workbook in a worker of its own, which ends with it: what a file does there stays there. */
export const readSpreadsheet: ReadSpreadsheet = async (file) => {
  const worker = new Worker(new URL("../../../workers/spreadsheet/worker.ts", import.meta.url), { type: "module", name: "spreadsheet" });
  const remote = wrap<SpreadsheetWorker>(worker);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const given: ReturnType<ReadSpreadsheet> = new Promise((resolve) => {
    timer = setTimeout(() => resolve(err(failure("roster/not-xlsx", "too slow"))), ENDS_AFTER_MS);
    worker.onerror = () => resolve(err(failure("roster/not-xlsx", "worker")));
  });
  try {
    return await Promise.race([remote.read(transfer(file, [file])), given]);
  } finally {
    clearTimeout(timer);
    remote[releaseProxy]();
    worker.terminate();
  }
};
