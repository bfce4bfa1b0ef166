import { localized } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { iconBright, iconCheck, iconCovered, iconDark, iconFace, iconFarther, iconKeypad, iconLook, iconMiddle, iconNearer, iconPeople, iconStill, iconUneven } from "../components/icons.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { decidingText, guidanceText, pinInsteadText, type GuidanceWord } from "./texts.ts";

const PICTURES: Readonly<Record<GuidanceWord | "good", () => TemplateResult>> = {
  good: iconCheck,
  "look-here": iconLook,
  "no-face": iconFace,
  "several-people": iconPeople,
  "too-far": iconNearer,
  "too-near": iconFarther,
  "off-centre": iconMiddle,
  "turned-away": iconLook,
  "too-dark": iconDark,
  "too-bright": iconBright,
  "uneven-light": iconUneven,
  covered: iconCovered,
  blurred: iconStill,
  "poor-picture": iconKeypad,
};

/**
 * One instruction and its picture while a face comes in; the PIN way below.
 *
 * @event cf-open-pin - The PIN way was chosen.
 */
@customElement("cf-kiosk-guidance")
@localized()
export class CfKioskGuidance extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto;
        gap: var(--kiosk-gap);
        block-size: 100%;
      }

      .word {
        display: grid;
        align-content: center;
        gap: var(--kiosk-gap);
        min-block-size: 0;
      }

      .picture {
        display: grid;
        place-items: center;
        inline-size: clamp(72px, 15vmin, 168px);
        aspect-ratio: 1;
        border-radius: 50%;
        background: var(--cf-accent-ground);
        color: var(--cf-accent);
      }

      .picture.good {
        background: var(--cf-good-ground);
        color: var(--cf-good);
      }

      .picture .icon {
        inline-size: 56%;
        block-size: 56%;
        stroke-width: 1.7;
      }

      @media (orientation: portrait) {
        .word {
          grid-template-columns: auto 1fr;
          align-items: center;
        }
      }
    `,
  ];

  /** `good`: nothing to correct, the decision is under way. */
  @property() reason: GuidanceWord | "good" = "look-here";

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  override render(): TemplateResult {
    return html`
      <div class="word">
        <div class="picture ${this.reason}">${PICTURES[this.reason]()}</div>
        <h1 class="statement">${this.reason === "good" ? decidingText() : guidanceText(this.reason)}</h1>
      </div>
      <div class="buttons"><button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${pinInsteadText()}</button></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-guidance": CfKioskGuidance;
  }
}
