import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { OwnAttendance } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import { locale } from "../../i18n/localize.ts";
import { leaveKindWord, minutesWord } from "../../i18n/requests.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { OwnElement } from "./own-element.ts";
import { pagesStyles } from "./pages-styles.ts";

/** What is left of each kind of leave. */
@customElement("cf-own-balances")
export class CfOwnBalances extends OwnElement {
  static override readonly styles = [
    kioskStyles,
    pagesStyles,
    css`
      .left {
        font-size: clamp(30px, 5vmin, 52px);
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  protected override followed({ balances }: OwnAttendance): readonly Observable<unknown>[] {
    return [balances];
  }

  override render(): TemplateResult | typeof nothing {
    const { attendance } = this;
    if (attendance === null) return nothing;
    const balances = attendance.balances.value;
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${msg("Leave left", { id: "own.balances" })}>
      ${balances.length === 0 ? html`<p>${msg("No kind of leave is counted for you.", { id: "own.balances.none" })}</p>` : nothing}
      <ul>
        ${balances.map(
          ({ leaveKind, granted, used, pending, remaining }) => html`<li class="card">
            <h2>${leaveKindWord(leaveKind, attendance.leaveKinds, locale.value)}</h2>
            <p class="left">${minutesWord(remaining)}</p>
            <dl class="quiet-text">
              <dt>${msg("Granted", { id: "own.balances.granted" })}</dt>
              <dd>${minutesWord(granted)}</dd>
              <dt>${msg("Used", { id: "own.balances.used" })}</dt>
              <dd>${minutesWord(used)}</dd>
              <dt>${msg("Asked for", { id: "own.balances.pending" })}</dt>
              <dd>${minutesWord(pending)}</dd>
            </dl>
          </li>`,
        )}
      </ul>
      ${attendance.offered.includes("leave") ? html`<div class="row"><button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "leave" } })}>${msg("Ask for leave", { id: "own.balances.ask" })}</button></div>` : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-balances": CfOwnBalances;
  }
}
