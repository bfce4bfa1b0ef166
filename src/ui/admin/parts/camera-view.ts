import { css, html, nothing, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { base } from "./styles.ts";

/**
 * The live picture, mirrored, with an oval to fit the face into.
 *
 * @summary Camera picture with guidance.
 * @slot - What stands in place of the picture while there is none.
 */
@customElement("cf-camera-view")
export class CameraViewElement extends LitElement {
  static override styles = [
    base,
    css`
      .frame {
        position: relative;
        overflow: hidden;
        aspect-ratio: 4 / 3;
        max-block-size: var(--camera-block-size, min(56vh, 560px));
        inline-size: 100%;
        border-radius: var(--cf-radius);
        background: #0b0f10;
        color: #ffffff;
      }

      video {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        transform: scaleX(-1);
      }

      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }

      .shade {
        fill: rgb(8 12 13 / 55%);
        fill-rule: evenodd;
      }

      .oval {
        fill: none;
        stroke: rgb(255 255 255 / 85%);
        stroke-width: 3;
        stroke-dasharray: 7 6;
      }

      .good .oval {
        stroke: #7fe3ab;
        stroke-width: 5;
        stroke-dasharray: none;
      }

      .message {
        position: absolute;
        inset-inline: 12px;
        inset-block-end: 12px;
        display: flex;
        justify-content: center;
      }

      .message > span {
        padding: 8px 18px;
        border-radius: 999px;
        background: rgb(8 12 13 / 88%);
        color: #ffffff;
        font-size: clamp(20px, 3.2vw, 28px);
        line-height: 1.3;
        font-weight: 600;
        text-align: center;
        text-wrap: balance;
      }

      .waiting {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 12px;
        padding: 24px;
        text-align: center;
      }

      @media (max-width: 560px) {
        .frame {
          aspect-ratio: 3 / 4;
        }
      }
    `,
  ];

  @query("video") private video?: HTMLVideoElement | null;

  @property({ attribute: false }) stream: MediaStream | null = null;
  /** What the person is told; empty for nothing. */
  @property() message = "";
  /** Whether the face is as it should be at the moment. */
  @property({ type: Boolean }) good = false;
  @property({ type: Boolean, attribute: "without-oval" }) withoutOval = false;
  /** What the picture is called for a screen reader. */
  @property() label = "";

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("stream")) return;
    const video = this.video;
    if (video === undefined || video === null || video.srcObject === this.stream) return;
    video.srcObject = this.stream;
    // Refused when the element is taken away again before the picture starts; there is nothing to do about that.
    if (this.stream !== null) video.play().catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.video) this.video.srcObject = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.requestUpdate("stream", null);
  }

  override render(): TemplateResult {
    return html`<div class="frame ${this.good ? "good" : ""}">
      ${this.stream === null
        ? html`<div class="waiting"><slot></slot></div>`
        : html`<video muted playsinline aria-label=${this.label}></video>
            ${this.withoutOval
              ? nothing
              : html`<svg viewBox="90 0 220 300" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
                  <path class="shade" d="M-1000-600h2400v1500h-2400zM200 26a86 116 0 1 0 0 232a86 116 0 1 0 0-232z"></path>
                  <ellipse class="oval" cx="200" cy="142" rx="86" ry="116"></ellipse>
                </svg>`}`}
      ${this.message === "" ? nothing : html`<div class="message" role="status"><span>${this.message}</span></div>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-camera-view": CameraViewElement;
  }
}
