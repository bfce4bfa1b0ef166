import { msg } from "@lit/localize";
import { css, html, type TemplateResult } from "lit";

import type { TotpOffer } from "../../../app/api/access.ts";
import { codeField } from "./code-field.ts";
import { qrCode } from "./qr-code.ts";

export const authenticatorStyles = css`
  .authenticator {
    display: grid;
    gap: var(--cf-space-3);
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: step;
  }

  .authenticator > li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 4px 12px;
    counter-increment: step;
  }

  .authenticator > li::before {
    content: counter(step);
    display: grid;
    place-content: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: var(--cf-accent-ground);
    color: var(--cf-accent);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .authenticator > li > div {
    display: grid;
    gap: var(--cf-space-2);
    padding-block-start: 4px;
  }

  .authenticator .both {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--cf-space-3) var(--cf-space-4);
  }

  .authenticator .both > div {
    flex: 1 1 220px;
    min-inline-size: 0;
  }

  .authenticator .qr {
    inline-size: min(216px, 100%);
    border: 1px solid var(--cf-line);
    border-radius: var(--cf-radius-small);
  }

  .authenticator .typed {
    font-family: var(--cf-font-mono);
    font-size: 17px;
    line-height: 1.6;
    overflow-wrap: anywhere;
    user-select: all;
  }

  .authenticator wa-input {
    max-inline-size: 360px;
  }
`;

/** Takes an authenticator app in: scan or type, then the code that proves it. */
export function authenticator(options: { readonly offer: TotpOffer; readonly code: string; readonly error?: string | undefined; readonly onCode: (code: string) => void }): TemplateResult {
  const { offer, code, error, onCode } = options;
  return html`<ol class="authenticator">
    <li>
      <div><p>${msg("Open an authenticator app on your phone and add an account. Any app will do, such as Aegis, Google Authenticator or Microsoft Authenticator.", { id: "admin.totp.open" })}</p></div>
    </li>
    <li>
      <div>
        <p>${msg("Scan this with it.", { id: "admin.totp.scan" })}</p>
        <div class="both">
          ${qrCode(offer.uri, msg("QR code for the authenticator app", { id: "admin.totp.qr" }))}
          <div>
            <p class="small quiet">${msg("Or type this in, as a time-based key:", { id: "admin.totp.type" })}</p>
            <p class="typed">${inFours(offer.secret)}</p>
          </div>
        </div>
      </div>
    </li>
    <li>
      <div>${codeField({ value: code, error, hint: msg("The app shows a new one every 30 seconds.", { id: "admin.totp.code.hint" }), onInput: onCode })}</div>
    </li>
  </ol>`;
}

function inFours(text: string): string {
  return text.replace(/(.{4})(?=.)/g, "$1 ");
}
