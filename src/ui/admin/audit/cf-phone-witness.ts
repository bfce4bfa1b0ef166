import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PhoneFailure } from "../../../app/api/audit.ts";
import { readCoSignature } from "../../../domain/log/statements.ts";
import { AdminElement } from "../parts/element.ts";
import { under } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { QrScan } from "../parts/qr-scan.ts";
import { base } from "../parts/styles.ts";
import { qrCode } from "../users/qr-code.ts";
import { accessWord } from "../users/words.ts";

/**
 * Shows a phone the log's proof as a code, and takes in what the phone signs: by the camera, or as text.
 *
 * @event cf-close - The dialog was closed.
 */
@customElement("cf-phone-witness")
export class PhoneWitnessElement extends AdminElement {
  static override styles = [
    base,
    css`
      .qr {
        display: block;
        inline-size: min(100%, 420px);
        margin-inline: auto;
        border-radius: var(--cf-radius-small);
      }

      wa-textarea::part(textarea) {
        font-family: var(--cf-font-mono);
        font-size: 14px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ type: Boolean }) open = false;

  /** Id of the phone; null for one that has signed nothing yet. */
  @state() private phone: string | null = null;
  @state() private request: string | null = null;
  @state() private answer = "";
  @state() private failure: PhoneFailure["kind"] | null = null;
  @state() private taken: { readonly witness: string; readonly size: number } | null = null;

  private readonly qr = new QrScan(this);
  private readonly proof = new Follow(this, () => this.administration.audit.state);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("open")) return;
    this.qr.stop();
    if (!this.open) return;
    this.answer = "";
    this.taken = null;
    this.phone = this.phones[0]?.witness ?? null;
    void this.ask();
  }

  private get phones(): readonly { readonly witness: string; readonly size: number }[] {
    return (this.proof.value?.witnesses ?? []).filter(({ kind }) => kind === "phone");
  }

  private async ask(): Promise<void> {
    const { phone } = this;
    this.request = null;
    this.failure = null;
    const asked = await this.administration.audit.phoneRequest(phone);
    if (phone !== this.phone) return;
    if (asked.ok) this.request = asked.value;
    else this.failure = asked.error.kind;
  }

  private async scan(): Promise<void> {
    const text = await this.qr.read((found) => readCoSignature(found) !== null);
    if (text === null) return;
    this.answer = text;
    await this.keep();
  }

  private async keep(): Promise<void> {
    this.failure = null;
    const accepted = await this.administration.audit.acceptPhone(this.answer);
    if (accepted.ok) this.taken = accepted.value;
    else this.failure = accepted.error.kind;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    return html`<wa-dialog
      label=${msg("Witness by phone", { id: "admin.audit.phone.title" })}
      ?open=${this.open}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.close();
      }}
    >
      ${this.taken === null ? this.asking() : html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${msg(str`Phone ${this.taken.witness.slice(0, 8)} has signed up to entry ${count(this.taken.size)}.`, { id: "admin.audit.phone.done" })}</wa-callout>`}
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Close", { id: "admin.audit.phone.close" })}</wa-button>
      ${this.taken === null && this.request !== null && !this.qr.scanning
        ? html`<wa-button slot="footer" variant=${this.answer.trim() === "" ? "brand" : "neutral"} appearance=${this.answer.trim() === "" ? "accent" : "outlined"} @click=${() => void this.scan()}><wa-icon slot="start" name="qr"></wa-icon>${msg("Scan the phone's code", { id: "admin.audit.phone.scan" })}</wa-button>`
        : nothing}
      ${this.taken === null && this.answer.trim() !== "" ? html`<wa-button slot="footer" variant="brand" ?disabled=${this.answer.trim() === ""} @click=${() => void this.keep()}>${msg("Keep the answer", { id: "admin.audit.phone.keep" })}</wa-button>` : nothing}
    </wa-dialog>`;
  }

  private asking(): TemplateResult {
    const address = `${location.origin}/witness`;
    return html`<div class="stack">
      <p>${msg(str`Open ${address} on the phone and scan this code. The phone checks that the log has only grown, then shows a code of its own.`, { id: "admin.audit.phone.intro" })}</p>
      ${this.phones.length === 0
        ? nothing
        : html`<div>
            <label class="native-label small" for="phone">${msg("Phone", { id: "admin.audit.phone.which" })}</label>
            <select
              id="phone"
              class="native"
              @change=${(event: Event) => {
                const { value } = event.target as HTMLSelectElement;
                this.phone = value === "" ? null : value;
                void this.ask();
              }}
            >
              ${this.phones.map(({ witness, size }) => html`<option value=${witness} ?selected=${this.phone === witness}>${msg(str`${witness.slice(0, 8)}, has signed ${count(size)}`, { id: "admin.audit.phone.known" })}</option>`)}
              <option value="" ?selected=${this.phone === null}>${msg("A new phone", { id: "admin.audit.phone.new" })}</option>
            </select>
          </div>`}
      ${this.qr.scanning
        ? this.qr.view(msg("Hold the phone's code before the camera", { id: "admin.audit.phone.hold" }))
        : this.request === null
          ? this.failure === null
            ? html`<p role="status"><wa-spinner></wa-spinner></p>`
            : nothing
          : html`${qrCode(this.request, msg("Code for the phone", { id: "admin.audit.phone.code" }))}
              <wa-textarea class="request" label=${msg("No camera? Send the phone this text", { id: "admin.audit.phone.text" })} rows="2" readonly .value=${this.request}></wa-textarea>`}
      <wa-textarea
        label=${msg("The phone's answer, as text", { id: "admin.audit.phone.answer" })}
        rows="3"
        .value=${this.answer}
        .spellcheck=${false}
        autocomplete="off"
        class=${this.failure === null ? "" : "invalid"}
        @input=${(event: Event) => {
          this.answer = (event.target as HTMLTextAreaElement).value;
          this.failure = null;
        }}
        >${under(this.failure === null ? undefined : phoneFailureWord(this.failure))}</wa-textarea
      >
    </div>`;
  }
}

function phoneFailureWord(kind: PhoneFailure["kind"]): string {
  switch (kind) {
    case "witness/unreadable":
      return msg("This is no answer of a phone. Copy the text whole: it begins with clockface-cosigned1~.", { id: "admin.audit.phone.unreadable" });
    case "witness/forged":
    case "witness/key-changed":
      return msg("The signature is not right. Scan the phone again.", { id: "admin.audit.phone.forged" });
    case "witness/other-device":
      return msg("This answer belongs to another tablet.", { id: "admin.audit.phone.other-device" });
    case "witness/other-log":
      return msg("ALARM: the phone has signed another history than this tablet's. Tell the auditor.", { id: "admin.audit.phone.other-log" });
    case "witness/no-checkpoint":
      return msg("No checkpoint can be signed now. Look at the alarms on the Audit page first.", { id: "admin.audit.phone.none" });
    case "witness/store-failed":
      return msg("It could not be kept. Try again.", { id: "admin.audit.phone.store" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-phone-witness": PhoneWitnessElement;
  }
}
