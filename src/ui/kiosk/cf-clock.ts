import { localized } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { dayInWords, timeToTheMinute, timeToTheSecond } from "../i18n/format.ts";
import { locale } from "../i18n/localize.ts";

/**
 * The time and the day in the site's zone.
 *
 * @summary Ticks on the second by itself; `small` shows hours and minutes alone.
 */
@customElement("cf-clock")
@localized()
export class CfClock extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      container-type: inline-size;
      font-variant-numeric: tabular-nums;
      font-feature-settings: "tnum";
    }

    :host([small]) {
      container-type: normal;
    }

    p {
      margin: 0;
    }

    .time {
      display: flex;
      align-items: baseline;
      /* Five figures and a colon, and two small figures more, in the width there is. */
      font-size: min(27cqi, 25vh, 300px);
      font-weight: 600;
      line-height: 1;
      letter-spacing: -0.03em;
    }

    .seconds {
      margin-inline-start: 0.18em;
      font-size: 0.36em;
      font-weight: 500;
      letter-spacing: 0;
      color: var(--cf-ink-quiet);
    }

    .day {
      margin-block-start: 0.5em;
      font-size: clamp(22px, 4vmin, 48px);
      line-height: 1.2;
      color: var(--cf-ink-quiet);
    }

    :host([small]) .time {
      font-size: clamp(22px, 3.4vmin, 36px);
      letter-spacing: 0;
    }
  `;

  /** IANA name of the site's time zone. */
  @property() zone = "UTC";

  @property({ type: Boolean, reflect: true }) small = false;

  @state() private now = Date.now();

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  readonly #tick = (): void => {
    this.now = Date.now();
    // A little past the second: a timer that fires early would show the same second twice.
    this.#timer = setTimeout(this.#tick, 1005 - (this.now % 1000));
  };

  override render(): TemplateResult {
    if (this.small) return html`<time class="time">${timeToTheMinute(this.now, this.zone)}</time>`;
    const [hours = "", minutes = "", seconds = ""] = timeToTheSecond(this.now, this.zone).split(":");
    return html`
      <p class="time" role="timer" aria-live="off"><span>${hours}:${minutes}</span><span class="seconds">${seconds}</span></p>
      <p class="day">${dayInWords(this.now, this.zone, locale.value)}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-clock": CfClock;
  }
}
