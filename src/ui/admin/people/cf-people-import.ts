import "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { PersonFailure, RosterFileFailure, RosterPreview, RosterRowError } from "../../../app/api/administration.ts";
import { download, toCsv } from "../parts/download.ts";
import { AdminElement } from "../parts/element.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { employmentType, fieldWord, personFailure, rosterFileFailure, rosterRowFailure } from "../parts/words.ts";
import { paths } from "../route.ts";

type Phase =
  | { readonly kind: "choose"; readonly failure?: RosterFileFailure["kind"]; readonly file?: string }
  | { readonly kind: "reading"; readonly file: string }
  | { readonly kind: "preview"; readonly file: string; readonly preview: RosterPreview; readonly failure?: PersonFailure["kind"]; readonly cancelled?: boolean }
  | { readonly kind: "importing"; readonly file: string; readonly preview: RosterPreview; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly added: number; readonly changed: number };

/** A roster from a CSV file: choose, look, import. Nothing is stored before the last step, and that is whole or not at all. */
@customElement("cf-people-import")
export class PeopleImportElement extends AdminElement {
  static override styles = [
    base,
    css`
      .drop {
        display: grid;
        justify-items: center;
        gap: var(--cf-space-3);
        padding: var(--cf-space-6) var(--cf-space-4);
        border: 2px dashed var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        text-align: center;
      }

      .drop.over {
        border-color: var(--cf-accent);
        background: var(--cf-accent-ground);
      }

      .drop wa-icon.large {
        font-size: 40px;
        color: var(--cf-ink-quiet);
      }

      .counts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: 12px;
      }

      .counts > div {
        padding: var(--cf-space-3);
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
      }

      .counts dt {
        color: var(--cf-ink-quiet);
        font-size: 14px;
      }

      .counts dd {
        font-size: 28px;
        font-weight: 650;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
      }

      .errors {
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        overflow: hidden;
      }

      .errors .heading,
      .errors .line {
        display: grid;
        grid-template-columns: 64px minmax(80px, 0.7fr) minmax(80px, 1fr) minmax(200px, 2fr);
        gap: 12px;
        inline-size: 100%;
        padding: 10px 16px;
        border-block-end: 1px solid var(--cf-line);
      }

      .errors .heading {
        background: var(--cf-sunken);
        font-size: 14px;
        font-weight: 600;
      }

      .errors .line > * {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }

      .errors lit-virtualizer {
        /* The buttons underneath stay in sight on a tablet that lies. */
        block-size: min(34vh, 420px);
      }

      input[type="file"] {
        position: absolute;
        inset: 0;
        inline-size: 1px;
        block-size: 1px;
        opacity: 0;
      }

      .file {
        position: relative;
      }

      @media (max-width: 700px) {
        .errors .heading {
          display: none;
        }

        .errors .line {
          grid-template-columns: 56px 1fr 1fr;
        }

        .errors .line > :last-child {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @state() private phase: Phase = { kind: "choose" };
  @state() private over = false;
  @query('input[type="file"]') private chooser?: HTMLInputElement | null;

  #abort: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  private async read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.phase = { kind: "reading", file: file.name };
    const outcome = await this.administration.people.preview(file);
    if (outcome.ok) this.phase = { kind: "preview", file: file.name, preview: outcome.value };
    else this.phase = { kind: "choose", failure: outcome.error.kind, file: file.name };
  }

  private async import(file: string, preview: RosterPreview): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.phase = { kind: "importing", file, preview, done: 0, total: preview.rows.length };
    const outcome = await this.administration.people.importRoster(
      preview,
      (done, total) => {
        if (this.phase.kind === "importing") this.phase = { ...this.phase, done, total };
      },
      abort.signal,
    );
    this.#abort = null;
    if (outcome.ok) this.phase = { kind: "done", ...outcome.value };
    else if (abort.signal.aborted) this.phase = { kind: "preview", file, preview, cancelled: true };
    else this.phase = { kind: "preview", file, preview, failure: outcome.error.kind };
  }

  private template(): void {
    const heading = (["employeeNumber", "name", "department", "employmentType"] as const).map(fieldWord);
    download(
      msg("roster-example.csv", { id: "admin.import.example.file" }),
      toCsv(heading, [
        ["1001", msg("Ada Example", { id: "admin.import.example.one" }), msg("Assembly", { id: "admin.import.example.department" }), employmentType("full-time")],
        ["1002", msg("Ben Example", { id: "admin.import.example.two" }), msg("Assembly", { id: "admin.import.example.department" }), employmentType("intern")],
      ]),
    );
  }

  override render(): TemplateResult {
    return html`<div class="page">
      <a class="back" href=${paths.people}><wa-icon name="chevron-left"></wa-icon>${msg("People", { id: "admin.nav.people" })}</a>
      <h1 tabindex="-1">${msg("Import a roster", { id: "admin.import.title" })}</h1>
      ${this.content()}
    </div>`;
  }

  private content(): TemplateResult {
    const { phase } = this;
    switch (phase.kind) {
      case "choose":
        return this.choose(phase.failure, phase.file);
      case "reading":
        return html`<p class="row" role="status"><wa-spinner></wa-spinner>${msg(str`Reading ${phase.file}`, { id: "admin.import.reading" })}</p>`;
      case "preview":
        return this.preview(phase);
      case "importing":
        return html`<p role="status" class="numbers">${msg(str`Importing: ${count(phase.done)} of ${count(phase.total)}`, { id: "admin.import.progress" })}</p>
          <wa-progress-bar value=${phase.total === 0 ? 0 : Math.round((100 * phase.done) / phase.total)} label=${msg("Import", { id: "admin.import.do" })}></wa-progress-bar>
          <div><wa-button appearance="outlined" @click=${() => this.#abort?.abort()}>${msg("Cancel", { id: "admin.cancel" })}</wa-button></div>`;
      case "done":
        return html`<wa-callout variant="success"
            ><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`Done: ${count(phase.added)} added, ${count(phase.changed)} changed.`, { id: "admin.import.done" })}</wa-callout
          >
          <div class="row">
            <wa-button appearance="outlined" @click=${() => (this.phase = { kind: "choose" })}>${msg("Import another file", { id: "admin.import.another" })}</wa-button>
            <wa-button variant="brand" href=${paths.people}>${msg("To all people", { id: "admin.person.all" })}</wa-button>
          </div>`;
    }
  }

