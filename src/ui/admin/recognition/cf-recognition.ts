import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { RecognitionReport } from "../../../app/api/recognition.ts";
import type { PersonRow } from "../../../app/api/administration.ts";
import type { AccessFailure } from "../../../app/ports/access.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { locale } from "../../i18n/localize.ts";
import { download } from "../parts/download.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count, day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { tableStyles } from "../parts/table.ts";
import { tabs, tabStyles } from "../parts/tabs.ts";
import { keepInAddress, paths } from "../route.ts";
import { accessWord } from "../users/words.ts";
import "./cf-recognition-groups.ts";
import "./cf-recognition-overview.ts";
import "./cf-recognition-people.ts";
import { orderFigures, readReportChoice, writeReportChoice, type ReportChoice, type Sort, type Tab } from "./choice.ts";
import { groupsCsv, overviewCsv, personsCsv } from "./export.ts";
import { reportFailure } from "./words.ts";

/** Long enough for figures that say something, short enough to notice a change. */
const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;

/** How well recognition works with the site's own people: summary, person by person, group by group. */
@customElement("cf-recognition")
export class RecognitionElement extends AdminElement {
  static override styles = [
    base,
    tableStyles,
    tabStyles,
    css`
      .list-page {
        padding-block-end: 0;
      }

      .list-page.scrolls {
        flex: none;
        max-inline-size: 1120px;
        padding-block-end: var(--cf-space-6);
      }

      #panel {
        display: flex;
        flex-direction: column;
        gap: var(--cf-space-3);
        flex: 1 1 auto;
        min-block-size: 0;
      }

      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 12px;
      }

      .tools input {
        inline-size: 180px;
      }

      wa-callout > div {
        margin-block-start: var(--cf-space-2);
      }

      .waiting {
        display: flex;
        align-items: center;
        gap: 12px;
        padding-block: var(--cf-space-4);
      }
    `,
  ];

  @state() private choice: ReportChoice = readReportChoice(location.search);
  @state() private report: RecognitionReport | null = null;
  @state() private failure: Failure | null = null;
  @state() private reading = false;
  @state() private notExported: AccessFailure["kind"] | null = null;

  readonly #allowed = new Allowed(this);

  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  #known: { readonly rows: unknown; readonly byId: ReadonlyMap<PersonId, PersonRow> } | null = null;
  #asked = 0;

  private readonly moved = (): void => {
    if (location.pathname !== paths.recognition) return;
    const before = this.since();
    this.choice = readReportChoice(location.search);
    if (this.since() !== before) void this.read();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
    // An answer that comes after this is nobody's.
    this.#asked += 1;
  }

  private since(): string {
    return this.choice.since === "" ? day(Date.now() - USUAL_DAYS * DAY_MS, this.settings.value?.zone ?? "UTC") : this.choice.since;
  }

