import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { concernsOf } from "../../../app/device/storage-health.ts";
import type { StorageConcern, StorageState } from "../../../app/device/storage-health.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { concernText, lossText } from "./storage-words.ts";

/** What nobody should overlook, wherever in administration one is. */
const URGENT: ReadonlySet<StorageConcern> = new Set(["loss", "critical", "second-failed"]);

/**
 * @summary What an administrator has to know of the store: on the device page in full, above every other page in one line.
 */
@customElement("cf-storage-notice")
export class StorageNoticeElement extends AdminElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--cf-space-3);
      }

      :host([brief]) {
        padding: var(--cf-space-3) var(--cf-space-4) 0;
      }

      ul {
        margin: 0;
        padding-inline-start: 1.2em;
      }
    `,
  ];

  /** One line and the way to the device page. */
  @property({ type: Boolean, reflect: true }) brief = false;

  @state() private working = false;

  private readonly storage = new Follow(this, () => this.administration.device.storage);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private async acknowledge(): Promise<void> {
    this.working = true;
    await this.administration.device.acknowledgeLosses();
    this.working = false;
  }

  override render(): TemplateResult | typeof nothing {
    const storage = this.storage.value;
    if (storage === undefined) return nothing;
    const concerns = concernsOf(storage).filter((concern) => !this.brief || URGENT.has(concern));
    if (concerns.length === 0) return nothing;
    return html`${concerns.map((concern) => this.callout(concern, storage))}`;
  }

  private callout(concern: StorageConcern, storage: StorageState): TemplateResult {
    const { what, todo } = concernText(concern, storage);
    const urgent = URGENT.has(concern);
    return html`<wa-callout variant=${urgent ? "danger" : "warning"} role=${urgent ? "alert" : nothing}
      ><wa-icon slot="icon" name="warning"></wa-icon>
      <div class="stack">
        <p><strong>${what}</strong> ${this.brief ? html`<a href=${paths.device}>${msg("To the device page", { id: "admin.storage.look" })}</a>` : todo}</p>
        ${this.brief || concern !== "loss" ? nothing : this.losses(storage)}
      </div></wa-callout
    >`;
  }

  private losses({ losses }: StorageState): TemplateResult {
    const zone = this.settings.value?.zone ?? "UTC";
    return html`<ul>
        ${losses.map((loss) => html`<li><span class="numbers">${dateTime(loss.at, zone)}</span> ${lossText(loss)}</li>`)}
      </ul>
      <div><wa-button variant="brand" ?loading=${this.working} @click=${() => void this.acknowledge()}>${msg("I have read it", { id: "admin.storage.acknowledge" })}</wa-button></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-storage-notice": StorageNoticeElement;
  }
}
