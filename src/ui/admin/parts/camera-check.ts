import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { Allowed } from "./allowed.ts";
import { AdminElement } from "./element.ts";
import "./camera-view.ts";
import { Follow } from "./follow.ts";
import { base } from "./styles.ts";
import { cameraFailure, guidanceWord } from "./words.ts";

/** Opens the camera while it is shown and says how good the picture is; with a choice when there are several cameras. */
@customElement("cf-camera-check")
export class CameraCheckElement extends AdminElement {
  static override styles = [
    base,
    css`
      wa-spinner {
        font-size: 32px;
      }
    `,
  ];

  @state() private failure: string | null = null;
  @state() private cameras: readonly { readonly deviceId: string; readonly label: string }[] = [];

  readonly #allowed = new Allowed(this);
  private readonly preview = new Follow(this, () => this.administration.device.check.preview);
  private readonly view = new Follow(this, () => this.administration.device.check.view);
  private readonly camera = new Follow(this, () => this.administration.device.camera);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.administration.device.check.close();
  }

  private async open(): Promise<void> {
    this.failure = null;
    const opened = await this.administration.device.check.open();
    if (!this.isConnected) {
      this.administration.device.check.close();
      return;
    }
    if (!opened.ok) this.failure = opened.error.kind;
    this.cameras = await this.administration.device.cameras();
  }

  private async choose(event: Event): Promise<void> {
    await this.administration.device.chooseCamera((event.target as HTMLSelectElement).value);
  }

  override render(): TemplateResult {
    const camera = this.camera.value;
    const fault = this.failure ?? (camera?.kind === "fault" ? camera.failure.kind : null);
    const view = this.view.value ?? null;
    const stream = this.preview.value ?? null;
    return html`<div class="stack">
      <cf-camera-view
        .stream=${stream}
        .good=${view !== null && view.reason === null}
        .message=${stream === null || view === null ? "" : view.reason === null ? msg("Good: a face is clear enough", { id: "admin.check.good" }) : guidanceWord(view.reason)}
        label=${msg("Camera picture", { id: "admin.check.picture" })}
        >${fault === null ? html`<wa-spinner></wa-spinner><span>${msg("Opening the camera", { id: "admin.check.opening" })}</span>` : html`<span>${cameraFailure(fault).what}</span>`}</cf-camera-view
      >
      ${fault === null
        ? nothing
        : html`<wa-callout variant="warning"
            ><wa-icon slot="icon" name="warning"></wa-icon><strong>${cameraFailure(fault).what}.</strong> ${cameraFailure(fault).todo}
            <div><wa-button appearance="outlined" size="s" @click=${() => void this.open()}>${msg("Try again", { id: "admin.check.again" })}</wa-button></div></wa-callout
          >`}
      ${camera?.kind === "live"
        ? html`<p class="small quiet numbers">
            ${camera.practice
              ? msg("This is the practice picture, not a camera.", { id: "admin.check.practice" })
              : msg(str`${camera.label}: ${camera.width} × ${camera.height}, ${Math.round(camera.frameRate)} pictures a second`, { id: "admin.check.camera" })}
          </p>`
        : nothing}
      ${this.cameras.length > 1 && this.#allowed.has("device.change")
        ? html`<div>
            <label class="native-label" for="camera">${msg("Camera", { id: "admin.check.choice" })}</label>
            <select id="camera" class="native" @change=${(event: Event) => void this.choose(event)}>
              ${this.cameras.map(
                ({ deviceId, label }, index) =>
                  html`<option value=${deviceId} ?selected=${camera?.kind === "live" && camera.deviceId === deviceId}>${label === "" ? msg(str`Camera ${index + 1}`, { id: "admin.check.unnamed" }) : label}</option>`,
              )}
            </select>
          </div>`
        : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-camera-check": CameraCheckElement;
  }
}
