import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { AdministratorSession, SignInFailure } from "../../../app/api/access.ts";
import { choices, choiceStyles } from "../parts/choices.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import "../users/cf-add-passkey.ts";
import "../users/cf-authenticator-form.ts";
import "../users/cf-passphrase-form.ts";
import "../users/cf-recovery-key.ts";
import { passkeysPossible } from "../users/passkeys.ts";
import { codeWrong, signInFailureWord } from "../users/words.ts";

type Debt = AdministratorSession["owed"][number];
type Step = Debt | "recovery";
type Way = "app" | "passkey";

/**
 * What has to be done at a sign-in before anything else opens: a passphrase of one's own, a second factor, and then a
 * recovery key.
 *
 * @event cf-done - Nothing is owed any more.
 */
@customElement("cf-owed")
export class OwedElement extends AdminElement {
  static override styles = [
    base,
    choiceStyles,
    css`
      :host {
        min-block-size: 100dvh;
        background: var(--cf-ground);
      }

      main {
        display: flex;
        flex-direction: column;
        gap: var(--cf-space-4);
        max-inline-size: 640px;
        margin-inline: auto;
        padding: var(--cf-space-5) var(--cf-space-4) var(--cf-space-6);
      }

      @media (max-width: 560px) {
        main {
          padding: var(--cf-space-3);
        }
      }

      @media print {
        .out {
          display: none;
        }
      }
    `,
  ];

  /** What the session came with: a step that was done is not asked for again. */
  @state() private steps: readonly Step[] = [];
  @state() private way: Way = "app";
  @state() private working = false;
  @state() private failure: SignInFailure | null = null;
  @query("h1") private heading?: HTMLElement | null;

  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly passkeys = new Follow(this, () => this.administration.users.passkeys);

  protected override willUpdate(): void {
    if (this.steps.length > 0) return;
    const owed = this.session.value?.owed ?? [];
    // Whoever chooses a passphrase here is new or has just used the recovery key up: there is none to fall back on.
    this.steps = owed.includes("passphrase") ? [...owed, "recovery"] : owed;
  }

  protected override firstUpdated(): void {
    this.heading?.focus();
  }

  protected override updated(changed: PropertyValues): void {
    if ((changed as Map<PropertyKey, unknown>).get("steps") !== undefined) this.heading?.focus();
  }

  private done(step: Step): void {
    const left = this.steps.filter((other) => other !== step);
    if (left.length === 0) this.dispatchEvent(new CustomEvent("cf-done"));
    else this.steps = left;
  }

  private async showPasskey(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const shown = await this.administration.sessions.confirmWithPasskey();
    this.working = false;
    if (shown.ok) this.done("second-factor");
    else this.failure = shown.error;
  }

  override render(): TemplateResult {
    const [step] = this.steps;
    return html`<main>
      <p class="quiet">${this.session.value?.name}</p>
      ${step === undefined ? nothing : this.step(step)}
      <div class="out"><wa-button appearance="plain" @click=${() => this.administration.sessions.signOut()}><wa-icon slot="start" name="sign-out"></wa-icon>${msg("Sign out", { id: "admin.sign-out" })}</wa-button></div>
    </main>`;
  }

  private step(step: Step): TemplateResult {
    const own = (this.passkeys.value ?? []).length > 0;
    switch (step) {
      case "passphrase":
        return html`<h1 tabindex="-1">${msg("Choose a passphrase of your own", { id: "admin.owed.passphrase" })}</h1>
          <p>${msg("Only you know it from now on. Four or five words that have nothing to do with each other are easy to keep.", { id: "admin.owed.passphrase.why" })}</p>
          <cf-passphrase-form .administration=${this.administration} owed @cf-changed=${() => this.done("passphrase")}></cf-passphrase-form>`;
      case "second-factor":
        return html`<h1 tabindex="-1">${own ? msg("Second factor", { id: "admin.setup.factor" }) : msg("Set up the second factor", { id: "admin.owed.factor" })}</h1>
          <p>${msg("A passphrase can be watched or found; with a second factor that alone opens nothing.", { id: "admin.factor.why" })}</p>
          ${this.factor(own)}`;
      case "recovery":
        return html`<h1 tabindex="-1">${msg("Recovery key", { id: "admin.recovery" })}</h1>
          <cf-recovery-key .administration=${this.administration} first @cf-away=${() => this.done("recovery")}></cf-recovery-key>`;
    }
  }

  private factor(own: boolean): TemplateResult {
    const failed = this.failure === null ? undefined : signInFailureWord(this.failure, codeWrong(), 0);
    if (own) {
      return html`<div><wa-button variant="brand" ?loading=${this.working} @click=${() => void this.showPasskey()}><wa-icon slot="start" name="key"></wa-icon>${msg("Use the passkey that you have", { id: "admin.owed.passkey" })}</wa-button></div>
        ${failed === undefined ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${failed}</p>`}
        <p class="small quiet">${msg("Is it lost? Sign out and use the recovery key.", { id: "admin.owed.passkey.lost" })}</p>`;
    }
    return html`${passkeysPossible()
        ? choices<Way>({
            name: "factor",
            legend: msg("What do you have?", { id: "admin.factor.choice" }),
            chosen: this.way,
            of: [
              { value: "app", title: msg("Authenticator app on my phone", { id: "admin.factor.app" }), meaning: msg("It shows a code of six digits. The phone needs no network for it.", { id: "admin.factor.app.what" }) },
              { value: "passkey", title: msg("Passkey", { id: "admin.factor.passkey" }), meaning: msg("A security key, or this tablet's own fingerprint or screen lock.", { id: "admin.owed.passkey.what" }) },
            ],
            onChoose: (way) => (this.way = way),
          })
        : nothing}
      <section class="card">
        ${this.way === "app"
          ? html`<cf-authenticator-form .administration=${this.administration} @cf-set=${() => this.done("second-factor")}></cf-authenticator-form>`
          : html`<cf-add-passkey .administration=${this.administration} @cf-added=${() => this.done("second-factor")}></cf-add-passkey>`}
      </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-owed": OwedElement;
  }
}
