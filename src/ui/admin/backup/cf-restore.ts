import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RestoreOutcome, RestorePlan } from "../../../app/api/backup.ts";
import type { Failure } from "../../../domain/errors.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { progress } from "./progress.ts";
import { backupFailureWord } from "./words.ts";

/**
 * A backup's file and key, what a restore would change in plain numbers, and the restore.
 *
 * @event cf-cancel - Nothing was restored.
 */
@customElement("cf-restore")
export class RestoreElement extends AdminElement {
  static override styles = [
    base,
    css`
      .file {
        display: grid;
        gap: 6px;
        font-weight: 600;
      }

      input[type="file"] {
        min-block-size: 48px;
        max-inline-size: 100%;
        font: inherit;
      }
    `,
  ];

  /** On a tablet that is not set up yet. */
  @property({ type: Boolean }) first = false;
  @state() private file: File | null = null;
  @state() private identity = "";
  @state() private plan: RestorePlan | null = null;
  @state() private outcome: RestoreOutcome | null = null;
  @state() private failure: Failure | null = null;
  @state() private working = false;

  private readonly status = new Follow(this, () => this.administration.backups.status);
  #abort: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
    this.administration.backups.dropPlan();
  }

  private async look(): Promise<void> {
    const { file } = this;
    if (file === null || this.working) return;
    this.working = true;
    this.failure = null;
    const abort = new AbortController();
    this.#abort = abort;
    const planned = await confirmed(this, () => this.administration.backups.plan(file, this.identity, abort.signal)).catch(() => null);
    this.working = false;
    if (planned === null || abort.signal.aborted) return;
    if (planned.ok) {
      this.plan = planned.value;
      // It was needed to read the file and is in nobody's way any more.
      this.identity = "";
    } else this.failure = planned.error;
  }

  private async restore(plan: RestorePlan): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const done = await confirmed(this, () => this.administration.backups.restore(plan.id));
    this.working = false;
    if (done.ok) {
      this.outcome = done.value;
      this.plan = null;
    } else this.failure = done.error;
  }

  private cancel(): void {
    this.#abort?.abort();
    this.administration.backups.dropPlan();
    this.plan = null;
    this.failure = null;
    this.dispatchEvent(new CustomEvent("cf-cancel"));
  }

  override render(): TemplateResult {
    const status = this.status.value;
    return html`<div class="stack wide">
      ${this.outcome !== null ? this.done(this.outcome) : this.plan === null ? this.form() : this.planned(this.plan)}
      ${status === undefined ? nothing : progress(status.working)}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${backupFailureWord(this.failure)} ${msg("Nothing was changed.", { id: "admin.restore.unchanged" })}</wa-callout>`}
    </div>`;
  }

  private form(): TemplateResult {
    return html`<form
      class="stack"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.look();
      }}
    >
      <label class="file"
        >${msg("Backup file", { id: "admin.restore.file" })}<input
          type="file"
          accept=".age"
          @change=${(event: Event) => {
            this.file = (event.target as HTMLInputElement).files?.[0] ?? null;
            this.failure = null;
          }}
      /></label>
      ${textField({
        label: msg("Backup key", { id: "admin.backup.key" }),
        name: "identity",
        value: this.identity,
        type: "password",
        hint: msg("As it was printed: AGE-SECRET-KEY-1 and what follows.", { id: "admin.restore.key.hint" }),
        onInput: (value) => (this.identity = value),
      })}
      <div class="row loose">
        <wa-button type="submit" variant="brand" ?loading=${this.working} ?disabled=${this.file === null || this.identity.trim() === ""}>${msg("Look into it", { id: "admin.restore.look" })}</wa-button>
        <wa-button appearance="outlined" @click=${() => this.cancel()}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      </div>
      <p class="quiet">${msg("The file is checked wholly and you see what would change. Nothing is changed yet.", { id: "admin.restore.dry" })}</p>
    </form>`;
  }

  private planned(plan: RestorePlan): TemplateResult {
    const { people, punches } = plan;
    const zone = this.administration.setup.settings.value?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const fact = (words: string, amount: number, always = false): TemplateResult | typeof nothing =>
      amount === 0 && !always
        ? nothing
        : html`<dt>${words}</dt>
            <dd class="numbers">${count(amount)}</dd>`;
    const blocked = people.conflicts.length > 0;
    return html`<h3>${msg("What would change", { id: "admin.restore.plan" })}</h3>
      <dl class="facts">
        <dt>${msg("Site", { id: "admin.restore.site" })}</dt>
        <dd>${plan.siteName}</dd>
        <dt>${msg("Made", { id: "admin.restore.made" })}</dt>
        <dd class="numbers">${dateTime(plan.createdAt, zone)}</dd>
        <dt>${msg("By", { id: "admin.restore.by" })}</dt>
        <dd>${plan.otherDevice ? msg("another tablet", { id: "admin.restore.other" }) : msg("this tablet", { id: "admin.restore.this" })} <span class="code">${plan.device.slice(0, 8)}</span></dd>
        ${fact(msg("People who are added", { id: "admin.restore.added" }), people.added, true)}
        ${fact(msg("People who are brought up to date", { id: "admin.restore.people-changed" }), people.changed)}
        ${fact(msg("People who differ and stay as on this tablet", { id: "admin.restore.kept" }), people.kept)}
        ${fact(msg("People who are the same", { id: "admin.restore.same" }), people.unchanged)}
        ${fact(msg("People on this tablet alone, who stay", { id: "admin.restore.only-here" }), people.onlyHere)}
        ${fact(msg("People who were erased and stay erased", { id: "admin.restore.erased" }), people.erased)}
        ${fact(msg("Punches that are taken in as earlier records", { id: "admin.restore.punches" }), punches.added, true)}
        ${fact(msg("Punches on this tablet alone, which stay", { id: "admin.restore.punches-here" }), punches.onlyHere)}
        ${fact(msg("Users who sign in to administration", { id: "admin.restore.users" }), plan.users)}
        ${fact(msg("Faces", { id: "admin.restore.faces" }), plan.faces)}
      </dl>
      ${plan.forked > 0 ? html`<p>${msg("This tablet and the backup went on in different ways. Both are kept: the tablet's as they are, the backup's as earlier records.", { id: "admin.restore.forked" })}</p>` : nothing}
      ${plan.faces === 0 && people.added > 0 ? html`<p>${msg("A daily backup holds no faces: people use their PIN until they are enrolled again.", { id: "admin.restore.no-faces" })}</p>` : nothing}
      ${this.first ? html`<p>${msg("Afterwards sign in as before, with the users of the backup. If somebody was erased after the day of the backup, erase them here too.", { id: "admin.restore.afterwards" })}</p>` : nothing}
      ${blocked
        ? html`<wa-callout variant="warning"
            ><wa-icon slot="icon" name="warning"></wa-icon>
            <p>${backupFailureWord({ kind: "backup/number-conflicts" })}</p>
            <p class="code">${people.conflicts.slice(0, 20).join(", ")}${people.conflicts.length > 20 ? " …" : nothing}</p></wa-callout
          >`
        : nothing}
      <div class="row loose">
        <wa-button variant="brand" ?loading=${this.working} ?disabled=${blocked} @click=${() => void this.restore(plan)}>${msg("Restore", { id: "admin.restore.do" })}</wa-button>
        <wa-button appearance="outlined" ?disabled=${this.working} @click=${() => this.cancel()}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      </div>`;
  }

  private done({ people, faces }: RestoreOutcome): TemplateResult {
    return html`<wa-callout variant="success" role="status"
      ><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`Restored: ${count(people)} people, ${count(faces)} faces.`, { id: "admin.restore.done" })}
      ${this.first ? msg("The page loads anew.", { id: "admin.restore.reloads" }) : nothing}</wa-callout
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-restore": RestoreElement;
  }
}
