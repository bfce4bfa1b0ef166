import { localized, msg } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { ChallengeAction } from "../../domain/biometrics/types.ts";
import "../components/cf-countdown.ts";
import { iconKeypad } from "../components/icons.ts";
import "./cf-challenge-picture.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { challengeText, pinInsteadText } from "./texts.ts";

/**
 * One instruction with a moving picture.
 *
 * @event cf-open-pin - The PIN way was chosen.
 */
@customElement("cf-kiosk-challenge")
@localized()
export class CfKioskChallenge extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto auto;
        gap: var(--kiosk-gap);
        block-size: 100%;
      }

      .task {
        display: grid;
        align-content: center;
        gap: var(--kiosk-gap);
        min-block-size: 0;
      }

      cf-challenge-picture {
        inline-size: min(100%, clamp(150px, 46vmin, 480px));
        aspect-ratio: 4 / 3;
      }

      cf-countdown {
        color: var(--cf-accent);
      }

      .again {
        margin-block-end: 0.4em;
      }

      @media (orientation: portrait) and (max-height: 900px) {
        .task {
          grid-template-columns: minmax(96px, 34%) 1fr;
          align-items: center;
        }

        cf-challenge-picture {
          inline-size: 100%;
        }
      }
    `,
  ];

  @property() action: ChallengeAction = "turn-left";

  @property({ type: Number }) attempt: 1 | 2 = 1;

  @property({ type: Number }) endsAt = 0;

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  override render(): TemplateResult {
    return html`
      <div class="task">
        <cf-challenge-picture .action=${this.action}></cf-challenge-picture>
        <div>
          ${this.attempt === 2 ? html`<p class="body again">${msg("Once more, please", { id: "kiosk.challenge.again" })}</p>` : nothing}
          <h1 class="statement">${challengeText(this.action)}</h1>
        </div>
      </div>
      <div class="buttons"><button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${pinInsteadText()}</button></div>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-challenge": CfKioskChallenge;
  }
}
