import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { ReportChart } from "../../../domain/reports/chart.ts";
import { hoursText, type HourStyle } from "../../../domain/reports/hours.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";

const COLOURS = ["--cf-accent", "--cf-care", "--cf-good", "--cf-ink-quiet", "--cf-edge"];

/** A picture of a report's numbers, with the numbers themselves underneath. */
@customElement("cf-report-chart")
export class ReportChartElement extends LitElement {
  static override readonly styles = [
    base,
    css`
      .picture {
        position: relative;
        block-size: 260px;
      }

      details {
        margin-block-start: var(--cf-space-2);
      }

      summary {
        min-block-size: 44px;
        padding-block: 10px;
        color: var(--cf-accent);
        cursor: pointer;
      }

      .frame {
        max-block-size: 280px;
        overflow: auto;
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius-small);
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: 14px;
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 6px 12px;
        border-block-end: 1px solid var(--cf-line);
        text-align: end;
      }

      th:first-child {
        text-align: start;
      }

      thead th {
        position: sticky;
        inset-block-start: 0;
        background: var(--cf-sunken);
      }
    `,
  ];

  @property({ attribute: false }) chart: ReportChart | null = null;
  @property() label = "";
  @property() hours: HourStyle = "h:mm";
  @state() private failed = false;
  @query("canvas") private canvas?: HTMLCanvasElement | null;
  #erase: (() => void) | null = null;
  #drawing = 0;
  readonly #theme = new MutationObserver(() => void this.draw());

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#theme.disconnect();
    this.#erase?.();
    this.#erase = null;
  }

  protected override updated(changed: PropertyValues): void {
    if (!(changed.size === 1 && changed.has("failed"))) void this.draw();
  }

  private async draw(): Promise<void> {
    const { chart } = this;
    const turn = ++this.#drawing;
    if (chart === null) return;
    try {
      const { draw } = await import("./draw.ts");
      if (turn !== this.#drawing || !this.isConnected || !this.canvas) return;
      this.#erase?.();
      const style = getComputedStyle(this);
      const colour = (name: string): string => colourOf(this, name);
      const words = reportWords();
      this.#erase = draw(
        this.canvas,
        chart,
        { colours: COLOURS.map(colour), ink: colour("--cf-ink-quiet"), line: colour("--cf-line"), font: style.fontFamily, still: matchMedia("(prefers-reduced-motion: reduce)").matches },
        { series: chart.series.map(({ column }) => words.columns[column] ?? column), value: (value) => this.value(value), unit: this.unit(chart) },
      );
      this.failed = false;
    } catch {
      // The numbers are underneath: a picture that cannot be loaded takes nothing away.
      this.failed = true;
    }
  }

  /** What the axis counts; of one series its name, which no legend says. */
  private unit({ unit, series }: ReportChart): string {
    const [only, another] = series;
    const words = unit === "minutes" ? msg("Hours", { id: "report.chart.hours" }) : msg("How often", { id: "report.chart.times" });
    return only === undefined || another !== undefined ? words : `${reportWords().columns[only.column] ?? only.column} · ${words}`;
  }

  private value(value: number): string {
    return this.chart?.unit === "minutes" ? hoursText(Math.round(value), this.hours) : count(value);
  }

  override render(): TemplateResult | typeof nothing {
    const { chart } = this;
    if (chart === null) return nothing;
    const words = reportWords();
    return html`<div class="picture" ?hidden=${this.failed}><canvas role="img" aria-label=${this.label}></canvas></div>
      <details ?open=${this.failed}>
        <summary>${msg("The numbers of this picture", { id: "report.chart.numbers" })}</summary>
        <div class="frame" tabindex="0" role="region" aria-label=${this.label}>
          <table>
            <thead>
              <tr>
                <th scope="col"><span class="visually-hidden">${this.label}</span></th>
                ${chart.series.map(({ column }) => html`<th scope="col">${words.columns[column] ?? column}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${chart.labels.map((label, at) => html`<tr><th scope="row">${label === "" ? "–" : label}</th>${chart.series.map(({ values }) => html`<td>${this.value(values[at] ?? 0)}</td>`)}</tr>`)}
            </tbody>
          </table>
        </div>
      </details>`;
  }
}

/** A token as a colour that a canvas takes: `light-dark()` is worked out by the browser. */
function colourOf(host: HTMLElement, name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  host.shadowRoot?.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-report-chart": ReportChartElement;
  }
}
