import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { BackupMade, BackupStatus, DrillOutcome } from "../../../app/api/backup.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { Result } from "../../../domain/result.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { bytes, count, dateTime, day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import "./cf-backup-key.ts";
import "./cf-restore.ts";
import { giveFile } from "./give-file.ts";
import { progress } from "./progress.ts";
import { backupFailureWord } from "./words.ts";

/** Where backups go, how old the last one is, and everything that is done with them. */
@customElement("cf-backup")
export class BackupElement extends AdminElement {
  static override styles = [
    base,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      .card {
        display: grid;
        gap: var(--cf-space-3);
      }

      input[type="file"] {
        min-block-size: 48px;
        max-inline-size: 100%;
        font: inherit;
      }
    `,
  ];

  @state() private keyOpen = false;
  @state() private restoreOpen = false;
  @state() private drillOpen = false;
  @state() private identity = "";
  @state() private working: "folder" | "make" | "move" | "drill" | null = null;
  @state() private failure: Failure | null = null;
  @state() private made: BackupMade | null = null;
  @state() private drilled: DrillOutcome | null = null;

  readonly #allowed = new Allowed(this);
  private readonly status = new Follow(this, () => this.administration.backups.status);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private async run<T>(working: NonNullable<BackupElement["working"]>, work: () => Promise<Result<T, Failure>>): Promise<T | null> {
    if (this.working !== null) return null;
    this.working = working;
    this.failure = null;
    this.made = null;
    this.drilled = null;
    const outcome = await confirmed(this, work);
    this.working = null;
    if (outcome.ok) return outcome.value;
    // Whoever closes the browser's own picker has changed their mind, and knows it.
    if (outcome.error.kind !== "backup/cancelled") this.failure = outcome.error;
    return null;
  }

  private async download(kind: BackupMade["kind"]): Promise<void> {
    const made = await this.run(kind === "daily" ? "make" : "move", () => this.administration.backups.make(kind));
    if (made === null) return;
    giveFile(made.made.name, made.file);
    this.made = made.made;
  }

  private async toFolder(): Promise<void> {
    this.made = await this.run("make", () => this.administration.backups.makeInFolder());
  }

  private async drill(file?: File): Promise<void> {
    const { identity } = this;
    const outcome = await this.run("drill", () => this.administration.backups.drill(identity, file));
    if (outcome === null) return;
    this.identity = "";
    this.drillOpen = false;
    this.drilled = outcome;
  }

  override render(): TemplateResult {
    const status = this.status.value;
    return html`<div class="page">
      <h1 tabindex="-1">${msg("Backup", { id: "admin.nav.backup" })}</h1>
      ${status === undefined
        ? nothing
        : html`${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${backupFailureWord(this.failure)}</wa-callout>`}
            ${this.madeNote()} ${this.drillNote()} ${progress(status.working)}
            <div class="columns">${this.#allowed.has("backup.make") ? html`${this.stateCard(status)}${this.keyCard(status)}${this.moveCard(status)}` : nothing}${this.#allowed.has("backup.drill") ? this.drillCard(status) : nothing}${this.#allowed.has("backup.restore") ? this.restoreCard() : nothing}</div>`}
    </div>`;
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private stateCard(status: BackupStatus): TemplateResult {
    const { last, folder } = status;
    return html`<section class="card" aria-labelledby="state">
      <h2 id="state">${msg("Daily backup", { id: "admin.backup.daily" })}</h2>
      <p>${msg("Everything but the faces: people, consents, PINs, users, settings and the whole log, encrypted for whoever holds the backup key.", { id: "admin.backup.what" })}</p>
      ${status.key === null ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("No backup is made yet: make the backup key first.", { id: "admin.backup.none-yet" })}</wa-callout>` : nothing}
      ${status.overdue ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("No backup for more than two days. If this tablet is lost now, so is what was recorded since.", { id: "admin.backup.overdue" })}</wa-callout>` : nothing}
      ${status.failed === null ? nothing : html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("The last daily backup failed.", { id: "admin.backup.failed" })} ${backupFailureWord(status.failed)}</wa-callout>`}
      <dl class="facts">
        <dt>${msg("Last one", { id: "admin.backup.last" })}</dt>
        <dd class="numbers">${last === null ? msg("None", { id: "admin.backup.last.none" }) : html`${dateTime(last.at, this.zone)}<br />${msg(str`${count(last.people)} people, ${count(last.entries)} log entries, ${bytes(last.bytes)}`, { id: "admin.backup.last.size" })}`}</dd>
        ${last === null
          ? nothing
          : html`<dt>${msg("Where", { id: "admin.backup.where" })}</dt>
              <dd>${last.where === "folder" ? msg("In the folder", { id: "admin.backup.where.folder" }) : msg("Downloaded", { id: "admin.backup.where.download" })} <span class="code">${last.name}</span></dd>`}
        <dt>${msg("Folder", { id: "admin.backup.folder" })}</dt>
        <dd>${folder === null ? msg("None chosen", { id: "admin.backup.folder.none" }) : html`${folder.name} ${folder.state === "ready" ? nothing : html`<span class="field-error"><wa-icon name="warning"></wa-icon>${backupFailureWord({ kind: folder.state === "gone" ? "backup/folder-gone" : "backup/folder-refused" })}</span>`}`}</dd>
      </dl>
      ${status.folderSupported
        ? folder === null
          ? html`<p class="quiet">${msg("Choose a folder once, on a USB drive or a network disk, and the tablet writes a backup there every day when nobody uses it. It keeps the last 30 and one of each month.", { id: "admin.backup.folder.why" })}</p>`
          : nothing
        : html`<p class="quiet">${backupFailureWord({ kind: "backup/folder-unsupported" })}</p>`}
      <div class="row loose">
        ${folder?.state === "ready" ? html`<wa-button variant="brand" ?disabled=${status.key === null} ?loading=${this.working === "make"} @click=${() => void this.toFolder()}>${msg("Back up now", { id: "admin.backup.now" })}</wa-button>` : nothing}
        ${folder?.state === "asks-again" ? html`<wa-button variant="brand" ?loading=${this.working === "folder"} @click=${() => void this.run("folder", () => this.administration.backups.allowFolder())}>${msg("Allow the folder", { id: "admin.backup.allow" })}</wa-button>` : nothing}
        ${status.folderSupported
          ? html`<wa-button variant=${folder === null && status.key !== null ? "brand" : "neutral"} appearance=${folder === null && status.key !== null ? "accent" : "outlined"} ?loading=${this.working === "folder"} @click=${() => void this.run("folder", () => this.administration.backups.chooseFolder())}>${folder === null ? msg("Choose a folder", { id: "admin.backup.choose" }) : msg("Choose another folder", { id: "admin.backup.choose-other" })}</wa-button>`
          : nothing}
        <wa-button appearance="outlined" ?disabled=${status.key === null} ?loading=${this.working === "make" && folder?.state !== "ready"} @click=${() => void this.download("daily")}><wa-icon slot="start" name="download"></wa-icon>${msg("Download a backup", { id: "admin.backup.download" })}</wa-button>
      </div>
    </section>`;
  }

  private keyCard({ key }: BackupStatus): TemplateResult {
    return html`<section class="card" aria-labelledby="key">
      <h2 id="key">${msg("Backup key", { id: "admin.backup.key" })}</h2>
      ${this.keyOpen
        ? html`<cf-backup-key .administration=${this.administration} @cf-kept=${() => (this.keyOpen = false)} @cf-cancel=${() => (this.keyOpen = false)}></cf-backup-key>`
        : html`<p>${msg("A backup can be opened with this key alone, on any tablet, without this one. So the key is kept on paper, never on the tablet.", { id: "admin.backup.key.why" })}</p>
            ${key === null
              ? nothing
              : html`<dl class="facts">
                  <dt>${msg("Made", { id: "admin.restore.made" })}</dt>
                  <dd class="numbers">${day(key.madeAt, this.zone)}</dd>
                  <dt>${msg("Public half", { id: "admin.backup.key.public" })}</dt>
                  <dd class="code">${key.recipient}</dd>
                </dl>`}
            ${key?.renew === true ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("This key is older than a year. Make a new one, and keep the old one for the backups of its time.", { id: "admin.backup.key.renew" })}</wa-callout>` : nothing}
            <div>
              <wa-button variant=${key === null ? "brand" : "neutral"} appearance=${key === null ? "accent" : "outlined"} @click=${() => (this.keyOpen = true)}><wa-icon slot="start" name="key"></wa-icon>${key === null ? msg("Make the backup key", { id: "admin.backup.key.make" }) : msg("Make a new key", { id: "admin.backup.key.new" })}</wa-button>
            </div>`}
    </section>`;
  }

  private moveCard(status: BackupStatus): TemplateResult {
    return html`<section class="card" aria-labelledby="move">
      <h2 id="move">${msg("Move to another tablet", { id: "admin.backup.move" })}</h2>
      <p>${msg("This one holds the faces too, so that nobody has to be enrolled again. It can be restored for seven days. Delete the file afterwards.", { id: "admin.backup.move.what" })}</p>
      <div><wa-button appearance="outlined" ?disabled=${status.key === null} ?loading=${this.working === "move"} @click=${() => void this.download("device-move")}><wa-icon slot="start" name="download"></wa-icon>${msg("Download a device-move backup", { id: "admin.backup.move.do" })}</wa-button></div>
    </section>`;
  }

  private drillCard({ drill, folder }: BackupStatus): TemplateResult {
    return html`<section class="card" aria-labelledby="drill">
      <h2 id="drill">${msg("Drill", { id: "admin.backup.drill" })}</h2>
      <p>${msg("Restores the latest backup beside the tablet's data, checks it, compares it and deletes it again. Once a month, so that it works when it is needed.", { id: "admin.backup.drill.what" })}</p>
      ${drill.due ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg("More than a month since the last drill.", { id: "admin.backup.drill.due" })}</wa-callout>` : nothing}
      ${drill.last === null ? nothing : html`<p class="numbers">${drill.last.passed ? msg(str`Passed on ${day(drill.last.at, this.zone)}`, { id: "admin.backup.drill.passed-on" }) : msg(str`Failed on ${day(drill.last.at, this.zone)}`, { id: "admin.backup.drill.failed-on" })}</p>`}
      ${this.drillOpen
        ? html`<form
            class="stack"
            @submit=${(event: Event) => {
              event.preventDefault();
              void this.drill(this.renderRoot.querySelector<HTMLInputElement>("#drill-file")?.files?.[0]);
            }}
          >
            ${textField({ label: msg("Backup key", { id: "admin.backup.key" }), name: "drill-identity", type: "password", value: this.identity, hint: msg("As it was printed: AGE-SECRET-KEY-1 and what follows.", { id: "admin.restore.key.hint" }), onInput: (value) => (this.identity = value) })}
            <label class="stack">${folder === null ? msg("Backup file", { id: "admin.restore.file" }) : msg("Backup file; without one, the latest in the folder", { id: "admin.backup.drill.file" })}<input id="drill-file" type="file" accept=".age" ?required=${folder === null} /></label>
            <div class="row loose">
              <wa-button type="submit" variant="brand" ?loading=${this.working === "drill"} ?disabled=${this.identity.trim() === ""}>${msg("Try it", { id: "admin.backup.drill.do" })}</wa-button>
              <wa-button appearance="outlined" @click=${() => (this.drillOpen = false)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
            </div>
          </form>`
        : html`<div><wa-button appearance="outlined" @click=${() => (this.drillOpen = true)}>${msg("Begin a drill", { id: "admin.backup.drill.begin" })}</wa-button></div>`}
    </section>`;
  }

  private restoreCard(): TemplateResult {
    return html`<section class="card" aria-labelledby="restore">
      <h2 id="restore">${msg("Restore", { id: "admin.restore.do" })}</h2>
      <p>${msg("Brings back what is in a backup and not on this tablet. Nothing on the tablet is taken away, and nobody who was erased comes back.", { id: "admin.restore.what" })}</p>
      ${this.restoreOpen
        ? html`<cf-restore .administration=${this.administration} @cf-cancel=${() => (this.restoreOpen = false)}></cf-restore>`
        : html`<div><wa-button appearance="outlined" @click=${() => (this.restoreOpen = true)}>${msg("Restore from a backup", { id: "admin.restore.open" })}</wa-button></div>`}
    </section>`;
  }

  private madeNote(): TemplateResult | typeof nothing {
    if (this.made === null) return nothing;
    return html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`Backup made: ${this.made.name}`, { id: "admin.backup.made" })}</wa-callout>`;
  }

  private drillNote(): TemplateResult | typeof nothing {
    if (this.drilled === null) return nothing;
    const { passed, people, entries, failure } = this.drilled;
    return html`<wa-callout variant=${passed ? "success" : "warning"} role="status"
      ><wa-icon slot="icon" name=${passed ? "circle-check" : "warning"}></wa-icon>${passed ? msg(str`The drill passed: ${count(people)} people and ${count(entries)} log entries came back.`, { id: "admin.backup.drill.passed" }) : failure === null ? nothing : backupFailureWord(failure)}</wa-callout
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-backup": BackupElement;
  }
}
