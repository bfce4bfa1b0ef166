import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { AuditFailure } from "../../../app/api/audit.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { ago } from "./ago.ts";

/** On the device page: how long nobody has witnessed the log, and the end of the device. */
@customElement("cf-device-proof")
export class DeviceProofElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card {
        display: flex;
        flex-direction: column;
        gap: var(--cf-space-3);
        block-size: 100%;
      }

      .mark {
        white-space: normal;
      }

      .mark wa-icon {
        flex: none;
      }
    `,
  ];

  @state() private retiring = false;
  @state() private reason = "";
  @state() private failure: AuditFailure["kind"] | null = null;
  @state() private working = false;

  private readonly proof = new Follow(this, () => this.administration.audit.state);
  readonly #allowed = new Allowed(this);

  private async retire(): Promise<void> {
    this.working = true;
    const outcome = await confirmed(this, () => this.administration.audit.endDevice(this.reason));
    this.working = false;
    this.failure = outcome.ok ? null : outcome.error.kind;
    if (outcome.ok) this.retiring = false;
  }

  override render(): TemplateResult {
    const proof = this.proof.value;
    if (!proof) return html`${nothing}`;
    const { unwitnessedSince, late, alarms, endedAt } = proof;
    return html`<section class="card" aria-labelledby="proof">
      <h2 id="proof">${msg("Proof of the log", { id: "admin.proof" })}</h2>
      <p>
        ${alarms.length > 0
          ? html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("The log is not what was signed of it: see Audit", { id: "admin.proof.alarm" })}</span>`
          : unwitnessedSince === null
            ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Everything recorded is witnessed", { id: "admin.proof.witnessed" })}</span>`
            : html`<span class="mark ${late ? "care" : ""}"><wa-icon name=${late ? "warning" : "clock"}></wa-icon>${msg(str`Not witnessed: what was recorded since ${ago(unwitnessedSince)}`, { id: "admin.proof.since" })}</span>`}
      </p>
      ${endedAt === null ? nothing : html`<p>${msg(str`This device was retired with entry ${count(endedAt)}.`, { id: "admin.audit.ended" })}</p>`}
      <div class="row">
        ${this.#allowed.has("log.read") ? html`<a href=${paths.audit}>${msg("To the audit page", { id: "admin.proof.audit" })}</a>` : nothing}
        ${endedAt === null && this.#allowed.has("device.change") ? html`<wa-button size="s" appearance="plain" @click=${() => (this.retiring = true)}>${msg("Retire this device", { id: "admin.proof.retire" })}</wa-button>` : nothing}
      </div>
      <wa-dialog
        label=${msg("Retire this device", { id: "admin.proof.retire" })}
        ?open=${this.retiring}
        @wa-after-hide=${(event: Event) => {
          if (event.target === event.currentTarget) this.retiring = false;
        }}
      >
        <div class="stack">
          <p>${msg("A last entry closes the log of this device, signed and shown to the hub. From then on this tablet records no attendance; signing in, reading and exporting go on. This cannot be taken back. Send waiting entries and export the package before you clear the tablet.", { id: "admin.proof.retire.text" })}</p>
          <wa-input label=${msg("Reason", { id: "admin.proof.retire.reason" })} .value=${this.reason} maxlength="200" @input=${(event: Event) => (this.reason = (event.target as HTMLInputElement).value)}></wa-input>
          ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${msg("The device was not retired. Try again.", { id: "admin.proof.retire.failed" })}</wa-callout>`}
        </div>
        <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
        <wa-button slot="footer" variant="danger" ?loading=${this.working} ?disabled=${this.reason.trim() === ""} @click=${() => void this.retire()}>${msg("Retire for good", { id: "admin.proof.retire.do" })}</wa-button>
      </wa-dialog>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-device-proof": DeviceProofElement;
  }
}
