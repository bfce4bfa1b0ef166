import { msg } from "@lit/localize";
import { html, render } from "lit";

import { dayHeading } from "./words.ts";
import type { RosterRow } from "./cells.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";

/** More than that is nothing for a wall. */
export const PRINTED_PEOPLE_AT_MOST = 1_000;

const PAGE = new CSSStyleSheet();
PAGE.replaceSync(`
  @page { size: A4 landscape; margin: 10mm; }
  @media screen { .cf-roster { display: none; } }
  @media print {
    body > :not(.cf-roster) { display: none !important; }
    html, body { block-size: auto !important; overflow: visible !important; background: #fff !important; }
    .cf-roster { color: #000; font: 8.5pt/1.3 system-ui, sans-serif; }
    .cf-roster h1 { font-size: 13pt; margin: 0 0 6pt; }
    .cf-roster table { inline-size: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
    .cf-roster thead { display: table-header-group; }
    .cf-roster tr { break-inside: avoid; }
    .cf-roster th, .cf-roster td { padding: 2pt 3pt; border: 0.4pt solid #888; text-align: center; }
    .cf-roster th:first-child, .cf-roster td:first-child { text-align: start; }
  }
`);

/** Prints every row: the page itself holds only those that are in sight. */
export function printRoster(title: string, rows: readonly RosterRow[], days: readonly Day[]): void {
  const sheet = document.createElement("div");
  sheet.className = "cf-roster";
  const shifts = new Map(rows.flatMap((row) => row.days.flatMap((day) => day.shifts.map(({ shift }) => [shift.id, shift] as const))));
  render(
    html`<h1>${title}</h1>
      <table>
        <thead><tr><th>${msg("Name", { id: "admin.field.name" })}</th>${days.map((day) => html`<th>${dayHeading(day)}</th>`)}</tr></thead>
        <tbody>${rows.slice(0, PRINTED_PEOPLE_AT_MOST).map((row) => html`<tr><td>${row.person.name}</td>${row.days.map((day) => html`<td>${day.shifts.map(({ shift }) => shift.short).join(" ")}</td>`)}</tr>`)}</tbody>
      </table>
      <p>${[...shifts.values()].map(({ short, name }) => `${short}: ${name}`).join(" · ")}</p>`,
    sheet,
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, PAGE];
  document.body.append(sheet);
  const done = (): void => {
    sheet.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== PAGE);
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
