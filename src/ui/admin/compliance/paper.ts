import { msg, str } from "@lit/localize";

import type { Compliance } from "../../../app/api/compliance.ts";
import type { AccessFailure } from "../../../app/ports/access.ts";
import type { Result } from "../../../domain/result.ts";
import { saveFile } from "../audit/save-file.ts";
import { confirmed } from "../parts/confirm.ts";
import type { AdminElement } from "../parts/element.ts";
import { dateTime } from "../parts/format.ts";

export interface PaperSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** A document that is printed, or saved as a page that any browser opens. */
export interface PaperDocument {
  readonly title: string;
  /** Stands under the title: whose it is, which version. */
  readonly about: readonly string[];
  readonly sections: readonly PaperSection[];
}

const STYLE = `
  article { color: #000; background: #fff; font: 11pt/1.5 system-ui, sans-serif; max-width: 48em; margin: 0 auto; }
  h1 { font-size: 18pt; margin: 0 0 6pt; } h2 { font-size: 12.5pt; margin: 14pt 0 4pt; break-after: avoid; }
  p { margin: 0 0 4pt; white-space: pre-wrap; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; font-size: 9.5pt; } tr { break-inside: avoid; }
  th, td { border: 0.5pt solid #777; padding: 3pt 5pt; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
`;

const PRINT = new CSSStyleSheet();
PRINT.replaceSync(`
  @page { size: A4; margin: 16mm; }
  @media screen { .cf-compliance-paper { display: none; } }
  @media print { body > :not(.cf-compliance-paper) { display: none !important; } html, body { block-size: auto !important; overflow: visible !important; background: #fff !important; } }
`);

function element(name: string, ...content: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function row(cell: "th" | "td", values: readonly string[]): HTMLElement {
  return element("tr", ...values.map((value) => element(cell, value)));
}

function articleOf({ title, about, sections }: PaperDocument): HTMLElement {
  const article = element("article", element("h1", title), ...about.map((text) => element("p", text)));
  article.lang = document.documentElement.lang;
  for (const { heading, paragraphs, table } of sections) {
    article.append(element("h2", heading), ...paragraphs.map((text) => element("p", text)));
    if (table !== undefined) article.append(element("table", element("thead", row("th", table.head)), element("tbody", ...table.rows.map((values) => row("td", values)))));
  }
  return article;
}

function fileOf(paper: PaperDocument): Blob {
  const article = articleOf(paper);
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${element("title", paper.title).outerHTML}${element("style", STYLE).outerHTML}`;
  return new Blob([`<!doctype html><html lang="${article.lang}"><head>${head}</head><body>${article.outerHTML}</body></html>\n`], { type: "text/html" });
}

function print(paper: PaperDocument): void {
  const host = document.createElement("div");
  host.className = "cf-compliance-paper";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  root.append(articleOf(paper));
  document.adoptedStyleSheets.push(PRINT);
  document.body.append(host);
  window.addEventListener(
    "afterprint",
    () => {
      host.remove();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== PRINT);
    },
    { once: true },
  );
  window.print();
}

/** Whose document it is, and when it was taken from the tablet. */
export function aboutSite({ organisation, siteName, zone }: { readonly organisation: string; readonly siteName: string; readonly zone: string }): readonly string[] {
  return [`${organisation} · ${siteName}`, msg(str`As kept on this tablet on ${dateTime(Date.now(), zone)} (${zone})`, { id: "compliance.paper.as-of" })];
}

/** Hands a document out, once the entry that says so is written. Whoever does not confirm gets nothing. */
export async function handOut(host: AdminElement, what: Parameters<Compliance["exporting"]>[0], name: string, paper: PaperDocument, way: "print" | "file"): Promise<Result<void, AccessFailure>> {
  const file = fileOf(paper);
  const written = await confirmed(host, () => host.administration.compliance.exporting(what, file));
  if (!written.ok) return written;
  if (way === "print") print(paper);
  else saveFile(`${name}.html`, file);
  return written;
}
