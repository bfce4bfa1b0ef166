import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { inForce } from "../../../domain/people/access.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { home, paths } from "../route.ts";
import { grantWord } from "../users/words.ts";

/** Stands in place of a page that one's roles do not open. */
@customElement("cf-no-right")
export class NoRightElement extends AdminElement {
  static override styles = [base];

  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly allowed = new Follow(this, () => this.administration.rights.allowed);

  override render(): TemplateResult {
    const held = (this.session.value?.grants ?? []).filter((grant) => inForce(grant, Date.now() as EpochMs)).map(grantWord);
    const first = home(this.allowed.value ?? new Set());
    return html`<div class="page narrow">
      <h1 tabindex="-1">${msg("This page belongs to another role", { id: "admin.no-right" })}</h1>
      <p>
        ${held.length === 0
          ? msg("You hold no role at present, or it has run out. Whoever gives roles here can give you one.", { id: "admin.no-right.none" })
          : msg(str`You are signed in as: ${held.join(", ")}. What you can open stands in the menu; whoever gives roles here can give you more.`, { id: "admin.no-right.held" })}
      </p>
      ${first === paths.account ? nothing : html`<div><wa-button variant="brand" href=${first}>${msg("To the first page", { id: "admin.unknown.home" })}</wa-button></div>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-no-right": NoRightElement;
  }
}
