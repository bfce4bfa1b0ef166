import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { Progress } from "../../../app/api/attendance.ts";
import { REPORT_DAYS_AT_MOST, type Report, type ReportFailure, type ReportFormat } from "../../../app/api/reports.ts";
import { dayNumber, isDay } from "../../../domain/attendance/rules/days.ts";
import { chartOf, type ReportChart } from "../../../domain/reports/chart.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { REPORT_KINDS } from "../../../domain/reports/kinds.ts";
import { lastPeriod } from "../../../domain/reports/period.ts";
import { columnAt } from "../../../domain/reports/table.ts";
import { reportMeaning, reportName } from "../../i18n/report-words.ts";
import { locale } from "../../i18n/localize.ts";
import { Allowed } from "../parts/allowed.ts";
import "../parts/cf-person-picker.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime, day } from "../parts/format.ts";
import { giveFile } from "../backup/give-file.ts";
import { base } from "../parts/styles.ts";
import { tableStyles } from "../parts/table.ts";
import { keepInAddress, paths } from "../route.ts";
import "./cf-report-chart.ts";
import "./cf-report-schedule.ts";
import "./cf-report-table.ts";
import { addressOf, readReportChoice, type ReportChoice } from "./choice.ts";
import { putOnPaper } from "./print.ts";
import { orderBy } from "./sort.ts";
import { reportPageStyles } from "./styles.ts";

/** Shown when it takes longer than a blink, milliseconds. */
const PROGRESS_AFTER_MS = 300;

/** Reports: which, over which days, of whom; the table, its picture, and the files. */
@customElement("cf-reports")
export class ReportsElement extends AdminElement {
  static override styles = [base, tableStyles, reportPageStyles];

