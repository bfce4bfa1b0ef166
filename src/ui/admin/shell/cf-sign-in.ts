import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { SignInFailure } from "../../../app/api/administration.ts";
import { chooseLocale, locale, LOCALE_NAMES, LOCALES } from "../../i18n/localize.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";

/** Asks for the administrator's passphrase. */
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
        padding: 0;
        border: 0;
        background: none;
        color: var(--cf-accent);
        font: inherit;
        text-decoration: underline;
        text-underline-offset: 0.2em;
        cursor: pointer;
      }
    `,
  ];

  @state() private passphrase = "";
  @state() private failure: SignInFailure | null = null;
  @state() private working = false;
  @state() private now = Date.now();
  @query("wa-input") private field!: HTMLElement & { readonly updateComplete: Promise<boolean> };

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (this.failure?.kind === "session/locked") this.now = Date.now();
    }, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override firstUpdated(): void {
    // The field takes the focus only once it has rendered itself.
    void this.field.updateComplete.then(() => this.field.focus());
  }

  private async signIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.working || this.passphrase === "" || this.lockedSeconds() > 0) return;
    this.working = true;
    this.failure = null;
    const outcome = await this.administration.sessions.signIn(this.passphrase);
    this.working = false;
    this.now = Date.now();
    this.passphrase = "";
    if (outcome.ok) return;
    this.failure = outcome.error;
    await this.updateComplete;
    this.field.focus();
  }

  private lockedSeconds(): number {
    if (this.failure?.kind !== "session/locked") return 0;
    return Math.max(0, Math.ceil((this.failure.until - this.now) / 1000));
  }

  private error(): string | undefined {
    switch (this.failure?.kind) {
      case undefined:
        return undefined;
      case "session/wrong":
        return msg("This is not the passphrase.", { id: "admin.sign-in.wrong" });
      case "session/store-failed":
        return msg("The tablet could not check it. Try again.", { id: "admin.sign-in.store" });
      case "session/locked":
        return this.lockedSeconds() === 0 ? undefined : msg(str`Too many attempts. Try again in ${wait(this.lockedSeconds())}.`, { id: "admin.sign-in.locked" });
    }
  }

  override render(): TemplateResult {
    const settings = this.settings.value ?? null;
    const locked = this.lockedSeconds() > 0;
    return html`<main>
      <div>
        ${settings === null ? nothing : html`<p class="quiet">${settings.organisation} · ${settings.siteName}</p>`}
        <h1 tabindex="-1">${msg("Administration", { id: "admin.title" })}</h1>
      </div>
      <form class="stack" novalidate @submit=${(event: Event) => void this.signIn(event)}>
        ${textField({
          label: msg("Passphrase", { id: "admin.setup.passphrase" }),
          name: "passphrase",
          type: "password",
          value: this.passphrase,
          autocomplete: "current-password",
          required: true,
          error: this.error(),
          onInput: (passphrase) => (this.passphrase = passphrase),
        })}
        <wa-button variant="brand" type="submit" ?loading=${this.working} ?disabled=${locked}>${msg("Sign in", { id: "admin.sign-in" })}</wa-button>
      </form>
      <div class="foot">
        <a href=${paths.kiosk}><wa-icon name="kiosk"></wa-icon>${msg("To the kiosk", { id: "admin.to-kiosk" })}</a>
        ${LOCALES.filter((code) => code !== locale.value).map(
          (code) => html`<button type="button" lang=${code} @click=${() => void chooseLocale(code)}><wa-icon name="globe"></wa-icon>${LOCALE_NAMES[code]}</button>`,
        )}
      </div>
    </main>`;
  }
}

function wait(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-sign-in": SignInElement;
  }
}
