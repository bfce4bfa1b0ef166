import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Failure } from "../../../domain/errors.ts";
import type { ViolationNote } from "../../../domain/exceptions/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { Follow } from "../parts/follow.ts";
import { day, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";

/** Notes and warnings about one person, written by people, with what the person can do about them. A part of the person's page. */
@customElement("cf-notes")
export class NotesElement extends AdminElement {
  static override styles = [
    base,
    css`
      ul {
        display: grid;
        gap: var(--cf-space-3);
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: 4px;
        padding-inline-start: var(--cf-space-3);
        border-inline-start: 3px solid var(--cf-edge);
      }

      li.warning {
        border-color: var(--cf-care);
      }

      .withdrawn .text {
        text-decoration: line-through;
        color: var(--cf-ink-quiet);
      }

      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      form {
        display: grid;
        gap: var(--cf-space-3);
      }

      .fields > * {
        flex: 0 1 200px;
      }
    `,
  ];

  @property() personId = "";
  @state() private notes: readonly ViolationNote[] | null = null;
  @state() private failure: Failure | null = null;
  @state() private writing: { readonly day: string; readonly kind: ViolationNote["kind"]; readonly text: string } | null = null;
  @state() private withdrawing: { readonly id: string; readonly reason: string } | null = null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly users = new Follow(this, () => this.administration.users.list);
  readonly #allowed = new Allowed(this);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("personId")) void this.read();
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private async read(): Promise<void> {
    const { personId } = this;
    const read = await this.administration.attendance.notes.of(personId as PersonId);
    if (personId !== this.personId) return;
    this.notes = read.ok ? read.value : null;
    this.failure = read.ok ? null : read.error;
  }

  private async write(event: Event): Promise<void> {
    event.preventDefault();
    const { writing } = this;
    if (writing === null) return;
    const written = await this.administration.attendance.notes.write(this.personId as PersonId, writing.day, writing.kind, writing.text);
    if (written.ok) this.writing = null;
    await this.read();
    if (!written.ok) this.failure = written.error;
  }

  private async withdraw(): Promise<void> {
    const { withdrawing } = this;
    if (withdrawing === null) return;
    const done = await this.administration.attendance.notes.withdraw(withdrawing.id, withdrawing.reason);
    if (done.ok) this.withdrawing = null;
    await this.read();
    if (!done.ok) this.failure = done.error;
  }

  private name(userId: string): string {
    return this.users.value?.find((user) => user.userId === userId)?.name ?? (this.administration.sessions.current.value?.userId === userId ? this.administration.sessions.current.value.name : msg("a user", { id: "notes.user" }));
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#allowed.has("notes.read")) return nothing;
    const mayWrite = this.#allowed.has("notes.write");
    return html`<section class="card stack" aria-labelledby="notes">
      <div class="head">
        <h2 id="notes">${msg("Notes", { id: "notes.title" })}</h2>
        ${mayWrite && this.writing === null ? html`<wa-button size="s" appearance="outlined" @click=${() => (this.writing = { day: day(Date.now(), this.zone), kind: "note", text: "" })}><wa-icon slot="start" name="plus"></wa-icon>${msg("Write a note", { id: "notes.write" })}</wa-button>` : nothing}
      </div>
      <p class="small quiet">${msg("Written by people and never by the machine; nothing follows by itself. The person reads every note and can appeal it.", { id: "notes.how" })}</p>
      ${failed(this.failure)} ${this.form()}
      ${this.notes === null ? nothing : this.notes.length === 0 ? html`<p class="quiet">${msg("There are none.", { id: "notes.none" })}</p>` : html`<ul>${this.notes.map((note) => this.note(note, mayWrite))}</ul>`}
    </section>`;
  }

  private note({ id, day: of, kind, text, by, at, withdrawn }: ViolationNote, mayWrite: boolean): TemplateResult {
    const open = this.withdrawing?.id === id;
    return html`<li class="${kind} ${withdrawn === undefined ? "" : "withdrawn"}">
      <span class="row"><span class="chip ${kind === "warning" && withdrawn === undefined ? "care" : ""}">${kind === "warning" ? msg("Warning", { id: "notes.warning" }) : msg("Note", { id: "notes.note" })}</span><span class="numbers">${of}</span></span>
      <span class="text">${text}</span>
      <span class="small quiet">${this.name(by)} · ${dateTime(at, this.zone).slice(0, 16)}</span>
      ${withdrawn === undefined
        ? mayWrite && !open
          ? html`<div><wa-button size="s" appearance="plain" @click=${() => (this.withdrawing = { id, reason: "" })}>${msg("Take it back", { id: "notes.withdraw" })}</wa-button></div>`
          : nothing
        : html`<span class="small">${msg(str`Taken back by ${this.name(withdrawn.by)}: ${withdrawn.reason}`, { id: "notes.withdrawn" })}</span>`}
      ${open
        ? html`<wa-input label=${msg("Why it is taken back", { id: "notes.withdraw.reason" })} maxlength="500" .value=${this.withdrawing?.reason ?? ""} @input=${(event: Event) => (this.withdrawing = { id, reason: (event.target as HTMLInputElement).value })}></wa-input>
            <div class="row"><wa-button size="s" variant="brand" @click=${() => void this.withdraw()}>${msg("Take it back", { id: "notes.withdraw" })}</wa-button><wa-button size="s" appearance="plain" @click=${() => (this.withdrawing = null)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button></div>`
        : nothing}
    </li>`;
  }

  private form(): TemplateResult | typeof nothing {
    const { writing } = this;
    if (writing === null) return nothing;
    return html`<form @submit=${(event: Event) => void this.write(event)}>
      <div class="row loose fields">
        <div>
          <label class="native-label small" for="day">${msg("Day", { id: "report.column.day" })}</label>
          <input id="day" class="native" type="date" .value=${writing.day} @change=${(event: Event) => (this.writing = { ...writing, day: (event.target as HTMLInputElement).value })} />
        </div>
        <div>
          <label class="native-label small" for="kind">${msg("Kind", { id: "notes.kind" })}</label>
          <select id="kind" class="native" @change=${(event: Event) => (this.writing = { ...writing, kind: (event.target as HTMLSelectElement).value === "warning" ? "warning" : "note" })}>
            <option value="note" ?selected=${writing.kind === "note"}>${msg("Note", { id: "notes.note" })}</option>
            <option value="warning" ?selected=${writing.kind === "warning"}>${msg("Warning", { id: "notes.warning" })}</option>
          </select>
        </div>
      </div>
      <wa-textarea label=${msg("What happened, and what was said about it", { id: "notes.text" })} rows="3" maxlength="1000" .value=${writing.text} @input=${(event: Event) => (this.writing = { ...writing, text: (event.target as HTMLTextAreaElement).value })}></wa-textarea>
      <div class="row"><wa-button type="submit" variant="brand">${msg("Write it down", { id: "notes.save" })}</wa-button><wa-button appearance="plain" @click=${() => (this.writing = null)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-notes": NotesElement;
  }
}
