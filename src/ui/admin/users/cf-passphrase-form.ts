import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { UserFailure } from "../../../app/api/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { base } from "../parts/styles.ts";
import { strength } from "../setup/draft.ts";
import { errorWord, strengthWord } from "../setup/words.ts";
import { userFailureWord } from "./words.ts";

/**
 * Chooses another passphrase of one's own.
 *
 * @event cf-changed
 */
@customElement("cf-passphrase-form")
export class PassphraseFormElement extends AdminElement {
  static override styles = [base];

  /** The present one need not be told: it was a moment ago, or is lost. */
  @property({ type: Boolean }) owed = false;
  @state() private old = "";
  @state() private fresh = "";
  @state() private again = "";
  @state() private tried = false;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;

  private get freshError(): string | undefined {
    if (this.fresh === "") return errorWord("missing", "passphrase");
    const { kind } = strength(this.fresh);
    if (kind === "short" || kind === "regular") return errorWord(kind, "passphrase");
    return !this.owed && this.fresh === this.old ? msg("This is the one you have. Choose another.", { id: "admin.passphrase.same" }) : undefined;
  }

  private async change(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working) return;
    this.tried = true;
    this.failure = null;
    if (this.freshError !== undefined || this.again !== this.fresh || (!this.owed && this.old === "")) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".invalid")?.focus());
      return;
    }
    this.working = true;
    const changed = await confirmed(this, () => this.administration.users.changePassphrase(this.old, this.fresh));
    this.working = false;
    if (!changed.ok) {
      this.failure = changed.error.kind;
      return;
    }
    this.old = this.fresh = this.again = "";
    this.tried = false;
    this.dispatchEvent(new CustomEvent("cf-changed"));
  }

  override render(): TemplateResult {
    const wrong = this.failure === "user/passphrase-wrong";
    const secret = (name: string, label: string, value: string, autocomplete: string, error: string | undefined, onInput: (value: string) => void, hint?: string): TemplateResult =>
      textField({ label, name, type: "password", value, autocomplete, required: true, error, onInput, ...(hint === undefined ? {} : { hint }) });
    return html`<form class="stack" novalidate @submit=${(event: Event) => void this.change(event)}>
      ${this.owed
        ? nothing
        : secret(
            "before",
            msg("Present passphrase", { id: "admin.passphrase.present" }),
            this.old,
            "current-password",
            wrong ? userFailureWord("user/passphrase-wrong") : this.tried && this.old === "" ? errorWord("missing", "passphrase") : undefined,
            (old) => (this.old = old),
          )}
      ${secret("after", msg("New passphrase", { id: "admin.passphrase.new" }), this.fresh, "new-password", this.tried ? this.freshError : undefined, (fresh) => (this.fresh = fresh), strengthWord(this.fresh))}
      ${secret(
        "again",
        msg("The same once more", { id: "admin.passphrase.again" }),
        this.again,
        "new-password",
        this.tried && this.again !== this.fresh ? msg("The two are not the same.", { id: "admin.passphrase.differs" }) : undefined,
        (again) => (this.again = again),
      )}
      ${this.failure === null || wrong ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
      <div><wa-button variant="brand" type="submit" ?loading=${this.working}>${msg("Change the passphrase", { id: "admin.passphrase.change" })}</wa-button></div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-passphrase-form": PassphraseFormElement;
  }
}