  private async read(): Promise<void> {
    const asked = (this.#asked += 1);
    this.reading = true;
    this.failure = null;
    const outcome = await this.administration.recognition.report(this.since());
    if (asked !== this.#asked) return;
    this.reading = false;
    if (outcome.ok) this.report = outcome.value;
    else this.failure = outcome.error;
  }

  private change(part: Partial<ReportChoice>): void {
    const before = this.since();
    this.choice = { ...this.choice, ...part };
    keepInAddress(writeReportChoice(this.choice));
    if (this.since() !== before) void this.read();
  }

  private sort(sort: Sort): void {
    this.change({ sort, descending: this.choice.sort === sort ? !this.choice.descending : true });
  }

  private people(): ReadonlyMap<PersonId, PersonRow> {
    const rows = this.rows.value ?? [];
    if (this.#known?.rows !== rows) this.#known = { rows, byId: new Map(rows.map((row) => [row.person.id, row])) };
    return this.#known.byId;
  }

  private ordered(report: RecognitionReport): RecognitionReport["persons"] {
    const people = this.people();
    return orderFigures(report.persons, this.choice, ({ personId }) => people.get(personId)?.person.name ?? "", locale.value);
  }

  private async export(report: RecognitionReport): Promise<void> {
    this.notExported = null;
    const { tab } = this.choice;
    const text = tab === "overview" ? overviewCsv(report) : tab === "people" ? personsCsv(this.ordered(report), this.people()) : groupsCsv(report.groups);
    const part = tab === "overview" ? "" : tab === "people" ? `-${msg("people", { id: "admin.recognition.file.people" })}` : `-${msg("groups", { id: "admin.recognition.file.groups" })}`;
    const people = tab === "groups" ? [] : report.persons.map(({ personId }) => personId);
    const traced = await confirmed(this, () => this.administration.traces.exporting("recognition", people, new Blob([text])));
    if (traced.ok) download(`${msg("recognition", { id: "admin.recognition.file" })}${part}-${report.since}.csv`, text);
    else this.notExported = traced.error.kind;
  }

  override render(): TemplateResult {
    const { report, choice } = this;
    const empty = report !== null && report.people === 0 && report.persons.length === 0;
    return html`<div class="list-page ${choice.tab === "people" && !empty ? "" : "scrolls"}">
      <div class="head">
        <h1 tabindex="-1">${msg("Recognition", { id: "admin.nav.recognition" })}</h1>
        ${this.#allowed.has("records.export")
          ? html`<wa-button appearance="outlined" ?disabled=${report === null || empty} @click=${() => {
              if (report !== null) void this.export(report);
            }}><wa-icon slot="start" name="download"></wa-icon>${msg("Export CSV", { id: "admin.punch.export" })}</wa-button>`
          : nothing}
      </div>
      ${this.notExported === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${accessWord(this.notExported)}</wa-callout>`}
      ${this.tools()}
      ${this.failure === null
        ? nothing
        : html`<wa-callout variant="warning" role="alert"
            ><wa-icon slot="icon" name="warning"></wa-icon>${reportFailure(this.failure)}
            <div><wa-button size="s" appearance="outlined" @click=${() => void this.read()}>${msg("Try again", { id: "admin.check.again" })}</wa-button></div></wa-callout
          >`}
      ${report === null ? nothing : empty ? this.nobody() : this.content(report)}
    </div>`;
  }

  private tools(): TemplateResult {
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<div class="tools">
      <div>
        <label class="native-label small" for="since">${msg("Count punches since", { id: "admin.recognition.count-since" })}</label>
        <input id="since" class="native" type="date" max=${day(Date.now(), zone)} .value=${this.since()} @change=${(event: Event) => this.change({ since: (event.target as HTMLInputElement).value })} />
      </div>
      <wa-button appearance="outlined" ?loading=${this.reading && this.report !== null} @click=${() => void this.read()}><wa-icon slot="start" name="refresh"></wa-icon>${msg("Work out again", { id: "admin.recognition.again" })}</wa-button>
    </div>
    <p class="visually-hidden" role="status">${this.reading ? msg("Working it out", { id: "admin.recognition.reading" }) : this.report === null ? nothing : msg(str`${count(this.report.people)} people compared`, { id: "admin.recognition.compared" })}</p>
    ${this.reading && this.report === null
      ? html`<p class="waiting"><wa-spinner></wa-spinner>${msg("Comparing everybody with everybody. With thousands of people this takes a while; the kiosk goes on meanwhile.", { id: "admin.recognition.waiting" })}</p>`
      : nothing}`;
  }

  private nobody(): TemplateResult {
    return html`<div class="empty">
      <h2>${msg("Nobody is enrolled yet", { id: "admin.recognition.empty" })}</h2>
      <p>${msg("Once people have enrolled their faces, this page tells how well the kiosk can tell them apart, and how they fare at the door.", { id: "admin.recognition.empty.what" })}</p>
      <wa-button variant="brand" href=${paths.people}>${msg("To all people", { id: "admin.person.all" })}</wa-button>
    </div>`;
  }

  private content(report: RecognitionReport): TemplateResult {
    const { tab } = this.choice;
    return html`${tabs<Tab>({
        label: msg("Recognition", { id: "admin.nav.recognition" }),
        chosen: tab,
        of: [
          ["overview", msg("Overview", { id: "admin.recognition.overview" })],
          ["people", msg("People", { id: "admin.nav.people" })],
          ["groups", msg("Groups", { id: "admin.recognition.groups" })],
        ],
        onChoose: (chosen) => this.change({ tab: chosen }),
      })}
      <div id="panel" role="tabpanel" aria-labelledby="tab-${tab}">${this.panel(report)}</div>`;
  }

  private panel(report: RecognitionReport): TemplateResult {
    switch (this.choice.tab) {
      case "overview":
        return html`<cf-recognition-overview .administration=${this.administration} .report=${report} .people=${this.people()}></cf-recognition-overview>`;
      case "people":
        return html`<cf-recognition-people
          .figures=${this.ordered(report)}
          .people=${this.people()}
          .choice=${this.choice}
          @cf-sort=${(event: CustomEvent<Sort>) => this.sort(event.detail)}
        ></cf-recognition-people>`;
      case "groups":
        return html`<cf-recognition-groups .report=${report}></cf-recognition-groups>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recognition": RecognitionElement;
  }
}
