import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { SignInFailure } from "../../../app/api/access.ts";
import type { Result } from "../../../domain/result.ts";
import { chooseLocale, locale, LOCALE_NAMES, LOCALES } from "../../i18n/localize.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { codeField } from "../users/code-field.ts";
import { LockedCountdown } from "../users/locked.ts";
import { signInFailureWord } from "../users/words.ts";

/** Asks who it is: passphrase and code, a passkey, or the recovery key. */
@customElement("cf-sign-in")
export class SignInElement extends AdminElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        place-items: center;
        min-block-size: 100dvh;
        padding: var(--cf-space-3);
        background: var(--cf-ground);
      }

      main {
        display: grid;
        gap: var(--cf-space-4);
        inline-size: min(440px, 100%);
      }

      .foot {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 12px;
      }

      .foot a,
      .foot button {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-block-size: 44px;
      }
    `,
  ];

  @state() private way: "passphrase" | "recovery" = "passphrase";
  @state() private name = "";
  @state() private passphrase = "";
  @state() private code = "";
  @state() private recoveryKey = "";
  @state() private failure: SignInFailure | null = null;
  @state() private working = false;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly nameNeeded = new Follow(this, () => this.administration.sessions.nameNeeded);
  private readonly passkeyOffered = new Follow(this, () => this.administration.sessions.passkeyOffered);
  readonly #locked = new LockedCountdown(this, () => this.failure);

  protected override firstUpdated(): void {
    void this.focusField();
  }

  /** The first that is empty; a field takes the focus only once it has rendered itself. */
  private async focusField(): Promise<void> {
    const fields = [...this.renderRoot.querySelectorAll<HTMLElement & { readonly value: string; readonly updateComplete: Promise<boolean> }>("wa-input")];
    const field = fields.find(({ value }) => value === "") ?? fields[0];
    await field?.updateComplete;
    field?.focus();
  }

  private async attempt(give: () => Promise<Result<unknown, SignInFailure>>): Promise<void> {
    if (this.working || this.#locked.seconds > 0) return;
    this.working = true;
    this.failure = null;
    const outcome = await give();
    this.working = false;
    this.passphrase = "";
    this.code = "";
    if (outcome.ok) return;
    this.failure = outcome.error;
    await this.updateComplete;
    await this.focusField();
  }

  /** Whom it is about, where there are several. */
  private get asName(): { readonly name?: string } {
    return this.nameNeeded.value === true ? { name: this.name.trim() } : {};
  }

  private signIn(): void {
    const { passphrase, code } = this;
    if (passphrase === "" || (this.nameNeeded.value === true && this.name.trim() === "")) {
      void this.focusField();
      return;
    }
    void this.attempt(() => this.administration.sessions.signIn({ ...this.asName, passphrase, ...(code === "" ? {} : { code }) }));
  }

  private recover(): void {
    if (this.recoveryKey.trim() === "") return;
    void this.attempt(() => this.administration.sessions.recover(this.name.trim(), this.recoveryKey.trim()));
  }

  private go(way: "passphrase" | "recovery"): void {
    this.way = way;
    this.failure = null;
    this.passphrase = "";
    this.code = "";
    this.recoveryKey = "";
    void this.updateComplete.then(() => this.focusField());
  }

  private error(): string | undefined {
    if (this.failure === null) return undefined;
    const wrong =
      this.way === "recovery"
        ? msg("This is not the recovery key, or it was used already.", { id: "admin.sign-in.recovery.wrong" })
        : this.nameNeeded.value === true
          ? msg("Name, passphrase and code do not fit together. A code counts once: wait for the next one.", { id: "admin.sign-in.wrong.named" })
          : msg("Passphrase and code do not fit together. A code counts once: wait for the next one.", { id: "admin.sign-in.wrong" });
    return signInFailureWord(this.failure, wrong, this.#locked.seconds);
  }

  override render(): TemplateResult {
    const settings = this.settings.value ?? null;
    const recovery = this.way === "recovery";
    return html`<main>
      <div>
        ${settings === null ? nothing : html`<p class="quiet">${settings.organisation} · ${settings.siteName}</p>`}
        <h1 tabindex="-1">${recovery ? msg("Recovery key", { id: "admin.recovery" }) : msg("Administration", { id: "admin.title" })}</h1>
      </div>
      ${recovery ? this.recoveryForm() : this.form()}
      <div class="foot">
        <a href=${paths.kiosk}><wa-icon name="kiosk"></wa-icon>${msg("To the kiosk", { id: "admin.to-kiosk" })}</a>
        <button type="button" class="link" @click=${() => this.go(recovery ? "passphrase" : "recovery")}>${recovery ? msg("Sign in with the passphrase", { id: "admin.sign-in.passphrase" }) : msg("Passphrase or phone lost?", { id: "admin.sign-in.lost" })}</button>
        ${LOCALES.filter((code) => code !== locale.value).map(
          (code) => html`<button type="button" class="link" lang=${code} @click=${() => void chooseLocale(code)}><wa-icon name="globe"></wa-icon>${LOCALE_NAMES[code]}</button>`,
        )}
      </div>
    </main>`;
  }

  private nameField(): TemplateResult | typeof nothing {
    if (this.nameNeeded.value !== true) return nothing;
    return textField({
      label: msg("Your name", { id: "admin.setup.name" }),
      name: "name",
      value: this.name,
      autocomplete: "username",
      maxlength: 60,
      required: true,
      onInput: (name) => (this.name = name),
    });
  }

  private form(): TemplateResult {
    const locked = this.#locked.seconds > 0;
    const error = this.error();
    return html`<form
      class="stack"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.signIn();
      }}
    >
      ${this.nameField()}
      ${textField({
        label: msg("Passphrase", { id: "admin.setup.passphrase" }),
        name: "passphrase",
        type: "password",
        value: this.passphrase,
        autocomplete: "current-password",
        required: true,
        onInput: (passphrase) => (this.passphrase = passphrase),
      })}
      ${codeField({ value: this.code, hint: msg("From the authenticator app on your phone. Leave it empty while you have none yet.", { id: "admin.sign-in.code.hint" }), onInput: (code) => (this.code = code) })}
      ${this.told(error)}
      <wa-button variant="brand" type="submit" ?loading=${this.working} ?disabled=${locked}>${msg("Sign in", { id: "admin.sign-in" })}</wa-button>
      ${this.passkeyOffered.value === true
        ? html`<wa-button appearance="outlined" ?disabled=${this.working || locked} @click=${() => void this.attempt(() => this.administration.sessions.signInWithPasskey(this.asName.name))}
            ><wa-icon slot="start" name="key"></wa-icon>${msg("Sign in with a passkey", { id: "admin.sign-in.passkey" })}</wa-button
          >`
        : nothing}
    </form>`;
  }

  private recoveryForm(): TemplateResult {
    const locked = this.#locked.seconds > 0;
    return html`<form
      class="stack"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.recover();
      }}
    >
      <p>${msg("The key that was put away when you were set up opens administration once. You then choose a new passphrase and a new second factor.", { id: "admin.sign-in.recovery.what" })}</p>
      ${this.nameField()}
      ${textField({
        label: msg("Recovery key", { id: "admin.recovery" }),
        name: "recovery-key",
        value: this.recoveryKey,
        required: true,
        onInput: (key) => (this.recoveryKey = key),
      })}
      ${this.told(this.error())}
      <wa-button variant="brand" type="submit" ?loading=${this.working} ?disabled=${locked}>${msg("Use the recovery key", { id: "admin.sign-in.recovery" })}</wa-button>
      <p class="small quiet">${msg("The key is lost too? Then another system administrator ends your user and adds you anew.", { id: "admin.sign-in.recovery.none" })}</p>
    </form>`;
  }

  /** One sentence for all that was entered: which part of it is wrong is nobody's business. */
  private told(error: string | undefined): TemplateResult | typeof nothing {
    return error === undefined ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon><span>${error}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-sign-in": SignInElement;
  }
}
