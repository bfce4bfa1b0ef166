import { msg } from "@lit/localize";
import { css, html, LitElement, type TemplateResult } from "lit";
import { updateWhenLocaleChanges } from "@lit/localize";
import { customElement, property } from "lit/decorators.js";

import { base } from "../parts/styles.ts";
import { theme } from "../parts/theme.ts";
import { qrCode } from "../users/qr-code.ts";

/** On paper nothing else is to be seen. Adopted, since the page's policy lets no style be written into it. */
const alone = new CSSStyleSheet();
alone.replaceSync("@media print { body > :not(cf-badge-print) { display: none !important; } }");

/**
 * A badge to be printed: name, number and code, as large as a bank card. The code is shown once and is gone with the element.
 *
 * @event cf-close - It was printed, or is not wanted.
 */
@customElement("cf-badge-print")
export class BadgePrintElement extends LitElement {
  static override styles = [
    base,
    theme,
    css`
      :host {
        position: fixed;
        inset: 0;
        z-index: 1000;
        display: grid;
        place-content: center;
        gap: var(--cf-space-4);
        padding: var(--cf-space-4);
        background: var(--cf-ground);
      }

      .badge {
        display: grid;
        grid-template-columns: 1fr 40mm;
        align-items: center;
        gap: 4mm;
        box-sizing: border-box;
        inline-size: 85.6mm;
        block-size: 54mm;
        padding: 5mm;
        border: 0.3mm solid #6d777b;
        border-radius: 3mm;
        background: #fff;
        color: #14181a;
      }

      .qr {
        inline-size: 40mm;
        block-size: 40mm;
      }

      .site {
        font-size: 3mm;
      }

      .name {
        font-size: 5.5mm;
        font-weight: 700;
        line-height: 1.15;
        overflow-wrap: anywhere;
      }

      .number {
        font-size: 4mm;
        font-variant-numeric: tabular-nums;
      }

      .text {
        max-inline-size: 60ch;
      }

      @media print {
        :host {
          position: static;
          display: block;
          padding: 0;
        }

        .text,
        .row {
          display: none;
        }
      }
    `,
  ];

  @property() code = "";
  @property() name = "";
  @property() number = "";
  @property() site = "";

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute("role", "dialog");
    this.setAttribute("aria-modal", "true");
    this.setAttribute("aria-label", msg("Badge", { id: "admin.badge" }));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, alone];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== alone);
    this.code = "";
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("wa-button")?.focus();
  }

  private readonly close = (): void => void this.dispatchEvent(new CustomEvent("cf-close"));

  override render(): TemplateResult {
    return html`<div class="badge">
        <div>
          <p class="site">${this.site}</p>
          <p class="name">${this.name}</p>
          <p class="number">${this.number}</p>
        </div>
        ${qrCode(this.code, msg("Code of the badge", { id: "admin.badge.code" }))}
      </div>
      <p class="text">${msg("Shown this once: print it now, cut it out and have it laminated. Whoever shows it punches as this person, so a lost one is to be ended or replaced.", { id: "admin.badge.once" })}</p>
      <div class="row">
        <wa-button variant="brand" @click=${() => print()}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.once.print" })}</wa-button>
        <wa-button appearance="outlined" @click=${this.close}>${msg("Done", { id: "kiosk.pin.done" })}</wa-button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-badge-print": BadgePrintElement;
  }
}
