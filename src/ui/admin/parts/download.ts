import Papa from "papaparse";

/** Excel reads UTF-8 only with this mark in front. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Rows as CSV that a spreadsheet opens as it stands: UTF-8 with its mark, and no cell that would run as a formula. */
export function toCsv(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + Papa.unparse({ fields: [...heading], data: rows.map((row) => [...row]) }, { escapeFormulae: true, newline: "\r\n" });
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string, type = "text/csv;charset=utf-8"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the blob by the next turn of the loop.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
