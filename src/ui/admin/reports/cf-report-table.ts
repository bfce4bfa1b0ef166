import "@lit-labs/virtualizer";
import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { HourStyle } from "../../../domain/reports/hours.ts";
import { columnAt, type ColumnKind, type ReportColumn, type ReportTable } from "../../../domain/reports/table.ts";
import { codeWords, columnName } from "../../../domain/reports/words.ts";
import { locale } from "../../i18n/localize.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { base } from "../parts/styles.ts";
import { ifThere } from "../parts/table.ts";
import { cellWriter, isNumber, type CellWriter } from "./cell-text.ts";
import { orderBy } from "./sort.ts";

const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 136, word: 128, words: 220, day: 108, time: 108, minutes: 104, count: 104, days: 104, decimal: 104 };
/** On a phone. */
const SMALL_WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 104, word: 104, words: 200, day: 104, time: 84, minutes: 84, count: 84, days: 84, decimal: 84 };
/** What is longer is cut, and stands whole in its title. */
const WIDEST = 232;
/** On a phone the name stays in sight beside everything else. */
const SMALL_NAME_WIDEST = 136;

/**
 * A report's table: rows are in the document while they are in view, the head and the totals always.
 *
 * @event cf-sort - `detail`: the column's id and whether the greatest comes first.
 */
