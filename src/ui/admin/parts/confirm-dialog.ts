import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { SignInFailure } from "../../../app/api/access.ts";
import type { Result } from "../../../domain/result.ts";
import { codeField } from "../users/code-field.ts";
import { isCode } from "../users/code.ts";
import { LockedCountdown } from "../users/locked.ts";
import { codeWrong, signInFailureWord } from "../users/words.ts";
import { AdminElement } from "./element.ts";
import { Follow } from "./follow.ts";
import { base } from "./styles.ts";
import { theme } from "./theme.ts";

/**
 * Asks for a second factor in the middle of something.
 *
 * @event cf-answer - `detail.confirmed`: whether a fresh second factor was given.
 */
@customElement("cf-confirm")
export class ConfirmElement extends AdminElement {
  // It stands in the body, outside administration: what an action belongs to may be drawn anew meanwhile.
  static override styles = [theme, base];

  @state() private shown = false;
  @state() private code = "";
  @state() private failure: SignInFailure | null = null;
  @state() private working = false;

  private readonly passkeys = new Follow(this, () => this.administration.users.passkeys);
  readonly #locked = new LockedCountdown(this, () => this.failure);
  #answered = false;
  #stop: () => void = () => undefined;

  /** The page was left, or the session has ended: nobody is there to answer. */
  private readonly gone = (): void => this.answer(false);

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.gone);
    this.#stop = this.administration.sessions.current.subscribe((session) => {
      if (session === null) this.answer(false);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.gone);
    this.#stop();
  }

  protected override firstUpdated(): void {
    this.shown = true;
  }

  private answer(confirmed: boolean): void {
    if (this.#answered) return;
    this.#answered = true;
    this.dispatchEvent(new CustomEvent("cf-answer", { detail: { confirmed } }));
  }

  private async confirm(give: () => Promise<Result<void, SignInFailure>>): Promise<void> {
    if (this.working || this.#locked.seconds > 0) return;
    this.working = true;
    this.failure = null;
    this.administration.sessions.touched();
    const outcome = await give();
    this.working = false;
    this.code = "";
    if (outcome.ok) {
      this.answer(true);
      return;
    }
    this.failure = outcome.error;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>("wa-input")?.focus();
  }

  /** Whether a code can be given: somebody whose only factor is a passkey has none. Who cannot see the users is asked for both. */
  private get hasCode(): boolean {
    const { userId } = this.administration.sessions.current.value ?? {};
    return this.administration.users.list.value.find((user) => user.userId === userId)?.factors.totp ?? true;
  }

  override render(): TemplateResult {
    const locked = this.#locked.seconds;
    const passkey = (this.passkeys.value ?? []).length > 0;
    const error = this.failure === null ? undefined : signInFailureWord(this.failure, codeWrong(), locked);
    const give = (): void => {
      if (isCode(this.code)) void this.confirm(() => this.administration.sessions.confirm(this.code));
    };
    return html`<wa-dialog
      label=${msg("Show that it is you", { id: "admin.confirm.title" })}
      ?open=${this.shown}
      @wa-after-show=${() => this.renderRoot.querySelector<HTMLElement>("wa-input, wa-button.passkey")?.focus()}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.answer(false);
      }}
    >
      <form
        id="confirm"
        class="stack"
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          give();
        }}
      >
        <p>${msg("For this step your second factor is asked for once more. It then counts for a few minutes.", { id: "admin.confirm.why" })}</p>
        ${this.hasCode ? codeField({ value: this.code, error, onInput: (code) => (this.code = code) }) : error === undefined ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${error}</p>`}
        ${passkey
          ? html`<div>
              <wa-button class="passkey" appearance="outlined" ?disabled=${this.working || locked > 0} @click=${() => void this.confirm(() => this.administration.sessions.confirmWithPasskey())}
                ><wa-icon slot="start" name="key"></wa-icon>${msg("Use a passkey", { id: "admin.passkey.use" })}</wa-button
              >
            </div>`
          : nothing}
      </form>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      ${this.hasCode ? html`<wa-button slot="footer" variant="brand" ?loading=${this.working} ?disabled=${locked > 0 || !isCode(this.code)} @click=${give}>${msg("Confirm", { id: "admin.confirm.do" })}</wa-button>` : nothing}
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-confirm": ConfirmElement;
  }
}
