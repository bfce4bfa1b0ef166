import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { UserFailure } from "../../../app/api/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { userFailureWord } from "./words.ts";

/**
 * Adds a passkey to one's own account, under a name by which it is known again.
 *
 * @event cf-added
 */
@customElement("cf-add-passkey")
export class AddPasskeyElement extends AdminElement {
  static override styles = [base];

  @state() private label: string | null = null;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | "taken" | null = null;

  private readonly passkeys = new Follow(this, () => this.administration.users.passkeys);

  private async add(event: Event): Promise<void> {
    event.preventDefault();
    const label = this.named().trim();
    if (this.working || label === "") return;
    if ((this.passkeys.value ?? []).some((passkey) => passkey.label === label)) {
      this.failure = "taken";
      return;
    }
    this.working = true;
    this.failure = null;
    const added = await confirmed(this, () => this.administration.users.addPasskey(label));
    this.working = false;
    if (!added.ok) {
      this.failure = added.error.kind;
      return;
    }
    this.label = null;
    this.dispatchEvent(new CustomEvent("cf-added"));
  }

  /** What was typed, or a name that nobody has to think of. */
  private named(): string {
    const number = (this.passkeys.value?.length ?? 0) + 1;
    return this.label ?? msg(str`Passkey ${number}`, { id: "admin.passkey.numbered" });
  }

  override render(): TemplateResult {
    return html`<form class="stack" novalidate @submit=${(event: Event) => void this.add(event)}>
      ${textField({
        label: msg("Name of the passkey", { id: "admin.passkey.name" }),
        name: "passkey",
        value: this.named(),
        maxlength: 40,
        hint: msg("So that you know it again, for example: key on my key ring.", { id: "admin.passkey.name.hint" }),
        error: this.failure === null ? undefined : this.failure === "taken" ? msg("You have a passkey of this name. Take another name.", { id: "admin.passkey.taken" }) : userFailureWord(this.failure),
        onInput: (label) => (this.label = label),
      })}
      <div><wa-button variant="brand" type="submit" ?loading=${this.working}><wa-icon slot="start" name="key"></wa-icon>${msg("Add a passkey", { id: "admin.passkey.add" })}</wa-button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-add-passkey": AddPasskeyElement;
  }
}
