import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { ChallengeAction } from "../../domain/biometrics/types.ts";

/**
 * A drawn head that does what is asked, as in a mirror: the person's left is the screen's left.
 *
 * @summary Where motion is unwanted the head stands in the pose and the arrow says the rest.
 */
@customElement("cf-challenge-picture")
export class CfChallengePicture extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      color: var(--cf-accent);
    }

    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      fill: none;
      stroke: currentcolor;
      stroke-width: 6;
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    .head {
      fill: var(--cf-raised);
    }

    .hair {
      fill: currentcolor;
      stroke: none;
    }

    .eye {
      fill: currentcolor;
      stroke: none;
      transform-box: fill-box;
      transform-origin: center;
    }

    .arrow {
      stroke-width: 8;
    }

    .face,
    .ear-left,
    .ear-right {
      animation: 2.6s cubic-bezier(0.45, 0, 0.55, 1) infinite;
    }

    .turn-left .face {
      animation-name: face-left;
      transform: translateX(-26px);
    }

    .turn-right .face {
      animation-name: face-right;
      transform: translateX(26px);
    }

    .turn-left .ear-right,
    .turn-right .ear-left {
      animation-name: ear-near;
    }

    .turn-left .ear-left,
    .turn-right .ear-right {
      animation-name: ear-far;
      opacity: 0;
    }

    .nod .face {
      animation-name: face-nod;
      transform: translateY(20px);
    }

    .blink-twice .eye {
      animation: eye-blink 2.6s linear infinite;
      transform: scaleY(0.14);
    }

    .arrow {
      animation: arrow 2.6s ease-in-out infinite;
    }

    @keyframes face-left {
      0%,
      15%,
      95%,
      100% {
        transform: none;
      }
      50%,
      70% {
        transform: translateX(-26px);
      }
    }

    @keyframes face-right {
      0%,
      15%,
      95%,
      100% {
        transform: none;
      }
      50%,
      70% {
        transform: translateX(26px);
      }
    }

    @keyframes ear-near {
      0%,
      15%,
      95%,
      100% {
        transform: none;
      }
      50%,
      70% {
        transform: translateX(-10px);
      }
    }

    .turn-right .ear-left {
      animation-name: ear-near-right;
    }

    @keyframes ear-near-right {
      0%,
      15%,
      95%,
      100% {
        transform: none;
      }
      50%,
      70% {
        transform: translateX(10px);
      }
    }

    @keyframes ear-far {
      0%,
      15%,
      95%,
      100% {
        opacity: 1;
      }
      40%,
      75% {
        opacity: 0;
      }
    }

    @keyframes face-nod {
      0%,
      10%,
      90%,
      100% {
        transform: none;
      }
      35%,
      45% {
        transform: translateY(20px);
      }
      65% {
        transform: translateY(-8px);
      }
    }

    @keyframes eye-blink {
      0%,
      18%,
      30%,
      44%,
      56%,
      100% {
        transform: none;
      }
      24%,
      50% {
        transform: scaleY(0.1);
      }
    }

    @keyframes arrow {
      0%,
      100% {
        opacity: 0.35;
      }
      50% {
        opacity: 1;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      * {
        animation: none !important;
      }
    }
  `;

  @property() action: ChallengeAction = "turn-left";

  #arrow(): string {
    switch (this.action) {
      case "turn-left":
        return "M92 196 C60 184 40 168 28 146 M24 172 L26 142 L54 154";
      case "turn-right":
        return "M228 196 C260 184 280 168 292 146 M296 172 L294 142 L266 154";
      case "nod":
        return "M276 84 V156 M258 138 L276 158 L294 138";
      case "blink-twice":
        return "";
    }
  }

  override render(): TemplateResult {
    return html`
      <svg class=${this.action} viewBox="0 0 320 240" aria-hidden="true">
        <path class="ear-left" d="M102 106 C84 100 82 142 106 142" />
        <path class="ear-right" d="M218 106 C236 100 238 142 214 142" />
        <ellipse class="head" cx="160" cy="118" rx="62" ry="84" />
        <path class="hair" d="M98 112 C94 62 122 34 160 34 C198 34 226 62 222 112 C212 86 196 74 160 74 C124 74 108 86 98 112z" />
        <g class="face">
          <ellipse class="eye" cx="138" cy="114" rx="7.5" ry="9" />
          <ellipse class="eye" cx="182" cy="114" rx="7.5" ry="9" />
          <path d="M160 122 V142 H152" />
          <path d="M142 166 H178" />
        </g>
        <path class="arrow" d=${this.#arrow()} />
      </svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-challenge-picture": CfChallengePicture;
  }
}
