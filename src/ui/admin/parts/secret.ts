import { msg } from "@lit/localize";
import { css, html, LitElement, type TemplateResult } from "lit";
import { updateWhenLocaleChanges } from "@lit/localize";
import { customElement, property } from "lit/decorators.js";

import { secretBox } from "./secret-box.ts";
import { base } from "./styles.ts";

/** A PIN that is shown once. Gone with the element. */
@customElement("cf-secret")
export class SecretElement extends LitElement {
  static override styles = [
    base,
    secretBox,
    css`
      output {
        font-size: clamp(36px, 7vw, 52px);
        line-height: 1.2;
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
