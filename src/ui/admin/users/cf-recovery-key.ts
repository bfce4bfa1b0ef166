import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { UserFailure } from "../../../app/api/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import "./cf-shown-once.ts";
import { userFailureWord } from "./words.ts";

/**
 * The recovery key, shown once, until it was put away. Where it is not known any more, a new one can be made.
 *
 * @event cf-away - The key was put away; `detail.shown` is false when it was not shown here.
 */
@customElement("cf-recovery-key")
export class RecoveryKeyElement extends AdminElement {
  static override styles = [
    base,
    css`
      @media print {
        wa-checkbox,
        .foot {
          display: none;
        }
      }
    `,
  ];

  /** Null when the page was loaded again since it was made. */
  @property({ attribute: false }) key: string | null = null;
  /** There is none yet, or the last one was used up. */
  @property({ type: Boolean }) first = false;
  @state() private away = false;
  @state() private tried = false;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;

  private async make(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const made = await confirmed(this, () => this.administration.users.newRecoveryKey());
    this.working = false;
    if (made.ok) this.key = made.value;
    else this.failure = made.error.kind;
  }

  private goOn(): void {
    if (this.key !== null && !this.away) {
      this.tried = true;
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("wa-checkbox")?.focus());
      return;
    }
    this.dispatchEvent(new CustomEvent("cf-away", { detail: { shown: this.key !== null } }));
  }

  override render(): TemplateResult {
    return html`<div class="stack wide">
      <p>${msg("If the passphrase or the phone is lost, this key opens administration once more.", { id: "admin.recovery.why" })}</p>
      ${this.key === null ? this.unknown() : this.shown(this.key)}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
    </div>`;
  }

  private shown(key: string): TemplateResult {
    const missing = this.tried && !this.away;
    return html`<cf-shown-once label=${msg("Recovery key", { id: "admin.recovery" })} secret=${key} printable></cf-shown-once>
      <p>${msg("Shown this once. Print it or write it down, and lock it away, apart from the passphrase and not on this tablet.", { id: "admin.recovery.once" })}</p>
      <wa-checkbox class=${missing ? "invalid" : ""} .checked=${this.away} @change=${(event: Event) => (this.away = (event.target as HTMLInputElement).checked)}
        >${msg("I have put it away", { id: "admin.recovery.away" })}${missing
          ? html`<span slot="hint" class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${msg("Put it away first, then tick this.", { id: "admin.recovery.away.missing" })}</span>`
          : nothing}</wa-checkbox
      >
      <div class="row loose foot"><wa-button variant="brand" @click=${() => this.goOn()}>${msg("Continue", { id: "admin.continue" })}</wa-button></div>`;
  }

  private unknown(): TemplateResult {
    return html`${this.first ? nothing : html`<p>${msg("A key is shown a single time, when it is made. If you have put yours away, go on; else make a new one, and the old one ends.", { id: "admin.recovery.unknown" })}</p>`}
      <div class="row loose foot">
        <wa-button variant="brand" ?loading=${this.working} @click=${() => void this.make()}><wa-icon slot="start" name="key"></wa-icon>${msg("Make a recovery key", { id: "admin.recovery.make" })}</wa-button>
        <wa-button appearance="outlined" @click=${() => this.goOn()}>${this.first ? msg("Not now", { id: "admin.recovery.later" }) : msg("I have one put away", { id: "admin.recovery.have" })}</wa-button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-recovery-key": RecoveryKeyElement;
  }
}
