import "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { AuditFailure, KnownWitness, LogEntryRow, ProofAlarm } from "../../../app/api/audit.ts";
import type { EntryType } from "../../../domain/attendance/entries.ts";
import { isWhole, type VerifyReport } from "../../../domain/log/report.ts";
import { locale } from "../../i18n/localize.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { ifThere, tableStyles } from "../parts/table.ts";
import { keepInAddress } from "../route.ts";
import { accessWord } from "../users/words.ts";
import "./cf-phone-witness.ts";
import { ago } from "./ago.ts";
import { contentLine, type Names } from "./content-line.ts";
import { entryWord, FILTERS, filterWord } from "./entry-words.ts";
import { sayFinding, sayReach, sayVerdict } from "./findings.ts";
import { saveFile } from "./save-file.ts";
import { auditStyles } from "./styles.ts";

/** Entries read at a time. */
const PAGE = 200;

type Done = { readonly kind: "verified"; readonly report: VerifyReport } | { readonly kind: "packed" } | { readonly kind: "failed"; readonly failure: AuditFailure["kind"] };

/** The log, how well it is proved, and what an auditor takes along. */
@customElement("cf-audit")
export class AuditElement extends AdminElement {
  static override styles = [base, tableStyles, auditStyles];

  @state() private filter = new URLSearchParams(location.search).get("show") ?? "";
  @state() private rows: readonly LogEntryRow[] | null = null;
  @state() private next: number | null = null;
  @state() private notRead: AuditFailure["kind"] | null = null;
  @state() private working: { readonly entries: number; readonly stop: AbortController } | null = null;
  @state() private done: Done | null = null;
  @state() private phoneOpen = false;

