import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PairingFailure } from "../../../app/api/administration.ts";
import { AdminElement } from "../parts/element.ts";
import { under } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { QrScan } from "../parts/qr-scan.ts";
import { base } from "../parts/styles.ts";
import { pairingFailureWord } from "./pairing-words.ts";

/**
 * Pairs the tablet with a hub, by the token's text or its QR code; or takes the pairing back.
 *
 * @event cf-close - The dialog was closed.
 */
@customElement("cf-pairing")
export class PairingElement extends AdminElement {
  static override styles = [
    base,
    css`
      wa-textarea::part(textarea) {
        font-family: var(--cf-font-mono);
        font-size: 14px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;

  @state() private token = "";
  @state() private failure: PairingFailure["kind"] | null = null;
  @state() private working = false;
  @state() private leaving = false;

  private readonly qr = new QrScan(this);
  private readonly sync = new Follow(this, () => this.administration.sync.status);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("open")) return;
    if (this.open) {
      this.token = "";
      this.failure = null;
      this.leaving = false;
    } else {
      this.qr.stop();
    }
  }

  private async scan(): Promise<void> {
    const text = await this.qr.read((found) => found !== "");
    if (text === null) return;
    this.token = text;
    await this.pair();
  }

  private async pair(): Promise<void> {
    const token = this.token.trim();
    if (token === "" || this.working) return;
    this.working = true;
    this.failure = null;
    const outcome = await this.administration.sync.pair(token);
    this.working = false;
    if (outcome.ok) this.close();
    else this.failure = outcome.error.kind;
  }

  private async unpair(): Promise<void> {
    this.working = true;
    await this.administration.sync.unpair();
    this.working = false;
    this.close();
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    const paired = (this.sync.value?.hub ?? null) !== null;
    return html`<wa-dialog
      label=${this.leaving ? msg("Unpair", { id: "admin.pairing.unpair" }) : msg("Pair a hub", { id: "admin.hub.pair" })}
      ?open=${this.open}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.close();
      }}
    >
      ${this.leaving
        ? html`<p>${msg("Punches are no longer sent. Those waiting stay on this tablet and go out when it is paired again.", { id: "admin.pairing.unpair.text" })}</p>`
        : html`<div class="stack">
            <p>${msg("The hub makes a token for this tablet and shows it as text and as a QR code.", { id: "admin.pairing.intro" })}</p>
            ${this.qr.scanning
              ? this.qr.view(msg("Hold the QR code before the camera", { id: "admin.pairing.hold" }))
              : nothing}
            <wa-textarea
              label=${msg("Token", { id: "admin.pairing.token" })}
              rows="4"
              .value=${this.token}
              .spellcheck=${false}
              autocomplete="off"
              class=${this.failure === null ? "" : "invalid"}
              @input=${(event: Event) => {
                this.token = (event.target as HTMLTextAreaElement).value;
                this.failure = null;
              }}
              >${under(this.failure === null ? undefined : pairingFailureWord(this.failure))}</wa-textarea
            >
            ${!this.qr.scanning
              ? html`<div><wa-button appearance="outlined" @click=${() => void this.scan()}><wa-icon slot="start" name="qr"></wa-icon>${msg("Scan the QR code", { id: "admin.pairing.scan" })}</wa-button></div>`
              : nothing}
            ${paired ? html`<div><wa-button appearance="plain" @click=${() => (this.leaving = true)}>${msg("Unpair", { id: "admin.pairing.unpair" })}</wa-button></div>` : nothing}
          </div>`}
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      ${this.leaving
        ? html`<wa-button slot="footer" variant="danger" ?loading=${this.working} @click=${() => void this.unpair()}>${msg("Unpair", { id: "admin.pairing.unpair" })}</wa-button>`
        : html`<wa-button slot="footer" variant="brand" ?loading=${this.working} ?disabled=${this.token.trim() === ""} @click=${() => void this.pair()}>${msg("Pair", { id: "admin.pairing.do" })}</wa-button>`}
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-pairing": PairingElement;
  }
}
