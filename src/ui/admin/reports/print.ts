import { msg, str } from "@lit/localize";
import { css, html, render, type CSSResult } from "lit";

import type { Report } from "../../../app/api/reports.ts";
import type { HourStyle } from "../../../domain/reports/hours.ts";
import { columnName } from "../../../domain/reports/words.ts";
import { reportName, reportWords } from "../../i18n/report-words.ts";
import { count, dateTime } from "../parts/format.ts";
import { cellWriter, isNumber } from "./cell-text.ts";

/** More than that is for a file: some 130 pages. */
export const PRINTED_ROWS_AT_MOST = 5_000;

/** From here on a table is set in small print, columns. */
const WIDE_COLUMNS = 14;

const PAGE = new CSSStyleSheet();
PAGE.replaceSync(`@page { size: A4 landscape; margin: 12mm; } @media print { body > :not(.cf-paper) { display: none !important; } html, body { block-size: auto !important; overflow: visible !important; background: #fff !important; } } @media screen { .cf-paper { display: none; } }`);

const SHEET: CSSResult = css`
  :host {
    display: block;
    color: #000;
    background: #fff;
    font-family: var(--cf-font);
    font-size: 8.5pt;
    line-height: 1.3;
  }

  /* As many columns as there may be stay on the page. */
  :host(.wide) {
    font-size: 6pt;
  }

  :host(.wide) :is(th, td) {
    padding: 1pt 2pt;
  }

  :host(.wide) th {
    font-size: 5pt;
    overflow-wrap: break-word;
  }

  h1 {
    margin: 0;
    font-size: 14pt;
  }

  p {
    margin: 2pt 0 8pt;
  }

  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  thead {
    display: table-header-group;
  }

  tr {
    break-inside: avoid;
  }

  th,
  td {
    padding: 2pt 4pt;
    border: 0.4pt solid #888;
    text-align: start;
    vertical-align: top;
  }

  .number {
    text-align: end;
  }

  thead th,
  .total > * {
    background: #eee;
    font-weight: 700;
  }
`;

/**
 * Puts a report on paper: A4 landscape, with its site, days and as-of line, the head on each page and the totals at the end.
 * It is beside the page while it is printed, since what is in a list on the screen is a part of it alone.
 *
 * @param order places of rows as they are on the screen
 * @returns takes it away again
 */
export function putOnPaper({ table, site, query, asOf, open }: Report, order: Iterable<number>, style: HourStyle): () => void {
  const words = reportWords();
  const write = cellWriter(table, { words, style, zone: site.zone });
  const rows = [...order].slice(0, PRINTED_ROWS_AT_MOST).map((index) => table.rows[index] ?? []);
  const left = table.rows.length - rows.length;
  const paper = document.createElement("div");
  paper.className = table.columns.length > WIDE_COLUMNS ? "cf-paper wide" : "cf-paper";
  const root = paper.attachShadow({ mode: "open" });
  if (SHEET.styleSheet) root.adoptedStyleSheets = [SHEET.styleSheet];
  render(
    html`<h1>${reportName(query.kind)} · ${site.name}</h1>
      <p>
        ${site.organisation} · ${query.from} – ${query.to}${query.department === undefined ? "" : ` · ${query.department}`} · ${msg(str`As of ${dateTime(asOf.at, site.zone)}, entry ${count(asOf.seq)} of the log.`, { id: "report.as-of" })}
        ${open === 0 ? "" : msg(str`Days not settled: ${count(open)}.`, { id: "report.open-days" })} ${left === 0 ? "" : msg(str`${count(left)} more rows are not printed: take a file instead.`, { id: "report.print.left" })}
      </p>
      <table>
        <thead>
          <tr>
            ${table.columns.map((column) => html`<th class=${isNumber(column) ? "number" : ""}>${columnName(column, words)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${table.columns.map((column, at) => html`<td class=${isNumber(column) ? "number" : ""}>${write(row[at] ?? null, column, row)}</td>`)}</tr>`)}
          ${table.totals.some((cell) => cell !== null)
            ? html`<tr class="total">${table.columns.map((column, at) => html`<td class=${isNumber(column) ? "number" : ""}>${at === 0 ? words.total : write(table.totals[at] ?? null, column, [])}</td>`)}</tr>`
            : ""}
        </tbody>
      </table>`,
    root,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, PAGE];
  document.body.append(paper);
  return () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== PAGE);
  };
}
