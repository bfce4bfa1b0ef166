import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Failure } from "../../../domain/errors.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { otherFailure } from "../parts/words.ts";
import "../setup/cf-boot-policy.ts";

/** How the tablet starts, and what to do when it was out of sight: part of the settings. */
@customElement("cf-keys")
export class KeysElement extends AdminElement {
  static override styles = [base];

  @state() private working = false;
  @state() private done = false;
  @state() private failure: Failure | null = null;

  private readonly locked = new Follow(this, () => this.administration.boot.locked);

  private async renew(): Promise<void> {
    this.working = true;
    this.done = false;
    this.failure = null;
    const outcome = await confirmed(this, () => this.administration.boot.renew());
    this.working = false;
    if (outcome.ok) this.done = true;
    else this.failure = outcome.error;
  }

  override render(): TemplateResult {
    return html`<div class="stack">
      ${this.locked.value === true
        ? html`<wa-callout variant="warning" role="status"><wa-icon slot="icon" name="warning"></wa-icon>${msg("Faces rest since the tablet started. They are back when a system administrator or somebody from HR has signed in here.", { id: "admin.keys.locked" })}</wa-callout>`
        : nothing}
      <cf-boot-policy .administration=${this.administration} .boot=${this.administration.boot}></cf-boot-policy>
      <h3>${msg("After the tablet was out of sight", { id: "admin.keys.renew.title" })}</h3>
      <p>${msg("Makes new keys, and changes every stored face so that a copy taken before is of no use on this tablet. Nobody has to be enrolled again. Take the hub's token back as well.", { id: "admin.keys.renew.what" })}</p>
      <div><wa-button appearance="outlined" ?loading=${this.working} @click=${() => void this.renew()}>${msg("Make new keys", { id: "admin.keys.renew" })}</wa-button></div>
      ${this.done ? html`<p class="mark good" role="status"><wa-icon name="circle-check"></wa-icon>${msg("New keys are in force.", { id: "admin.keys.renewed" })}</p>` : nothing}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${otherFailure(this.failure)}</wa-callout>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-keys": KeysElement;
  }
}
