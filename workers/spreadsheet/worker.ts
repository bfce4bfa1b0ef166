import { expose } from "comlink";
import type { SpreadsheetWorker } from "../../src/contracts/spreadsheet.ts";
import { readWorkbook } from "./read-workbook.ts";

expose({ read: (file) => readWorkbook(new Uint8Array(file)) } satisfies SpreadsheetWorker);
