import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { UserFailure } from "../../../app/api/access.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { inForce } from "../../../domain/people/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dayInWords } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import "./cf-add-passkey.ts";
import "./cf-authenticator-form.ts";
import "./cf-passphrase-form.ts";
import "./cf-recovery-key.ts";
import { passkeysPossible } from "./passkeys.ts";
import { grantWord, roleMeaning, untilWord, userFailureWord } from "./words.ts";

type Part = "passphrase" | "authenticator" | "passkey" | "recovery";

/** One's own user: what one may do, and the ways in. */
@customElement("cf-account")
export class AccountElement extends AdminElement {
  static override styles = [
    base,
    css`
      .page {
        max-inline-size: 760px;
      }

      section {
        display: grid;
        gap: var(--cf-space-3);
      }

      ul {
        padding: 0;
        list-style: none;
      }

      li {
        padding-block: 10px;
        border-block-start: 1px solid var(--cf-line);
      }

      li:first-child {
        padding-block-start: 0;
        border: 0;
      }

      li.row {
        justify-content: space-between;
      }

      @media print {
        section:not(.printed),
        h1,
        .page > p {
          display: none;
        }
      }
    `,
  ];

  /** Which of the parts is open for a change. */
  @state() private changing: Part | null = null;
  @state() private done: Part | null = null;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;

  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly passkeys = new Follow(this, () => this.administration.users.passkeys);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private open(part: Part): void {
    this.changing = part;
    this.done = null;
    this.failure = null;
  }

  private finish(part: Part): void {
    this.changing = null;
    this.done = part;
  }

  private async removePasskey(label: string): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const removed = await confirmed(this, () => this.administration.users.removePasskey(label));
    this.working = false;
    if (!removed.ok) this.failure = removed.error.kind;
  }

  override render(): TemplateResult {
    const session = this.session.value ?? null;
    const zone = this.settings.value?.zone ?? "UTC";
    const held = (session?.grants ?? []).filter((grant) => inForce(grant, Date.now() as EpochMs));
    return html`<div class="page">
      <h1 tabindex="-1">${msg("My account", { id: "admin.nav.account" })}</h1>
      <p>${session?.name}</p>
      <section class="card" aria-labelledby="roles">
        <h2 id="roles">${msg("My roles", { id: "admin.account.roles" })}</h2>
        ${held.length === 0
          ? html`<p>${msg("You hold no role at present, or it has run out. Whoever gives roles here can give you one.", { id: "admin.no-right.none" })}</p>`
          : html`<ul>
              ${held.map(
                (grant) =>
                  html`<li>
                    <strong>${grantWord(grant)}</strong>${grant.expiresAt === null ? nothing : html` <span class="chip">${untilWord(dayInWords(grant.expiresAt - 1, zone))}</span>`}
                    <p class="small">${roleMeaning(grant.role)}</p>
                  </li>`,
              )}
            </ul>`}
      </section>
      ${this.card("passphrase", msg("Passphrase", { id: "admin.setup.passphrase" }), msg("Change the passphrase", { id: "admin.passphrase.change" }), () => html`<cf-passphrase-form .administration=${this.administration} @cf-changed=${() => this.finish("passphrase")}></cf-passphrase-form>`, msg("The passphrase was changed.", { id: "admin.account.passphrase.done" }))}
      ${this.card(
        "authenticator",
        msg("Authenticator app", { id: "admin.account.app" }),
        msg("Set up another phone", { id: "admin.account.app.change" }),
        () => html`<p>${msg("The app on the phone before stops counting once the new one is proven.", { id: "admin.account.app.what" })}</p><cf-authenticator-form .administration=${this.administration} @cf-set=${() => this.finish("authenticator")}></cf-authenticator-form>`,
        msg("The new app counts from now on.", { id: "admin.account.app.done" }),
      )}
      ${this.passkeyCard(zone)}
      ${this.card(
        "recovery",
        msg("Recovery key", { id: "admin.recovery" }),
        msg("Make a new recovery key", { id: "admin.account.recovery.change" }),
        () => html`<cf-recovery-key .administration=${this.administration} first @cf-away=${(event: CustomEvent<{ readonly shown: boolean }>) => {
          if (event.detail.shown) this.finish("recovery");
          else this.changing = null;
        }}></cf-recovery-key>`,
        msg("The new recovery key counts from now on; an older one has ended.", { id: "admin.account.recovery.done" }),
      )}
    </div>`;
  }

  private card(part: Part, title: string, action: string, content: () => TemplateResult, done: string): TemplateResult {
    return html`<section class="card ${this.changing === part ? "printed" : ""}" aria-labelledby=${part}>
      <h2 id=${part}>${title}</h2>
      ${this.done === part ? html`<p class="mark good" role="status"><wa-icon name="circle-check"></wa-icon>${done}</p>` : nothing}
      ${this.changing === part ? content() : html`<div><wa-button appearance="outlined" @click=${() => this.open(part)}>${action}</wa-button></div>`}
    </section>`;
  }

  private passkeyCard(zone: string): TemplateResult | typeof nothing {
    const passkeys = this.passkeys.value ?? [];
    if (passkeys.length === 0 && !passkeysPossible()) return nothing;
    return html`<section class="card" aria-labelledby="passkeys">
      <h2 id="passkeys">${msg("Passkeys", { id: "admin.account.passkeys" })}</h2>
      <p class="quiet">${msg("Sign in without passphrase and code: with a security key, or this tablet's fingerprint or screen lock.", { id: "admin.account.passkeys.what" })}</p>
      ${passkeys.length === 0
        ? nothing
        : html`<ul>
            ${passkeys.map(
              ({ label, addedAt }) =>
                html`<li class="row">
                  <span>${label} <span class="small quiet">${msg(str`since ${dayInWords(addedAt, zone)}`, { id: "admin.account.since" })}</span></span>
                  <wa-button size="s" appearance="outlined" ?disabled=${this.working} @click=${() => void this.removePasskey(label)}>${msg("Remove", { id: "admin.account.remove" })}<span class="visually-hidden">: ${label}</span></wa-button>
                </li>`,
            )}
          </ul>`}
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
      ${!passkeysPossible()
        ? nothing
        : this.changing === "passkey"
          ? html`<cf-add-passkey .administration=${this.administration} @cf-added=${() => this.finish("passkey")}></cf-add-passkey>`
          : html`<div><wa-button appearance="outlined" @click=${() => this.open("passkey")}>${msg("Add a passkey", { id: "admin.passkey.add" })}</wa-button></div>`}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-account": AccountElement;
  }
}
