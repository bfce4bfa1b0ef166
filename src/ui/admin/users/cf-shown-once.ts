import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { secretBox } from "../parts/secret-box.ts";
import { base } from "../parts/styles.ts";

/** A secret that is shown once, to be copied or printed. Gone with the element. */
@customElement("cf-shown-once")
export class ShownOnceElement extends LitElement {
  static override styles = [
    base,
    secretBox,
    css`
      output {
        font-size: clamp(20px, 4.5vw, 30px);
        line-height: 1.35;
        overflow-wrap: anywhere;
        user-select: all;
      }

      @media print {
        .row {
          display: none;
        }
      }
    `,
  ];

  @property() label = "";
  @property() secret = "";
  /** Offers to print the page that it stands on. */
  @property({ type: Boolean }) printable = false;
  @state() private copied: "not" | "done" | "failed" = "not";

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.secret);
      this.copied = "done";
    } catch {
      this.copied = "failed";
    }
  }

  override render(): TemplateResult {
    return html`<div class="box">
      <p>${this.label}</p>
      <output>${this.secret}</output>
      <div class="row">
        ${this.printable ? html`<wa-button size="s" appearance="outlined" @click=${() => print()}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.once.print" })}</wa-button>` : nothing}
        <wa-button size="s" appearance="outlined" @click=${() => void this.copy()}>${msg("Copy", { id: "admin.once.copy" })}</wa-button>
      </div>
      <p class="small" role="status">
        ${this.copied === "done" ? msg("Copied", { id: "admin.once.copied" }) : this.copied === "failed" ? msg("The browser did not allow it. Write it down instead.", { id: "admin.once.not-copied" }) : nothing}
      </p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-shown-once": ShownOnceElement;
  }
}
