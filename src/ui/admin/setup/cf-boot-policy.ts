import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Boot, BootPolicy } from "../../../app/api/boot.ts";
import type { Failure } from "../../../domain/errors.ts";
import { choices, choiceStyles } from "../parts/choices.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { otherFailure } from "../parts/words.ts";

/** Whether the tablet starts by itself after a power cut: a choice between convenience and theft, in plain words. */
@customElement("cf-boot-policy")
export class BootPolicyElement extends AdminElement {
  static override styles = [base, choiceStyles];

  @property({ attribute: false }) boot!: Boot;
  @state() private failure: Failure | null = null;

  private readonly policy = new Follow(this, () => this.boot.policy);

  private async choose(policy: BootPolicy): Promise<void> {
    this.failure = null;
    const outcome = await confirmed(this, () => this.boot.choose(policy));
    if (!outcome.ok) this.failure = outcome.error;
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`<div class="stack">
      ${choices<BootPolicy>({
        name: "boot",
        legend: msg("What should happen after a power cut?", { id: "admin.boot.legend" }),
        chosen: this.policy.value ?? "unattended",
        of: [
          {
            value: "unattended",
            title: msg("Start by itself", { id: "admin.boot.unattended" }),
            meaning: msg("Faces are recognised again within seconds, with nobody there. A thief who can open the tablet's disk can read what is on it, faces as numbers too. Switch on disk encryption.", { id: "admin.boot.unattended.what" }),
          },
          {
            value: "attended",
            title: msg("Wait for an administrator", { id: "admin.boot.attended" }),
            meaning: msg("People punch by PIN until an administrator has signed in. A thief who opens the disk can read names and punches, but no face.", { id: "admin.boot.attended.what" }),
          },
        ],
        onChoose: (policy) => void this.choose(policy),
      })}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${otherFailure(this.failure)}</wa-callout>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-boot-policy": BootPolicyElement;
  }
}
