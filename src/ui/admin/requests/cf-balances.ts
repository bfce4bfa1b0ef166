import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RequestFailure, Requests } from "../../../app/api/attendance.ts";
import { COMPENSATORY } from "../../../domain/exceptions/types.ts";
import { COMMENT_MAX_LENGTH } from "../../../domain/exceptions/workflow.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { locale } from "../../i18n/localize.ts";
import { leaveKindWord, minutesWord } from "../../i18n/requests.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { requestStyles } from "./styles.ts";
import { minuteOf, requestFailureWord } from "./words.ts";

type Sheet = Extract<Awaited<ReturnType<Requests["balances"]>>, { readonly ok: true }>["value"];

/** What one person has of each kind of leave, and what HR put on or took off. It is read when it is opened: the log says who looked. */
@customElement("cf-balances")
export class BalancesElement extends AdminElement {
  static override styles = [
    base,
    requestStyles,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
      }

      th,
      td {
        padding: 8px 10px 8px 0;
        border-block-end: 1px solid var(--cf-line);
        text-align: start;
      }

      .scroll {
        overflow-x: auto;
      }

      @media (max-width: 700px) {
        table {
          font-size: 14px;
        }

        th,
        td {
          padding-inline-end: 4px;
        }
      }

      form {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
        align-items: end;
        gap: var(--cf-space-3);
      }

