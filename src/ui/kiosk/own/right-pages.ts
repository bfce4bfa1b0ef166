import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";

import type { OwnFacts, OwnFailure } from "../../../app/api/own-record.ts";
import { failureText } from "../../i18n/failures.ts";
import { sentences } from "../../i18n/sentences.ts";

/** What a person can do with their own face data here. */
export type Right = "withdraw" | "freeze";

function noPin(helpContact: string): string {
  return helpContact === ""
    ? msg("You have no PIN yet: have one issued, so that you can go on clocking in.", { id: "kiosk.own.no-pin" })
    : msg(str`You have no PIN yet: ask ${helpContact} for one, so that you can go on clocking in.`, { id: "kiosk.own.no-pin.ask" });
}

/** What it does, before it is done. */
export function rightPage(right: Right, facts: OwnFacts, helpContact: string, trouble: OwnFailure | null): TemplateResult {
  return html`${right === "withdraw"
      ? html`<p>${msg("You take your consent back. Your face data is erased from this tablet at once and cannot be brought back. The punches that were recorded stay.", { id: "kiosk.own.withdraw.what" })}</p>`
      : html`<p>${msg("For when you believe that your face is being misused. From now on nobody clocks in with it, nor do you. Two people of the administration have to lift it.", { id: "kiosk.own.freeze.what" })}</p>`}
    <p>${facts.hasPin ? msg("You go on clocking in with your number and PIN, with the same standing.", { id: "kiosk.own.pin-goes-on" }) : noPin(helpContact)}</p>
    ${trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(failureText(trouble).happened, failureText(trouble).todo)}</p>`}`;
}

/** What came of it. */
export function rightDonePage(right: Right, facts: OwnFacts, helpContact: string, certificate: string | null): TemplateResult {
  const pin = facts.hasPin ? nothing : html`<p>${noPin(helpContact)}</p>`;
  if (right === "freeze") return html`<p>${msg("Please tell HR what happened. They lift it together with a second person once it is cleared up.", { id: "kiosk.own.freeze.next" })}</p>${pin}`;
  return html`${certificate === null
      ? html`<p>${facts.erasing ? msg("Its bytes are destroyed as soon as the tablet can. HR hands you the certificate then.", { id: "kiosk.own.withdraw.pending" }) : msg("There is no face data of you on this tablet.", { id: "kiosk.own.withdraw.none" })}</p>`
      : html`<p>${msg("It was erased, key and data. HR hands you the certificate with this number:", { id: "kiosk.own.withdraw.certificate" })}</p>
          <p class="receipt">${certificate}</p>`}${pin}`;
}
