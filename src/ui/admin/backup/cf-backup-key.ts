import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { IDENTITY_ENDING_LENGTH, type KeyOffer } from "../../../app/api/backup.ts";
import type { Failure } from "../../../domain/errors.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { base } from "../parts/styles.ts";
import "../users/cf-shown-once.ts";
import { qrCode } from "../users/qr-code.ts";
import { backupFailureWord } from "./words.ts";

/**
 * Makes a backup key: shows its private half once, and keeps the public one when the last characters were typed from
 * what was put away.
 *
 * @event cf-kept - The key is in use.
 * @event cf-cancel - None was made.
 */
@customElement("cf-backup-key")
export class BackupKeyElement extends AdminElement {
  static override styles = [
    base,
    css`
      .qr {
        inline-size: min(240px, 70vw);
        margin-inline: auto;
      }

      @media print {
        wa-input,
        .row {
          display: none;
        }
      }
    `,
  ];

  @state() private offer: KeyOffer | null = null;
  @state() private ending = "";
  @state() private failure: Failure | null = null;
  @state() private working = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.make();
  }

  private async make(): Promise<void> {
    const offered = await confirmed(this, () => this.administration.backups.offerKey());
    if (offered.ok) this.offer = offered.value;
    else this.failure = offered.error;
  }

  private async keep(offer: KeyOffer): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const kept = await confirmed(this, () => this.administration.backups.keepKey(offer, this.ending));
    this.working = false;
    if (!kept.ok) {
      this.failure = kept.error;
      return;
    }
    this.offer = null;
    this.dispatchEvent(new CustomEvent("cf-kept"));
  }

  override render(): TemplateResult {
    const { offer } = this;
    const wrong = this.failure?.kind === "backup/wrong-ending";
    return html`<div class="stack wide">
      ${offer === null
        ? this.failure === null
          ? html`<wa-spinner></wa-spinner>`
          : nothing
        : html`<cf-shown-once label=${msg("Backup key", { id: "admin.backup.key" })} secret=${offer.identity} printable></cf-shown-once>
            ${qrCode(offer.identity, msg("The backup key as a QR code", { id: "admin.backup.key.qr" }))}
            <p>${msg("Shown this once. Print it and lock it away, not beside the tablet. Whoever holds it can read every backup that is made from now on; without it no backup can be opened, by anybody.", { id: "admin.backup.key.once" })}</p>
            <form
              class="stack"
              @submit=${(event: Event) => {
                event.preventDefault();
                void this.keep(offer);
              }}
            >
              ${textField({
                label: msg("Its last six characters, from what you have put away", { id: "admin.backup.key.ending" }),
                name: "ending",
                value: this.ending,
                maxlength: IDENTITY_ENDING_LENGTH,
                error: wrong && this.failure !== null ? backupFailureWord(this.failure) : undefined,
                onInput: (value) => (this.ending = value),
              })}
              <div class="row loose">
                <wa-button type="submit" variant="brand" ?loading=${this.working}>${msg("I have put it away", { id: "admin.backup.key.away" })}</wa-button>
                <wa-button appearance="outlined" @click=${() => this.dispatchEvent(new CustomEvent("cf-cancel"))}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>
              </div>
            </form>`}
      ${this.failure === null || wrong ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${backupFailureWord(this.failure)}</wa-callout>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-backup-key": BackupKeyElement;
  }
}
