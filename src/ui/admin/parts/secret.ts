import { msg } from "@lit/localize";
import { css, html, LitElement, type TemplateResult } from "lit";
import { updateWhenLocaleChanges } from "@lit/localize";
import { customElement, property } from "lit/decorators.js";

import { base } from "./styles.ts";

/** A PIN that is shown once. Gone with the element. */
@customElement("cf-secret")
export class SecretElement extends LitElement {
  static override styles = [
    base,
    css`
      .box {
        display: grid;
        gap: var(--cf-space-2);
        justify-items: center;
        padding: var(--cf-space-4);
        border: 2px solid var(--cf-accent);
        border-radius: var(--cf-radius);
        background: var(--cf-accent-ground);
        text-align: center;
      }

      output {
        font-family: var(--cf-font-mono);
        font-size: clamp(36px, 7vw, 52px);
        line-height: 1.2;
        font-weight: 700;
        letter-spacing: 0.12em;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) secret = "";

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render(): TemplateResult {
    return html`<div class="box">
      <p>${msg("New PIN", { id: "admin.secret.title" })}</p>
      <output>${this.secret}</output>
      <p class="small">${msg("Shown this once. Let the person write it down or remember it now; a lost PIN is replaced by a new one.", { id: "admin.secret.once" })}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-secret": SecretElement;
  }
}