  private readonly proof = new Follow(this, () => this.administration.audit.state);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly users = new Follow(this, () => this.administration.users.list);
  private readonly people = new Follow(this, () => this.administration.people.rows);
  readonly #allowed = new Allowed(this);
  #reading = 0;
  /** Only of those whom the signed-in user may know. */
  readonly #names: Names = {
    user: (id) => this.users.value?.find(({ userId }) => userId === id)?.name ?? null,
    person: (id) => this.people.value?.find(({ person }) => person.id === id)?.person.name ?? null,
  };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read(true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.working?.stop.abort();
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  /** @param anew from the newest; otherwise on from where the list ends */
  private async read(anew: boolean): Promise<void> {
    const reading = ++this.#reading;
    const types: readonly EntryType[] = FILTERS.find(([name]) => name === this.filter)?.[1] ?? [];
    const before = anew ? null : this.next;
    const page = await this.administration.audit.entries({ types, limit: PAGE, ...(before === null ? {} : { before }) });
    if (reading !== this.#reading) return;
    this.notRead = page.ok ? null : page.error.kind;
    if (!page.ok) return;
    this.rows = anew ? page.value.rows : [...(this.rows ?? []), ...page.value.rows];
    this.next = page.value.next;
  }

  private show(filter: string): void {
    this.filter = filter;
    keepInAddress({ show: filter });
    this.rows = null;
    void this.read(true);
  }

  private begin(): { readonly onProgress: (entries: number) => void; readonly stop: AbortController } {
    const stop = new AbortController();
    this.done = null;
    this.working = { entries: 0, stop };
    return {
      stop,
      onProgress: (entries) => {
        if (this.working?.stop === stop) this.working = { entries, stop };
      },
    };
  }

  private async verify(): Promise<void> {
    const { onProgress, stop } = this.begin();
    const outcome = await this.administration.audit.verify(onProgress, stop.signal);
    this.working = null;
    this.done = outcome.ok ? { kind: "verified", report: outcome.value } : { kind: "failed", failure: outcome.error.kind };
  }

  private async pack(): Promise<void> {
    const outcome = await confirmed(this, () => {
      const { onProgress, stop } = this.begin();
      return this.administration.audit.makePackage(onProgress, stop.signal);
    });
    this.working = null;
    if (outcome.ok) saveFile(outcome.value.name, outcome.value.file);
    this.done = outcome.ok ? { kind: "packed" } : { kind: "failed", failure: outcome.error.kind };
    await this.read(true);
  }

  override render(): TemplateResult {
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("Audit", { id: "admin.nav.audit" })}</h1>
        <div class="row">
          <wa-button appearance="outlined" ?disabled=${this.working !== null} @click=${() => (this.phoneOpen = true)}><wa-icon slot="start" name="qr"></wa-icon>${msg("Witness by phone", { id: "admin.audit.phone" })}</wa-button>
          <wa-button appearance="outlined" ?disabled=${this.working !== null} @click=${() => void this.verify()}><wa-icon slot="start" name="check"></wa-icon>${msg("Verify now", { id: "admin.audit.verify" })}</wa-button>
          ${this.#allowed.has("audit.package")
            ? html`<wa-button variant="brand" ?disabled=${this.working !== null} @click=${() => void this.pack()}><wa-icon slot="start" name="download"></wa-icon>${msg("Export the auditor's package", { id: "admin.audit.package" })}</wa-button>`
            : nothing}
        </div>
      </div>
      ${this.standing()} ${this.outcome()} ${this.list()}
      <cf-phone-witness .administration=${this.administration} ?open=${this.phoneOpen} @cf-close=${() => (this.phoneOpen = false)}></cf-phone-witness>
    </div>`;
  }

  private standing(): TemplateResult {
    const proof = this.proof.value;
    if (!proof) return html`${nothing}`;
    const { zone } = this;
    const { checkpoint, witnesses, unwitnessedSince, endedAt } = proof;
    return html`<dl class="proof">
        <div>
          <dt>${msg("Signed by this device", { id: "admin.audit.signed" })}</dt>
          <dd>
            ${msg(str`${count(proof.entries)} entries`, { id: "admin.audit.entries" })}<br /><span class="small quiet numbers"
              >${checkpoint === null ? msg("not signed yet", { id: "admin.audit.checkpoint.none" }) : msg(str`signed up to entry ${count(checkpoint.size)} at ${dateTime(checkpoint.at, zone)}`, { id: "admin.audit.checkpoint" })}</span
            >
          </dd>
        </div>
        <div>
          <dt>${msg("Witnessed by others", { id: "admin.audit.witnessed" })}</dt>
          <dd class="small numbers">
            ${witnesses.length === 0
              ? msg("Nobody has witnessed this log. Pair a hub, or let a phone witness it: until then, who holds this tablet could write it anew.", { id: "admin.audit.witnessed.none" })
              : witnesses.map((one) => html`<div title=${one.witness}>${witnessLine(one, zone)}</div>`)}
          </dd>
        </div>
        <div class=${proof.late ? "late" : ""}>
          <dt>${msg("Not witnessed yet", { id: "admin.audit.unwitnessed" })}</dt>
          <dd>
            ${unwitnessedSince === null
              ? html`<wa-icon name="check"></wa-icon> ${msg("everything is", { id: "admin.audit.unwitnessed.none" })}`
              : html`<span class="numbers">${msg(str`what was recorded since ${dateTime(unwitnessedSince, zone)} (${ago(unwitnessedSince)})`, { id: "admin.audit.unwitnessed.since" })}</span>`}
          </dd>
        </div>
      </dl>
      ${proof.late ? html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${msg("No witness for more than a day. Look at the connection to the hub, or let a phone witness the log.", { id: "admin.audit.late" })}</wa-callout>` : nothing}
      ${proof.alarms.map((alarm) => this.alarm(alarm))}
      ${endedAt === null ? nothing : html`<wa-callout variant="neutral"><wa-icon slot="icon" name="info"></wa-icon>${msg(str`This device was retired with entry ${count(endedAt)}.`, { id: "admin.audit.ended" })}</wa-callout>`}`;
  }

  private alarm(alarm: ProofAlarm): TemplateResult {
    return html`<wa-callout variant="danger" role="alert"
      ><wa-icon slot="icon" name="warning"></wa-icon>${alarmWord(alarm, this.zone)}
      ${alarm.alarm === "hub-key-changed" && this.#allowed.has("sync.change")
        ? html`<div><wa-button size="s" appearance="outlined" @click=${() => void confirmed(this, () => this.administration.audit.acceptHubKey())}>${msg("This is our hub: accept its new key", { id: "admin.audit.alarm.accept" })}</wa-button></div>`
        : nothing}</wa-callout
    >`;
  }

  private outcome(): TemplateResult | typeof nothing {
    const { working, done, zone } = this;
    if (working !== null) {
      return html`<div class="row" role="status">
        <wa-spinner></wa-spinner><span class="numbers">${msg(str`${count(working.entries)} entries read …`, { id: "admin.audit.working" })}</span>
        <wa-button size="s" appearance="outlined" @click=${() => working.stop.abort()}>${msg("Cancel", { id: "admin.audit.cancel" })}</wa-button>
      </div>`;
    }
    if (done === null) return nothing;
    if (done.kind === "failed") return html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${failureWord(done.failure)}</wa-callout>`;
    if (done.kind === "packed") {
      return html`<wa-callout variant="success" role="status"
        ><wa-icon slot="icon" name="circle-check"></wa-icon>${msg("The package was saved. To verify it: npm run verify -- FILE, or open it in the verifier page.", { id: "admin.audit.packed" })}
        <div><a href="/verifier.html" download="clockface-verifier.html">${msg("Download the verifier page", { id: "admin.audit.verifier" })}</a></div></wa-callout
      >`;
    }
    const { report } = done;
    const language = locale.value;
    return html`<wa-callout class="report" variant=${isWhole(report) ? "success" : "danger"} role="status">
      <wa-icon slot="icon" name=${isWhole(report) ? "circle-check" : "warning"}></wa-icon>
      <strong>${sayVerdict(report, language)}</strong>
      <ul>
        ${report.findings.slice(0, 20).map((finding) => html`<li>${sayFinding(finding, zone, language)}</li>`)}${sayReach(report, language).map((line) => html`<li>${line}</li>`)}
      </ul>
    </wa-callout>`;
  }

  private list(): TemplateResult {
    const { rows, zone } = this;
    return html`<div class="filters" role="search">
        <div class="wide">
          <label class="native-label small" for="show">${msg("Show", { id: "admin.audit.filter" })}</label>
          <select id="show" class="native" @change=${(event: Event) => this.show((event.target as HTMLSelectElement).value)}>
            <option value="" ?selected=${this.filter === ""}>${filterWord("")}</option>
            ${FILTERS.map(([name]) => html`<option value=${name} ?selected=${this.filter === name}>${filterWord(name)}</option>`)}
          </select>
        </div>
      </div>
      ${this.notRead === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${failureWord(this.notRead)}</wa-callout>`}
      ${rows === null
        ? this.notRead === null
          ? html`<p role="status"><wa-spinner></wa-spinner></p>`
          : nothing
        : rows.length === 0
          ? html`<div class="empty"><h2>${msg("No entries of this kind", { id: "admin.audit.empty" })}</h2></div>`
          : html`<div class="table entries" role="table" aria-label=${msg("Log", { id: "admin.audit.list" })} aria-rowcount=${rows.length + 1}>
              <div role="rowgroup">
                <div class="heading" role="row" aria-rowindex="1">
                  <span role="columnheader">${msg("No.", { id: "admin.audit.column.seq" })}</span><span role="columnheader">${msg("Time", { id: "admin.punch.time" })}</span><span role="columnheader">${msg("Kind", { id: "admin.audit.column.type" })}</span
                  ><span role="columnheader">${msg("What it says", { id: "admin.audit.column.what" })}</span>
                </div>
              </div>
              <lit-virtualizer
                scroller
                role="rowgroup"
                tabindex="0"
                .items=${rows}
                .keyFunction=${ifThere<LogEntryRow, string>((row) => String(row.seq), String)}
                .renderItem=${ifThere((row: LogEntryRow, index: number) => this.line(row, index, zone), () => html``)}
              ></lit-virtualizer>
            </div>`}
      ${this.next === null || rows === null ? nothing : html`<div class="older"><wa-button size="s" appearance="outlined" @click=${() => void this.read(false)}>${msg("Show older entries", { id: "admin.audit.older" })}</wa-button></div>`}`;
  }

  private line(row: LogEntryRow, index: number, zone: string): TemplateResult {
    const doubt = msg("The time is doubtful", { id: "admin.audit.clock" });
    return html`<div class="line" role="row" aria-rowindex=${index + 2} data-index=${index}>
      <span role="cell" class="seq numbers">${row.seq}</span>
      <span role="cell" class="time numbers">${dateTime(row.wallMs, zone)}${row.timeState === "T2" ? html` <wa-icon class="unsure" name="warning" label=${doubt} title=${doubt}></wa-icon>` : nothing}</span>
      <span role="cell" class="type">${entryWord(row.type)}</span>
      <span role="cell" class="what small quiet">${row.content === null ? html`<wa-icon name="eye-slash"></wa-icon> ${msg("closed to you, or erased", { id: "admin.audit.closed" })}` : contentLine(row.content, this.#names)}</span>
    </div>`;
  }
}

function witnessLine({ kind, witness, size, at }: KnownWitness, zone: string): string {
  const name = kind === "hub" ? msg("Hub", { id: "admin.audit.hub" }) : msg(str`Phone ${witness.slice(0, 8)}`, { id: "admin.audit.phone.name" });
  return msg(str`${name}, up to entry ${count(size)}, ${dateTime(at, zone)}`, { id: "admin.audit.witnessed.by" });
}

function alarmWord({ alarm, at, size, witness }: ProofAlarm, zone: string): string {
  const when = dateTime(at, zone);
  const by = witness ?? "";
  switch (alarm) {
    case "not-extending":
      return msg(str`${when}: the log does not begin with the ${count(size)} entries that the device itself had signed; no more checkpoints are made. Export the package and tell the auditor.`, { id: "admin.audit.alarm.not-extending" });
    case "rolled-back":
      return msg(str`${when}: ${count(size)} entries were signed by ${by}, and the log is shorter: it was rolled back. Tell the auditor.`, { id: "admin.audit.alarm.rolled-back" });
    case "forked":
      return msg(str`${when}: the first ${count(size)} entries are not those that ${by} signed: the log was rewritten. Tell the auditor.`, { id: "admin.audit.alarm.forked" });
    case "hub-refused":
      return msg(str`${when}: the hub refuses to sign the log at entry ${count(size)}: it has signed another history. Tell the auditor.`, { id: "admin.audit.alarm.hub-refused" });
    case "hub-key-changed":
      return msg(str`${when}: the hub signs with another key (${by}). Unless you have replaced the hub, find out why first.`, { id: "admin.audit.alarm.hub-key" });
  }
}

function failureWord(kind: AuditFailure["kind"]): string {
  switch (kind) {
    case "audit/cancelled":
      return msg("Called off; nothing was exported.", { id: "admin.audit.cancelled" });
    case "audit/already-ended":
      return msg("This device was retired before.", { id: "admin.audit.already-ended" });
    case "audit/failed":
      return msg("The log could not be read. Try again; if that fails, start the tablet anew.", { id: "admin.audit.failed" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-audit": AuditElement;
  }
}
