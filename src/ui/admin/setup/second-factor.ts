import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";

import type { TotpOffer } from "../../../app/api/access.ts";
import { choices, type Choice } from "../parts/choices.ts";
import { authenticator } from "../users/authenticator.ts";
import { passkeysPossible } from "../users/passkeys.ts";
import type { Factor } from "./draft.ts";

/** Why there is a second factor, which one, and taking it in. */
export function secondFactorStep(options: {
  readonly factor: Factor;
  readonly offer: TotpOffer;
  readonly code: string;
  readonly error: string | undefined;
  readonly onFactor: (factor: Factor) => void;
  readonly onCode: (code: string) => void;
}): TemplateResult {
  const { factor, offer, code, error, onFactor, onCode } = options;
  const ways: readonly Choice<Factor>[] = [
    { value: "app", title: msg("Authenticator app on my phone", { id: "admin.factor.app" }), meaning: msg("It shows a code of six digits. The phone needs no network for it.", { id: "admin.factor.app.what" }) },
    ...(passkeysPossible()
      ? [{ value: "passkey" as const, title: msg("Passkey", { id: "admin.factor.passkey" }), meaning: msg("A security key, or this tablet's own fingerprint or screen lock. It is added after the next step.", { id: "admin.factor.passkey.what" }) }]
      : []),
    { value: "later", title: msg("I have no phone with me", { id: "admin.factor.later" }), meaning: msg("Go on and finish setting up. At your next sign-in on this tablet the second factor comes before anything else.", { id: "admin.factor.later.what" }) },
  ];
  return html`<p>${msg("A passphrase can be watched or found; with a second factor that alone opens nothing.", { id: "admin.factor.why" })}</p>
    <div class="factor">${choices({ name: "factor", legend: msg("What do you have?", { id: "admin.factor.choice" }), chosen: factor, of: ways, onChoose: onFactor })}</div>
    ${factor === "app" ? html`<section class="card">${authenticator({ offer, code, error, onCode })}</section>` : nothing}`;
}