  @state() private choice: ReportChoice;
  @state() private report: Report | null = null;
  @state() private failure: ReportFailure | null = null;
  @state() private progress: (Progress & { readonly what: "report" | "file" }) | null = null;
  @state() private filtersOpen = false;
  @state() private scheduling = false;
  /** Where there is room for it beside the table. */
  @state() private pictured = innerHeight >= 900;
  @query("cf-report-schedule") private schedule?: HTMLElement | null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly rows = new Follow(this, () => this.administration.people.rows);
  @state() private stale = false;
  readonly #allowed = new Allowed(this);
  #making: AbortController | null = null;
  #chart: { readonly report: Report; readonly chart: ReportChart | null } | null = null;
  #paper: (() => void) | null = null;
  /** Set while it may be put on paper. */
  #printed: Report | null = null;

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.attendance.days.revision,
      () => (this.stale = true),
    );
    this.choice = readReportChoice(location.search, day(Date.now(), "UTC"));
  }

  private readonly moved = (): void => {
    if (location.pathname !== paths.reports) return;
    this.choice = readReportChoice(location.search, this.today);
    void this.make();
  };

  /** The whole report goes on paper by the button alone, which leaves its entry; the browser's own command prints what is on the screen. */
  private readonly beforePrint = (): void => {
    const report = this.#printed;
    this.#paper?.();
    this.#paper = report === null ? null : putOnPaper(report, orderBy(report.table, columnAt(report.table, this.choice.sort), this.choice.descending, locale.value), this.choice.style);
  };

  private readonly afterPrint = (): void => {
    this.#paper?.();
    this.#paper = null;
    this.#printed = null;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
    window.addEventListener("beforeprint", this.beforePrint);
    window.addEventListener("afterprint", this.afterPrint);
    this.choice = readReportChoice(location.search, this.today);
    void this.make();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
    window.removeEventListener("beforeprint", this.beforePrint);
    window.removeEventListener("afterprint", this.afterPrint);
    this.afterPrint();
    this.#making?.abort();
  }

  private get today(): string {
    return day(Date.now(), this.settings.value?.zone ?? "UTC");
  }

  private change(part: Partial<ReportChoice>): void {
    const before = this.choice;
    const kept = part.kind === undefined || part.kind === before.kind ? {} : { sort: "", descending: false };
    this.choice = { ...before, ...kept, ...part };
    keepInAddress(addressOf(this.choice));
    const { kind, from, to, department, person } = this.choice;
    if (kind !== before.kind || from !== before.from || to !== before.to || department !== before.department || person !== before.person) void this.make();
  }

  private async make(): Promise<void> {
    this.#making?.abort();
    const making = new AbortController();
    this.#making = making;
    const { kind, from, to, department, person } = this.choice;
    const since = performance.now();
    const told = (progress: Progress): void => {
      if (this.#making === making && performance.now() - since > PROGRESS_AFTER_MS) this.progress = { ...progress, what: "report" };
    };
    const slow = setTimeout(() => told({ done: 0, total: 0 }), PROGRESS_AFTER_MS + 10);
    const made = await this.administration.reports.make({ kind, from, to, ...(department === "" ? {} : { department }), ...(person === null ? {} : { personId: person }) }, told, making.signal);
    clearTimeout(slow);
    if (this.#making !== making) return;
    this.#making = null;
    this.progress = null;
    this.failure = made.ok ? null : made.error;
    this.report = made.ok ? made.value : null;
    this.stale = false;
  }

  private cancel(): void {
    this.#making?.abort();
  }

  private async take(format: ReportFormat): Promise<void> {
    const { report } = this;
    if (report === null || this.#making !== null) return;
    const making = new AbortController();
    this.#making = making;
    this.failure = null;
    const given = await confirmed(this, () => this.administration.reports.export(report, format, this.choice.style, (progress) => (this.progress = { ...progress, what: "file" }), making.signal));
    this.#making = null;
    this.progress = null;
    if (given.ok) giveFile(given.value.name, given.value.file);
    else this.failure = given.error;
  }

  private async print(): Promise<void> {
    const { report } = this;
    if (report === null) return;
    this.failure = null;
    const traced = await confirmed(this, () => this.administration.traces.exporting(`report/${report.query.kind}/print`, report.people, new Blob([JSON.stringify(report.table)])));
    if (!traced.ok) {
      this.failure = traced.error;
      return;
    }
    this.#printed = report;
    window.print();
  }

  private get chart(): ReportChart | null {
    const { report } = this;
    if (report === null) return null;
    if (this.#chart?.report !== report) this.#chart = { report, chart: chartOf(report.query.kind, report.table) };
    return this.#chart.chart;
  }

  override render(): TemplateResult {
    const { report } = this;
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("Reports", { id: "admin.nav.reports" })}</h1>
        ${this.#allowed.has("records.export") ? this.files() : nothing}
      </div>
      ${this.filters()}
      <p class="small quiet">${reportMeaning(this.choice.kind)}</p>
      ${failed(this.failure)} ${this.working()}
      ${this.scheduling ? html`<cf-report-schedule .administration=${this.administration} @cf-close=${() => (this.scheduling = false)}></cf-report-schedule>` : nothing}
      ${report === null ? (this.progress === null && this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing) : this.shown(report)}
    </div>`;
  }

  private files(): TemplateResult {
    const none = this.report === null || this.report.table.rows.length === 0;
    const button = (icon: string, words: string, run: () => void): TemplateResult =>
      html`<wa-button size="s" appearance="outlined" ?disabled=${none} @click=${run}><wa-icon slot="start" name=${icon}></wa-icon>${words}</wa-button>`;
    return html`<div class="row files">
      ${button("download", "XLSX", () => void this.take("xlsx"))} ${button("download", "CSV", () => void this.take("csv"))}
      ${this.report?.attlog ? button("download", "attlog.dat", () => void this.take("attlog")) : nothing} ${button("file", msg("Print", { id: "report.print" }), () => void this.print())}
      <wa-button size="s" appearance="plain" aria-expanded=${this.scheduling ? "true" : "false"} @click=${() => this.toggleSchedule()}><wa-icon slot="start" name="clock"></wa-icon>${msg("Write by itself", { id: "report.schedule" })}</wa-button>
    </div>`;
  }

  private toggleSchedule(): void {
    this.scheduling = !this.scheduling;
    if (this.scheduling) void this.updateComplete.then(() => this.schedule?.scrollIntoView({ block: "nearest" }));
  }

  private filters(): TemplateResult {
    const { choice } = this;
    const date = (id: "from" | "to", label: string): TemplateResult =>
      html`<div class="extra date">
        <label class="native-label small" for=${id}>${label}</label>
        <input id=${id} class="native" type="date" .value=${choice[id]} @change=${(event: Event) => this.changeDay(id, (event.target as HTMLInputElement).value)} />
      </div>`;
    const departments = [...new Set((this.rows.value ?? []).map(({ person }) => person.department))].filter((name) => name !== "").sort();
    const select = (id: string, label: string, css: string, options: readonly (readonly [string, string])[], chosen: string, onChoose: (value: string) => void): TemplateResult =>
      html`<div class=${css}>
        <label class="native-label small" for=${id}>${label}</label>
        <select id=${id} class="native" @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
          ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
        </select>
      </div>`;
    return html`<div class="filters ${this.filtersOpen ? "open" : ""}" role="search">
      ${select("report", msg("Report", { id: "report.which" }), "wide", REPORT_KINDS.map((kind) => [kind, reportName(kind)] as const), choice.kind, (kind) => this.change({ kind: kind as ReportChoice["kind"] }))}
      <wa-button class="toggle" size="s" appearance="outlined" aria-expanded=${this.filtersOpen ? "true" : "false"} @click=${() => (this.filtersOpen = !this.filtersOpen)}
        ><wa-icon slot="start" name="sliders"></wa-icon>${msg("Filters", { id: "admin.filters" })}</wa-button
      >
      ${select("period", msg("Days", { id: "report.about.range" }), "extra period", this.periods(), this.period(), (value) => this.choosePeriod(value))} ${date("from", msg("From day", { id: "admin.punch.from" }))} ${date("to", msg("To day", { id: "admin.punch.to" }))}
      ${departments.length < 2 ? nothing : select("department", msg("Department", { id: "report.column.department" }), "extra", [["", msg("All", { id: "admin.all" })], ...departments.map((name) => [name, name] as const)], choice.department, (department) => this.change({ department }))}
      <cf-person-picker class="extra" .administration=${this.administration} .picked=${choice.person} @cf-pick=${(event: CustomEvent<{ readonly id: PersonId | null }>) => this.change({ person: event.detail.id })}></cf-person-picker>
      ${select(
        "hours",
        msg("Hours", { id: "report.hours" }),
        "extra",
        [
          ["h:mm", "8:30"],
          ["decimal", "8.50"],
        ],
        choice.style,
        (style) => this.change({ style: style === "decimal" ? "decimal" : "h:mm" }),
      )}
    </div>`;
  }

  private periods(): readonly (readonly [string, string])[] {
    return [
      ["this-month", msg("This month", { id: "report.period.this-month" })],
      ["last-month", msg("Last month", { id: "report.period.last-month" })],
      ["last-week", msg("Last week", { id: "report.period.last-week" })],
      ["own", msg("Own days", { id: "report.period.own" })],
    ];
  }

  private rangeOf(period: string): { readonly from: string; readonly to: string } | null {
    const { today } = this;
    if (period === "this-month") return { from: `${today.slice(0, 7)}-01`, to: today };
    if (period === "last-month") return lastPeriod("month", today);
    return period === "last-week" ? lastPeriod("week", today) : null;
  }

  private period(): string {
    const { from, to } = this.choice;
    return ["this-month", "last-month", "last-week"].find((period) => this.rangeOf(period)?.from === from && this.rangeOf(period)?.to === to) ?? "own";
  }

  private choosePeriod(period: string): void {
    const range = this.rangeOf(period);
    if (range !== null) this.change(range);
  }

  private changeDay(id: "from" | "to", value: string): void {
    if (!isDay(value)) return;
    const from = id === "from" ? value : this.choice.from;
    const to = id === "to" ? value : this.choice.to;
    // A range that ends before it begins becomes one day.
    this.change(from <= to ? { from, to } : { from: value, to: value });
  }

  private working(): TemplateResult | typeof nothing {
    const { progress } = this;
    if (progress === null) return nothing;
    const label = progress.what === "report" ? msg("Working out the days", { id: "report.making" }) : msg("Writing the file", { id: "report.writing" });
    return html`<div class="row progress" role="status">
      <span>${label}</span>
      <wa-progress-bar class="grow" label=${label} .value=${progress.total === 0 ? 0 : Math.round((100 * progress.done) / progress.total)} ?indeterminate=${progress.total === 0}></wa-progress-bar>
      <wa-button size="s" appearance="outlined" @click=${() => this.cancel()}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
    </div>`;
  }

  private shown(report: Report): TemplateResult {
    const { table, site, asOf, open, query: of } = report;
    if (table.rows.length === 0) {
      return html`<div class="empty">
        <h2>${msg("Nothing in these days", { id: "report.empty" })}</h2>
        <p>
          ${dayNumber(of.to) - dayNumber(of.from) > REPORT_DAYS_AT_MOST || of.kind === "exceptions" || of.kind === "overtime"
            ? msg("There is nothing of this kind in the days that you chose. Choose other days, or take the filters away.", { id: "report.empty.kind" })
            : msg("Choose other days, or take the filters away. Days appear here once there are rules and people.", { id: "report.empty.todo" })}
        </p>
      </div>`;
    }
    const label = reportName(of.kind);
    return html`<p class="small quiet numbers" role="status">
        ${msg(str`Rows: ${count(table.rows.length)}. As of ${dateTime(asOf.at, site.zone)}, entry ${count(asOf.seq)} of the log. Times in ${site.zone.replaceAll("_", " ")}.`, { id: "report.line" })}
        ${open === 0 ? nothing : html`<span class="mark care"><wa-icon name="clock"></wa-icon>${msg(str`Days not settled: ${count(open)}.`, { id: "report.open-days" })}</span>`}
        ${this.stale ? html`<wa-button size="s" appearance="plain" @click=${() => void this.make()}><wa-icon slot="start" name="refresh"></wa-icon>${msg("Something came in: work out again", { id: "report.stale" })}</wa-button>` : nothing}
      </p>
      ${this.chart === null ? nothing : html`<details class="chart" ?open=${this.pictured} @toggle=${(event: Event) => (this.pictured = (event.target as HTMLDetailsElement).open)}>
            <summary>${msg("Picture", { id: "report.chart" })}</summary>
            ${this.pictured ? html`<cf-report-chart .chart=${this.chart} label=${label} hours=${this.choice.style}></cf-report-chart>` : nothing}
          </details>`}
      <cf-report-table
        class="grow"
        .table=${table}
        label=${label}
        zone=${site.zone}
        hours=${this.choice.style}
        sort=${this.choice.sort}
        ?descending=${this.choice.descending}
        @cf-sort=${(event: CustomEvent<{ readonly id: string; readonly descending: boolean }>) => this.change({ sort: event.detail.id, descending: event.detail.descending })}
      ></cf-report-table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-reports": ReportsElement;
  }
}
