import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { ReportPlan, ScheduleFailure, ScheduleState } from "../../../app/api/reports.ts";
import { REPORT_KINDS, type ReportKind } from "../../../domain/reports/kinds.ts";
import type { Result } from "../../../domain/result.ts";
import { reportName } from "../../i18n/report-words.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";

const FIRST: ReportPlan = { every: "month", kinds: ["summary", "daily"], format: "xlsx", style: "h:mm" };

/**
 * Reports that are written into a folder by themselves.
 *
 * @event cf-close - Done with it.
 */
@customElement("cf-report-schedule")
export class ReportScheduleElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--cf-space-3);
      }

      .head {
        flex-wrap: nowrap;
      }

      .mark {
        white-space: normal;
      }

      .mark > wa-icon {
        flex: none;
      }

      .kinds {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
        gap: 4px var(--cf-space-3);
        margin: 0;
        padding: 0;
        border: 0;
      }

      .kinds legend {
        padding: 0;
        font-weight: 600;
      }

      .kinds label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-block-size: 44px;
      }

      .kinds input {
        inline-size: 20px;
        block-size: 20px;
        accent-color: var(--cf-accent);
      }

      .fields > * {
        flex: 0 1 200px;
      }
    `,
  ];

  @state() private draft: ReportPlan | null = null;
  @state() private failure: ScheduleFailure | null = null;
  @state() private saved = false;
  private readonly status = new Follow<ScheduleState>(this, () => this.administration.reports.schedule.state);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private get plan(): ReportPlan {
    return this.draft ?? this.status.value?.plan ?? FIRST;
  }

  private change(part: Partial<ReportPlan>): void {
    this.draft = { ...this.plan, ...part };
    this.saved = false;
  }

  private async run(work: () => Promise<Result<unknown, ScheduleFailure>>, onDone?: () => void): Promise<void> {
    const done = await confirmed(this, work);
    this.failure = done.ok ? null : done.error;
    if (done.ok) onDone?.();
  }

  private save(plan: ReportPlan | null): void {
    void this.run(
      () => this.administration.reports.schedule.change(plan),
      () => {
        this.draft = null;
        this.saved = plan !== null;
      },
    );
  }

  private choose(kind: ReportKind, wanted: boolean): void {
    this.change({ kinds: REPORT_KINDS.filter((each) => (each === kind ? wanted : this.plan.kinds.includes(each))) });
  }

  override render(): TemplateResult | typeof nothing {
    const status = this.status.value;
    if (status === undefined) return nothing;
    const { plan } = this;
    const { schedule } = this.administration.reports;
    const select = (id: string, label: string, options: readonly (readonly [string, string])[], chosen: string, onChoose: (value: string) => void): TemplateResult =>
      html`<div>
        <label class="native-label small" for=${id}>${label}</label>
        <select id=${id} class="native" @change=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
          ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
        </select>
      </div>`;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <h2 id="title">${msg("Reports that are written by themselves", { id: "report.schedule.title" })}</h2>
        <wa-button size="s" appearance="plain" @click=${() => this.dispatchEvent(new CustomEvent("cf-close"))}>${msg("Close", { id: "report.close" })}</wa-button>
      </div>
      <p>${msg("When somebody who may export signs in after a day, week or month is over, its reports are written into the folder. They are not encrypted: choose a place that payroll alone can read.", { id: "report.schedule.how" })}</p>
      ${failed(this.failure ?? status.failed)} ${this.folder(status)}
      <div class="row loose fields">
        ${select(
          "every",
          msg("How often", { id: "report.schedule.every" }),
          [
            ["day", msg("Every day", { id: "report.schedule.day" })],
            ["week", msg("Every week", { id: "report.schedule.week" })],
            ["month", msg("Every month", { id: "report.schedule.month" })],
          ],
          plan.every,
          (every) => this.change({ every: every as ReportPlan["every"] }),
        )}
        ${select("format", msg("File", { id: "report.schedule.format" }), [["xlsx", "XLSX"], ["csv", "CSV"]], plan.format, (format) => this.change({ format: format as ReportPlan["format"] }))}
        ${select("style", msg("Hours", { id: "report.hours" }), [["h:mm", "8:30"], ["decimal", "8.50"]], plan.style, (style) => this.change({ style: style as ReportPlan["style"] }))}
      </div>
      <fieldset class="kinds">
        <legend>${msg("Which", { id: "report.schedule.kinds" })}</legend>
        ${REPORT_KINDS.map((kind) => html`<label><input type="checkbox" .checked=${plan.kinds.includes(kind)} @change=${(event: Event) => this.choose(kind, (event.target as HTMLInputElement).checked)} />${reportName(kind)}</label>`)}
      </fieldset>
      <div class="row">
        <wa-button variant="brand" ?disabled=${plan.kinds.length === 0 || (this.draft === null && status.plan !== null)} @click=${() => this.save(plan)}>${msg("Save", { id: "report.schedule.save" })}</wa-button>
        ${status.plan === null ? nothing : html`<wa-button appearance="outlined" ?disabled=${status.working || status.folder?.state !== "ready"} @click=${() => void this.run(() => schedule.writeNow())}>${msg("Write now", { id: "report.schedule.now" })}</wa-button><wa-button appearance="plain" @click=${() => this.save(null)}>${msg("End it", { id: "report.schedule.end" })}</wa-button>`}
        ${this.saved ? html`<span class="mark good" role="status"><wa-icon name="check"></wa-icon>${msg("Saved", { id: "report.schedule.saved" })}</span>` : nothing}
      </div>
      ${this.lastLine(status)}
    </section>`;
  }

  private folder({ folder, folderSupported }: ScheduleState): TemplateResult {
    const { schedule } = this.administration.reports;
    if (!folderSupported) return html`<wa-callout variant="warning"><wa-icon slot="icon" name="info"></wa-icon>${msg("This browser cannot write into a folder. Use Chrome or Edge, or download the reports.", { id: "report.schedule.unsupported" })}</wa-callout>`;
    const words =
      folder === null
        ? html`<span class="quiet">${msg("No folder was chosen yet.", { id: "report.schedule.no-folder" })}</span>`
        : folder.state === "ready"
          ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg(str`Folder: ${folder.name}`, { id: "report.schedule.folder" })}</span>`
          : html`<span class="mark care"><wa-icon name="warning"></wa-icon>${folder.state === "gone" ? msg(str`The folder ${folder.name} is not there.`, { id: "report.schedule.gone" }) : msg(str`The browser asks again before it writes into ${folder.name}.`, { id: "report.schedule.asks" })}</span>`;
    return html`<div class="row loose">
      ${words}
      ${folder?.state === "asks-again" ? html`<wa-button size="s" variant="brand" @click=${() => void this.run(() => schedule.allowFolder())}>${msg("Allow the folder", { id: "report.schedule.allow" })}</wa-button>` : nothing}
      <wa-button size="s" appearance="outlined" @click=${() => void this.run(() => schedule.chooseFolder())}>${folder === null ? msg("Choose a folder", { id: "report.schedule.choose" }) : msg("Another folder", { id: "report.schedule.other" })}</wa-button>
    </div>`;
  }

  private lastLine({ last, due, working }: ScheduleState): TemplateResult | typeof nothing {
    if (working) return html`<p role="status"><wa-spinner></wa-spinner> ${msg("Writing the reports", { id: "report.schedule.working" })}</p>`;
    if (due) return html`<p class="mark care"><wa-icon name="clock"></wa-icon>${msg("A period is over and not written yet.", { id: "report.schedule.due" })}</p>`;
    if (last === null) return nothing;
    return html`<p class="small quiet">${msg(str`Last written ${dateTime(last.at, this.settings.value?.zone ?? "UTC")}: ${last.files.join(", ")}`, { id: "report.schedule.last" })}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-report-schedule": ReportScheduleElement;
  }
}
