import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Failure } from "../../domain/errors.ts";
import { iconCameraOff, iconCare, iconCheck, iconHelp } from "../components/icons.ts";
import { failureText } from "../i18n/failures.ts";
import { kioskStyles } from "./kiosk-styles.ts";

/** In the mirror's place while the face way is closed: what is wrong, what still works, whom to tell. */
@customElement("cf-kiosk-fault")
@localized()
export class CfKioskFault extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        align-content: center;
        gap: clamp(12px, 2.4vmin, 28px);
        padding: clamp(20px, 5vmin, 64px);
        border-radius: var(--cf-radius-large);
        background: var(--cf-care-ground);
        color: var(--cf-ink);
        overflow: hidden;
      }

      .sign {
        color: var(--cf-care);
      }

      .sign .icon {
        inline-size: clamp(48px, 10vmin, 112px);
        block-size: clamp(48px, 10vmin, 112px);
        stroke-width: 1.6;
      }

      h2 {
        font-size: clamp(30px, 5vmin, 56px);
        font-weight: 650;
        line-height: 1.2;
        text-wrap: balance;
      }

      p {
        display: flex;
        align-items: center;
        gap: 0.6em;
        font-size: clamp(18px, 3.1vmin, 34px);
        line-height: 1.4;
      }

      p .icon {
        inline-size: 1.4em;
        block-size: 1.4em;
        color: var(--cf-care);
      }

      .works .icon {
        color: var(--cf-good);
      }

      @media (orientation: portrait) and (max-height: 900px) {
        .sign {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) fault: Failure | null = null;

  @property() helpContact = "";

  /** Badges were handed out. */
  @property({ type: Boolean }) badges = false;

  /** A supervisor can attest who is here. */
  @property({ type: Boolean }) list = false;

  #works(): string {
    if (this.badges && this.list) return msg("PIN, badge and the supervisor's list work as always.", { id: "kiosk.fault.works.badge-list" });
    if (this.badges) return msg("PIN and badge work as always.", { id: "kiosk.fault.works.badge" });
    if (this.list) return msg("PIN and the supervisor's list work as always.", { id: "kiosk.fault.works.list" });
    return msg("The PIN works as always.", { id: "kiosk.fault.works" });
  }

  override render(): TemplateResult | typeof nothing {
    if (this.fault === null) return nothing;
    const { happened, todo } = failureText(this.fault);
    return html`
      <div class="sign">${this.fault.kind.startsWith("camera/") ? iconCameraOff() : iconCare()}</div>
      <h2>${happened}</h2>
      <p>${todo}</p>
      ${this.fault.kind === "ledger/retired" ? nothing : html`<p class="works">${iconCheck()}<span>${this.#works()}</span></p>`}
      ${this.helpContact === "" ? nothing : html`<p>${iconHelp()}<span>${msg(str`Please tell: ${this.helpContact}`, { id: "kiosk.fault.tell" })}</span></p>`}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-fault": CfKioskFault;
  }
}