@customElement("cf-report-table")
export class ReportTableElement extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }

      .scroll {
        flex: 1 1 auto;
        min-block-size: 200px;
        overflow: auto;
        overscroll-behavior: contain;
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius-small);
        background: var(--cf-raised);
      }

      .whole {
        min-inline-size: var(--whole);
      }

      .line {
        display: grid;
        grid-template-columns: var(--columns);
        align-items: center;
        inline-size: 100%;
        block-size: 40px;
        border-block-end: 1px solid var(--cf-line);
      }

      .line > * {
        padding-inline: 12px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .line > .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }

      .line > .first {
        position: sticky;
        inset-inline-start: 0;
        z-index: 1;
        display: flex;
        align-items: center;
        block-size: 100%;
        background: var(--cf-raised);
      }

      .body .line:hover > * {
        background: var(--cf-accent-ground);
      }

      .top,
      .end {
        position: sticky;
        inset-block: 0 auto;
        z-index: 2;
      }

      .end {
        inset-block: auto 0;
      }

      .names,
      .totals {
        block-size: auto;
        min-block-size: 48px;
        background: var(--cf-sunken);
        font-weight: 650;
      }

      .names {
        font-size: 14px;
        line-height: 1.25;
      }

      .names > *,
      .names > .first,
      .totals > .first {
        background: var(--cf-sunken);
      }

      .totals {
        border-block: 0;
        border-block-start: 1px solid var(--cf-edge);
      }

      .names button {
        display: inline-flex;
        align-items: center;
        justify-content: inherit;
        gap: 4px;
        inline-size: 100%;
        min-block-size: 48px;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-align: inherit;
        white-space: normal;
        cursor: pointer;
      }

      .names .number button {
        justify-content: flex-end;
      }

      /* The name stays in sight; there is no room for more. */
      @media (max-width: 700px) {
        .line > * {
          padding-inline: 8px;
        }

        .line > .first {
          position: static;
        }

        .line > .held {
          position: sticky;
          inset-inline-start: 0;
          z-index: 1;
          block-size: 100%;
          align-content: center;
          background: var(--cf-raised);
        }

        .names > .held,
        .totals > .held {
          background: var(--cf-sunken);
        }
      }
    `,
  ];

  @property({ attribute: false }) table: ReportTable | null = null;
  @property() label = "";
  @property() zone = "UTC";
  @property() hours: HourStyle = "h:mm";
  /** Id of a column; empty for the order in which the rows were made. */
  @property() sort = "";
  @property({ type: Boolean }) descending = false;

  @state() private order: number[] = [];
  #write: CellWriter = () => "";
  readonly #small = matchMedia("(max-width: 700px)");
  private readonly resized = (): void => this.measure();

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#small.addEventListener("change", this.resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#small.removeEventListener("change", this.resized);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { table } = this;
    if (table === null) return;
    if (changed.has("table") || changed.has("sort") || changed.has("descending")) this.order = Array.from(orderBy(table, columnAt(table, this.sort), this.descending, locale.value));
    this.#write = cellWriter(table, { words: reportWords(), style: this.hours, zone: this.zone });
  }

  protected override updated(changed: PropertyValues): void {
    // Nothing has changed where the language has.
    if (changed.has("table") || changed.size === 0) this.measure();
  }

  private measure(): void {
    const { table } = this;
    if (table === null) return;
    const small = this.#small.matches;
    const kinds = small ? SMALL_WIDTHS : WIDTHS;
    const whole = columnAt(table, "at") >= 0;
    const pen = document.createElement("canvas").getContext("2d");
    if (pen !== null) pen.font = getComputedStyle(this).font;
    const least = ({ id, kind }: ReportColumn): number => (id === "times" ? 320 : id === "number" ? (small ? 80 : 104) : kind === "time" && whole ? 184 : kinds[kind]);
    const width = (column: ReportColumn, at: number): number => {
      const floor = least(column);
      if ((column.kind !== "text" && column.kind !== "word") || floor > WIDEST) return floor;
      const text = Math.ceil(pen?.measureText(longest(table, column, at)).width ?? 0) + (small ? 16 : 24);
      return Math.max(floor, Math.min(text, small && column.id === "name" ? SMALL_NAME_WIDEST : WIDEST));
    };
    const wide = table.columns.map(width);
    // Not as an attribute: the page's policy has no room for styles in the document.
    this.style.setProperty("--whole", `${wide.reduce((sum, each) => sum + each, 0)}px`);
    this.style.setProperty("--columns", table.columns.map(({ kind }, at) => `minmax(${wide[at] ?? 0}px, ${kind === "words" || kind === "text" ? 2 : 1}fr)`).join(" "));
  }

  private readonly row = ifThere(
    (index: number): TemplateResult => {
      const { columns = [], rows = [] } = this.table ?? {};
      const row = rows[index] ?? [];
      return html`<div class="line" role="row" aria-rowindex=${index + 2}>
        ${columns.map((column, at) => {
          const text = this.#write(row[at] ?? null, column, row);
          return html`<span role="cell" class=${cellClass(at, column)} title=${text.length > 18 ? text : nothing}>${text}</span>`;
        })}
      </div>`;
    },
    () => html`<div class="line"></div>`,
  );

  private choose(id: string): void {
    const again = this.sort === id;
    const detail = again && this.descending ? { id: "", descending: false } : { id, descending: again };
    this.dispatchEvent(new CustomEvent("cf-sort", { detail }));
  }

  override render(): TemplateResult | typeof nothing {
    const { table } = this;
    if (table === null) return nothing;
    const words = reportWords();
    const summed = table.totals.some((cell) => cell !== null);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
      <div class="whole" role="table" aria-label=${this.label} aria-rowcount=${table.rows.length + 1}>
        <div role="rowgroup" class="top">
          <div class="line names" role="row" aria-rowindex="1">
            ${table.columns.map((column, at) => {
              const sorted = this.sort === column.id;
              const name = columnName(column, words);
              return html`<span role="columnheader" class=${cellClass(at, column)} aria-sort=${sorted ? (this.descending ? "descending" : "ascending") : "none"}>
                <button type="button" title=${msg(str`Sort by ${name}`, { id: "report.sort" })} @click=${() => this.choose(column.id)}>${name}${sorted ? html`<wa-icon name=${this.descending ? "arrow-down" : "arrow-up"}></wa-icon>` : nothing}</button>
              </span>`;
            })}
          </div>
        </div>
        <lit-virtualizer class="body" role="rowgroup" .items=${this.order} .renderItem=${this.row}></lit-virtualizer>
        ${summed
          ? html`<div role="rowgroup" class="end">
              <div class="line totals" role="row">
                ${table.columns.map((column, at) => html`<span role="cell" class=${cellClass(at, column)}>${at === 0 ? words.total : this.#write(table.totals[at] ?? null, column, [])}</span>`)}
              </div>
            </div>`
          : nothing}
      </div>
    </div>`;
  }
}

/** The cell of a column with the most characters, as it is shown. */
function longest({ rows }: ReportTable, column: ReportColumn, at: number): string {
  const words = reportWords();
  // A code is in many rows, and there are few codes.
  const codes = new Set<string>();
  let text = "";
  for (const row of rows) {
    const cell = row[at];
    if (typeof cell !== "string" || codes.has(cell)) continue;
    if (column.of !== undefined) codes.add(cell);
    const shown = codeWords(column, cell, words);
    if (breadth(shown) > breadth(text)) text = shown;
  }
  return text;
}

/** Characters, those of Chinese twice. */
const breadth = (text: string): number => text.length + (text.match(/[\u2e80-\uffef]/g)?.length ?? 0);

const cellClass = (at: number, column: ReportColumn): string => `${at === 0 ? "first" : ""} ${column.id === "name" ? "held" : ""} ${isNumber(column) ? "number" : ""}`;

declare global {
  interface HTMLElementTagNameMap {
    "cf-report-table": ReportTableElement;
  }
}
