import { expose, transfer } from "comlink";
import type { SheetWorker } from "../../src/contracts/sheets.ts";
import { Workbook } from "./workbook.ts";

let workbook: Workbook | null = null;

function open(): Workbook {
  if (workbook === null) throw new Error("The workbook was not begun");
  return workbook;
}

expose({
  begin: (head) => {
    workbook = new Workbook(head);
    return Promise.resolve();
  },
  add: (rows) => {
    open().add(rows);
    return Promise.resolve();
  },
  finish: (totals) => {
    const { buffer } = open().finish(totals);
    workbook = null;
    return Promise.resolve(transfer(buffer, [buffer]));
  },
} satisfies SheetWorker);