  private choose(failure: RosterFileFailure["kind"] | undefined, file: string | undefined): TemplateResult {
    return html`<p>${msg("A CSV file or an Excel workbook (.xlsx, its first sheet) with number, name, department and employment, the names of the columns in the first line. UTF-8 and GB18030 are recognised. People who are missing from the file stay as they are.", { id: "admin.import.intro" })}</p>
      ${failure === undefined
        ? nothing
        : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon><strong>${file}</strong><br />${rosterFileFailure(failure)}</wa-callout>`}
      <div
        class="drop ${this.over ? "over" : ""}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.over = true;
        }}
        @dragleave=${() => (this.over = false)}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this.over = false;
          void this.read(event.dataTransfer?.files[0]);
        }}
      >
        <wa-icon class="large" name="file"></wa-icon>
        <p>${msg("Drop the file here, or", { id: "admin.import.drop" })}</p>
        <div class="file">
          <input type="file" accept=".csv,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" tabindex="-1" aria-label=${msg("Roster file", { id: "admin.import.file" })} @change=${(event: Event) => void this.read((event.target as HTMLInputElement).files?.[0])} />
          <wa-button variant="brand" @click=${() => this.chooser?.click()}>${msg("Choose a file", { id: "admin.import.choose" })}</wa-button>
        </div>
      </div>
      <div><wa-button appearance="plain" @click=${() => this.template()}><wa-icon slot="start" name="download"></wa-icon>${msg("Download an example file", { id: "admin.import.example" })}</wa-button></div>`;
  }

  private preview(phase: Extract<Phase, { readonly kind: "preview" }>): TemplateResult {
    const { preview } = phase;
    const something = preview.newPeople + preview.changed > 0;
    const wrongLines = new Set(preview.errors.map(({ line }) => line)).size;
    return html`<p>${msg(str`${phase.file}, read as ${preview.encoding}. Nothing is stored yet.`, { id: "admin.import.read" })}</p>
      <dl class="counts">
        <div><dt>${msg("New", { id: "admin.import.new" })}</dt><dd>${count(preview.newPeople)}</dd></div>
        <div><dt>${msg("Changed", { id: "admin.import.changed" })}</dt><dd>${count(preview.changed)}</dd></div>
        <div><dt>${msg("Unchanged", { id: "admin.import.unchanged" })}</dt><dd>${count(preview.unchanged)}</dd></div>
        <div><dt>${msg("Lines with errors", { id: "admin.import.wrong" })}</dt><dd>${count(wrongLines)}</dd></div>
      </dl>
      ${phase.failure === undefined
        ? nothing
        : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${personFailure(phase.failure)}</wa-callout>`}
      ${phase.cancelled === true ? html`<wa-callout role="status"><wa-icon slot="icon" name="info"></wa-icon>${msg("Cancelled. Nothing was changed.", { id: "admin.import.cancelled" })}</wa-callout>` : nothing}
      ${preview.errors.length === 0 ? nothing : this.errors(preview.errors)}
      <div class="row">
        <wa-button appearance="outlined" @click=${() => (this.phase = { kind: "choose" })}>${msg("Choose another file", { id: "admin.import.other" })}</wa-button>
        <wa-button variant="brand" ?disabled=${!something} @click=${() => void this.import(phase.file, preview)}
          >${preview.errors.length > 0 ? msg(str`Import the ${count(preview.rows.length)} good lines`, { id: "admin.import.good" }) : msg(str`Import ${count(preview.rows.length)} people`, { id: "admin.import.all" })}</wa-button
        >
      </div>
      ${something ? nothing : html`<p class="quiet">${msg("The file holds nothing new.", { id: "admin.import.nothing" })}</p>`}`;
  }

  private errors(errors: readonly RosterRowError[]): TemplateResult {
    return html`<section class="stack">
      <h2>${msg("What to correct", { id: "admin.import.errors" })}</h2>
      <div class="errors" role="table" aria-label=${msg("What to correct", { id: "admin.import.errors" })} aria-rowcount=${errors.length + 1}>
        <div role="rowgroup">
          <div class="heading" role="row" aria-rowindex="1">
            <span role="columnheader">${msg("Line", { id: "admin.import.line" })}</span>
            <span role="columnheader">${msg("Column", { id: "admin.import.column" })}</span>
            <span role="columnheader">${msg("Value", { id: "admin.import.value" })}</span>
            <span role="columnheader">${msg("What to do", { id: "admin.import.todo" })}</span>
          </div>
        </div>
        <lit-virtualizer
          scroller
          role="rowgroup"
          tabindex="0"
          .items=${errors}
          .renderItem=${(error: RosterRowError, index: number) =>
            html`<div class="line" role="row" aria-rowindex=${index + 2}>
              <span role="cell" class="numbers">${error.line}</span><span role="cell">${error.column}</span><span role="cell" class="code">${error.value}</span><span role="cell">${rosterRowFailure(error.kind)}</span>
            </div>`}
        ></lit-virtualizer>
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-people-import": PeopleImportElement;
  }
}
