import { msg } from "@lit/localize";
import { html, type ReactiveController, type TemplateResult } from "lit";

import { readQr } from "../../witness/read-qr.ts";
import "./camera-view.ts";
import type { AdminElement } from "./element.ts";
import { Follow } from "./follow.ts";

/** Reads QR codes with the tablet's camera for a host that renders {@link view} while it is scanning. Ends with the host. */
export class QrScan implements ReactiveController {
  readonly #host: AdminElement;
  readonly #preview: Follow<MediaStream | null>;
  #abort: AbortController | null = null;

  constructor(host: AdminElement) {
    this.#host = host;
    this.#preview = new Follow(host, () => host.administration.device.check.preview);
    host.addController(this);
  }

  get scanning(): boolean {
    return this.#abort !== null;
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** The first code that `wanted` takes; null when it was stopped before, or the camera cannot be opened. */
  async read(wanted: (text: string) => boolean): Promise<string | null> {
    this.stop();
    const abort = new AbortController();
    this.#keep(abort);
    const { check } = this.#host.administration.device;
    const opened = await check.open();
    if (!this.#isCurrent(abort)) {
      // Stopped before it was open.
      if (!this.scanning) check.close();
      return null;
    }
    if (!opened.ok) {
      this.#keep(null);
      return null;
    }
    await this.#host.updateComplete;
    const view = this.#host.renderRoot.querySelector("cf-camera-view");
    await view?.updateComplete;
    const video = view?.shadowRoot?.querySelector("video");
    const text = video ? await readQr(video, wanted, abort.signal) : null;
    if (!this.#isCurrent(abort)) return null;
    this.stop();
    return text;
  }

  stop(): void {
    if (this.#abort === null) return;
    this.#abort.abort();
    this.#keep(null);
    this.#host.administration.device.check.close();
  }

  /** @param message what the person is told over the picture */
  view(message: string): TemplateResult {
    return html`<cf-camera-view without-oval .stream=${this.#preview.value ?? null} .message=${message} label=${msg("Camera picture", { id: "admin.check.picture" })}><wa-spinner></wa-spinner></cf-camera-view>`;
  }

  #isCurrent(abort: AbortController): boolean {
    return this.#abort === abort;
  }

  #keep(abort: AbortController | null): void {
    this.#abort = abort;
    this.#host.requestUpdate();
  }
}