      form > .wide {
        grid-column: 1 / -1;
      }
    `,
  ];

  @property({ attribute: false }) personId!: PersonId;
  @state() private sheet: Sheet | null = null;
  @state() private failure: RequestFailure | null = null;
  @state() private opened = false;
  @state() private adjusting = false;
  @state() private kind = "";
  @state() private hours = "";
  @state() private reason = "";
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly users = new Follow(this, () => this.administration.users.list);
  readonly #allowed = new Allowed(this);

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.attendance.requests.revision,
      () => void this.read(),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("personId")) return;
    this.sheet = null;
    this.opened = false;
  }

  private async read(): Promise<void> {
    if (!this.opened) return;
    const { personId } = this;
    const read = await this.administration.attendance.requests.balances(personId);
    if (personId !== this.personId) return;
    this.failure = read.ok ? null : read.error;
    if (read.ok) this.sheet = read.value;
  }

  private async adjust(event: Event): Promise<void> {
    event.preventDefault();
    const outcome = await this.administration.attendance.requests.adjustBalance(this.personId, this.kind, Math.round(Number(this.hours) * 60), this.reason);
    this.failure = outcome.ok ? null : outcome.error;
    if (!outcome.ok) return;
    this.adjusting = false;
    this.hours = "";
    this.reason = "";
    await this.read();
  }

  private carry(leaveKind: string, minutes: number): void {
    this.adjusting = true;
    this.kind = leaveKind;
    this.hours = String(minutes / 60);
    this.reason = msg("Carried over from last year", { id: "admin.balance.carry.reason" });
  }

  private name(leaveKind: string): string {
    return leaveKindWord(leaveKind, this.kinds, locale.value);
  }

  private get kinds(): NonNullable<ReturnType<AdminElement["administration"]["attendance"]["rules"]["inForce"]>>["leaveKinds"] {
    return this.administration.attendance.rules.book.value.versions.at(-1)?.rules.leaveKinds ?? [];
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.#allowed.has("requests.read")) return nothing;
    return html`<section class="card stack" aria-labelledby="balances">
      <h2 id="balances">${msg("Leave balances", { id: "admin.balance" })}</h2>
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${requestFailureWord(this.failure)}</wa-callout>`}
      ${this.sheet === null
        ? html`<div><wa-button appearance="outlined" ?loading=${this.opened && this.failure === null} @click=${() => {
            this.opened = true;
            void this.read();
          }}><wa-icon slot="start" name="eye"></wa-icon>${msg("Show balances", { id: "admin.balance.show" })}</wa-button></div>`
        : this.content(this.sheet)}
    </section>`;
  }

  private content({ balances, entries, leftOver }: Sheet): TemplateResult {
    const zone = this.settings.value?.zone ?? "UTC";
    return html`${balances.length === 0
        ? html`<p class="quiet">${msg("No kind of leave is counted here. HR sets them in the rules.", { id: "admin.balance.none" })}</p>`
        : html`<div class="scroll"><table class="numbers">
            <thead><tr><th scope="col">${msg("Kind", { id: "admin.request.kind" })}</th><th scope="col">${msg("Granted", { id: "admin.balance.granted" })}</th><th scope="col">${msg("Used", { id: "admin.balance.used" })}</th><th scope="col">${msg("Asked for", { id: "admin.balance.pending" })}</th><th scope="col">${msg("Left", { id: "admin.balance.left" })}</th></tr></thead>
            <tbody>${balances.map((one) => html`<tr><th scope="row">${this.name(one.leaveKind)}</th><td>${minutesWord(one.granted)}</td><td>${minutesWord(one.used)}</td><td>${minutesWord(one.pending)}</td><td><strong>${minutesWord(one.remaining)}</strong></td></tr>`)}</tbody>
          </table></div>`}
      ${entries.length === 0
        ? nothing
        : html`<h3>${msg("Put on or taken off by hand", { id: "admin.balance.entries" })}</h3>
            <ul>${entries.map(({ leaveKind, minutes, reason, by, at }) => html`<li><span class="numbers">${minutes > 0 ? "+" : ""}${minutesWord(minutes)}</span> ${this.name(leaveKind)}: ${reason} <span class="quiet small numbers">${minuteOf(at, zone)} · ${this.users.value?.find(({ userId }) => userId === by)?.name ?? msg("Another user", { id: "admin.request.by.user" })}</span></li>`)}</ul>`}
      ${this.#allowed.has("balances.change") ? this.change(leftOver) : nothing}`;
  }

  private change(leftOver: Sheet["leftOver"]): TemplateResult {
    if (!this.adjusting) {
      return html`<div class="row">
        <wa-button appearance="outlined" @click=${() => {
          this.adjusting = true;
          this.kind = this.kinds.find(({ balance }) => balance)?.id ?? COMPENSATORY;
        }}><wa-icon slot="start" name="pencil"></wa-icon>${msg("Put on or take off", { id: "admin.balance.adjust" })}</wa-button>
        ${leftOver.map(({ leaveKind, minutes }) => html`<wa-button appearance="plain" @click=${() => this.carry(leaveKind, minutes)}>${msg(str`Carry over ${this.name(leaveKind)}: ${minutesWord(minutes)}`, { id: "admin.balance.carry" })}</wa-button>`)}
      </div>`;
    }
    const kinds = [...this.kinds.filter(({ balance }) => balance).map(({ id }) => id), ...(this.kinds.some(({ id }) => id === COMPENSATORY) ? [] : [COMPENSATORY])];
    const ready = this.reason.trim() !== "" && Number.isFinite(Number(this.hours)) && Math.round(Number(this.hours) * 60) !== 0;
    return html`<form @submit=${(event: Event) => void this.adjust(event)}>
      <div><label class="native-label small" for="kind">${msg("Kind", { id: "admin.request.kind" })}</label><select id="kind" class="native" @change=${(event: Event) => (this.kind = (event.target as HTMLSelectElement).value)}>${kinds.map((id) => html`<option value=${id} ?selected=${id === this.kind}>${this.name(id)}</option>`)}</select></div>
      <div><label class="native-label small" for="hours">${msg("Hours, with − to take off", { id: "admin.balance.hours" })}</label><input id="hours" class="native" type="number" step="0.5" .value=${this.hours} @input=${(event: Event) => (this.hours = (event.target as HTMLInputElement).value)} /></div>
      <div class="wide"><label class="native-label small" for="why">${msg("Reason (the person sees it)", { id: "admin.balance.reason" })}</label><input id="why" class="native" maxlength=${COMMENT_MAX_LENGTH} .value=${this.reason} @input=${(event: Event) => (this.reason = (event.target as HTMLInputElement).value)} /></div>
      <div class="row wide"><wa-button type="submit" variant="brand" ?disabled=${!ready} @click=${(event: Event) => void this.adjust(event)}>${msg("Write down", { id: "admin.balance.do" })}</wa-button><wa-button appearance="outlined" @click=${() => (this.adjusting = false)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-balances": BalancesElement;
  }
}
