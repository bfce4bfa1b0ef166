import { LitElement, css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

/**
 * A bar that runs out. It tells nothing that words do not; where motion is unwanted it goes down second by second.
 *
 * @summary Starts anew whenever the end changes.
 */
@customElement("cf-countdown")
export class CfCountdown extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      block-size: 6px;
      overflow: hidden;
      border-radius: 3px;
      background: color-mix(in srgb, currentcolor 16%, transparent);
    }

    .left {
      block-size: 100%;
      border-radius: inherit;
      background: currentcolor;
      transform-origin: 0 50%;
    }
  `;

  /** Wall time of the end, milliseconds since 1970. */
  @property({ type: Number, attribute: "ends-at" }) endsAt = 0;

  @query(".left") private readonly left!: HTMLElement;

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has("endsAt")) return;
    for (const animation of this.left.getAnimations()) animation.cancel();
    const duration = Math.max(0, this.endsAt - Date.now());
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.left.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], {
      duration,
      easing: calm ? `steps(${Math.max(1, Math.round(duration / 1000))}, end)` : "linear",
      fill: "forwards",
    });
  }

  override render(): TemplateResult {
    return html`<div class="left"></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-countdown": CfCountdown;
  }
}
