import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { ATTACHMENTS_AT_MOST } from "../../../domain/exceptions/types.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { PickedEvent } from "./cf-pick-day.ts";
import { pagesStyles } from "./pages-styles.ts";

export interface Attached {
  readonly name: string;
  readonly file: Blob;
}

const JPEG_QUALITY = 0.85;

/**
 * Papers that go with a request: photographed with the kiosk's own camera, or chosen from files where the device has any.
 *
 * @event cf-picked - All that is attached.
 */
@customElement("cf-attach")
@localized()
export class CfAttach extends LitElement {
  static override readonly styles = [
    kioskStyles,
    pagesStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
      }

      video {
        inline-size: min(100%, 640px);
        border-radius: var(--cf-radius);
        background: #000;
      }

      input[type="file"] {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        opacity: 0;
      }

      label.chip {
        min-block-size: var(--cf-target);
        padding: 8px 20px;
        border-color: var(--cf-edge);
        cursor: pointer;
      }

      label.chip:focus-within {
        outline: 4px solid var(--cf-focus);
        outline-offset: 3px;
      }
    `,
  ];

  @property({ attribute: false }) attached: readonly Attached[] = [];

  /** The camera's picture; null where there is none. */
  @property({ attribute: false }) stream: MediaStream | null = null;

  @state() private looking = false;

  @query("video") private readonly video!: HTMLVideoElement | null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.looking = false;
  }

  override updated(): void {
    const { video } = this;
    if (video === null || video.srcObject === this.stream) return;
    video.srcObject = this.stream;
    void video.play().catch(() => undefined);
  }

  #give(attached: readonly Attached[]): void {
    this.attached = attached.slice(0, ATTACHMENTS_AT_MOST);
    this.dispatchEvent(new PickedEvent(this.attached));
  }

  readonly #choose = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#give([...this.attached, ...Array.from(input.files ?? [], (file) => ({ name: file.name, file }))]);
    input.value = "";
  };

  /** Not mirrored: what is written on the paper is to be read. */
  readonly #shoot = async (): Promise<void> => {
    const { video } = this;
    if (video === null || video.videoWidth === 0) return;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext("2d")?.drawImage(video, 0, 0);
    const file = await canvas.convertToBlob({ type: "image/jpeg", quality: JPEG_QUALITY });
    this.looking = false;
    this.#give([...this.attached, { name: "photo.jpg", file }]);
  };

  override render(): TemplateResult {
    const full = this.attached.length >= ATTACHMENTS_AT_MOST;
    return html`
      ${this.attached.length === 0
        ? nothing
        : html`<p class="chips">
            ${this.attached.map((one, index) => html`<button type="button" class="chip" aria-label=${msg(str`Take out ${one.name}`, { id: "own.attach.remove" })} @click=${() => this.#give(this.attached.filter((_, at) => at !== index))}>${one.name} ✕</button>`)}
          </p>`}
      ${this.looking ? html`<video muted playsinline aria-label=${msg("The camera's picture", { id: "own.attach.picture" })}></video>` : nothing}
      <div class="chips">
        ${this.looking
          ? html`<button type="button" class="chip chosen" @click=${() => void this.#shoot()}>${msg("Take the photo", { id: "own.attach.shoot" })}</button>
              <button type="button" class="chip" @click=${() => (this.looking = false)}>${msg("Back", { id: "kiosk.pin.back" })}</button>`
          : full
            ? html`<span class="quiet-text">${msg(str`${ATTACHMENTS_AT_MOST} files are the most`, { id: "own.attach.full" })}</span>`
            : html`${this.stream === null ? nothing : html`<button type="button" class="chip" @click=${() => (this.looking = true)}>${msg("Photograph it", { id: "own.attach.photo" })}</button>`}
                <label class="chip"><input type="file" accept="image/jpeg,image/png,image/webp,application/pdf" multiple @change=${this.#choose} />${msg("Choose a file", { id: "own.attach.file" })}</label>`}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-attach": CfAttach;
  }
}
