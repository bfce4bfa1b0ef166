import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { TotpOffer, UserFailure } from "../../../app/api/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import { errorWord } from "../setup/words.ts";
import { authenticator, authenticatorStyles } from "./authenticator.ts";
import { isCode } from "./code.ts";
import { userFailureWord } from "./words.ts";

/**
 * Sets an authenticator app up as one's own second factor. The one before ends once the new one is proven.
 *
 * @event cf-set
 */
@customElement("cf-authenticator-form")
export class AuthenticatorFormElement extends AdminElement {
  static override styles = [base, authenticatorStyles];

  @state() private offer: TotpOffer | null = null;
  @state() private code = "";
  @state() private tried = false;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;

  protected override firstUpdated(): void {
    void this.begin();
  }

  private async begin(): Promise<void> {
    this.failure = null;
    const begun = await confirmed(this, () => this.administration.users.beginTotp());
    if (begun.ok) this.offer = begun.value;
    else this.failure = begun.error.kind;
  }

  private async prove(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working || this.offer === null) return;
    this.tried = true;
    this.failure = null;
    if (!isCode(this.code)) return;
    this.working = true;
    const proven = await confirmed(this, () => this.administration.users.confirmTotp(this.code));
    this.working = false;
    this.code = "";
    this.tried = false;
    if (proven.ok) this.dispatchEvent(new CustomEvent("cf-set"));
    else this.failure = proven.error.kind;
  }

  override render(): TemplateResult {
    const failure = this.failure === null ? undefined : userFailureWord(this.failure);
    const besideField = this.failure === "user/code-wrong";
    return html`<form class="stack wide" novalidate @submit=${(event: Event) => void this.prove(event)}>
      ${this.offer === null
        ? nothing
        : html`${authenticator({
              offer: this.offer,
              code: this.code,
              error: besideField ? failure : this.tried && !isCode(this.code) ? errorWord("code-form", "code") : undefined,
              onCode: (code) => (this.code = code),
            })}
            <div><wa-button variant="brand" type="submit" ?loading=${this.working}>${msg("Use this app", { id: "admin.totp.use" })}</wa-button></div>`}
      ${failure === undefined || besideField
        ? nothing
        : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${failure}</wa-callout>
            ${this.offer === null ? html`<div><wa-button appearance="outlined" @click=${() => void this.begin()}>${msg("Try again", { id: "admin.check.again" })}</wa-button></div>` : nothing}`}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-authenticator-form": AuthenticatorFormElement;
  }
}
