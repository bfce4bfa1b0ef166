import { localized, msg } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Failure } from "../../domain/errors.ts";

/** @summary Shown when the app cannot open its store: what is wrong and what to do. */
@customElement("cf-start-failed")
@localized()
export class StartFailed extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      min-block-size: 100vh;
      padding: var(--cf-space-4);
    }

    main {
      display: grid;
      gap: var(--cf-space-3);
      inline-size: min(100%, 640px);
      font-size: 20px;
    }

    h1 {
      margin: 0;
      font-size: 36px;
      line-height: 1.2;
    }

    p {
      margin: 0;
    }

    code {
      color: var(--cf-ink-quiet);
      font-family: var(--cf-font-mono);
      font-size: 16px;
      overflow-wrap: anywhere;
    }

    button {
      justify-self: start;
      min-block-size: var(--cf-target);
      padding-inline: var(--cf-space-5);
      border: 0;
      border-radius: var(--cf-radius);
      background: var(--cf-accent);
      color: var(--cf-on-accent);
      font: inherit;
      font-weight: 600;
    }
  `;

  @property({ attribute: false }) failure: Failure | undefined;

  readonly #reload = (): void => location.reload();

  #advice(): string {
    if (!globalThis.isSecureContext) {
      return msg("The app needs a secure address: open it by https, or as localhost on this machine.", { id: "app.failed.insecure" });
    }
    if (this.failure?.kind === "store/emptied") {
      return msg("Both copies of the data on this tablet are gone, so it does not go on as if it were new. Restore a backup on another tablet, or clear this site's data in the browser and set the tablet up again. Punches that the hub or a backup has are not lost.", {
        id: "app.failed.emptied",
      });
    }
    if (this.failure?.kind === "store/keys-lost") {
      return msg("The data is there, but the keys that open it are gone. Nothing was overwritten. Restore a backup on another tablet, or clear this site's data in the browser and set the tablet up again.", {
        id: "app.failed.keys",
      });
    }
    if (this.failure?.kind.startsWith("store/") === true) {
      return msg("The browser does not let this page keep data. Do not use a private window, allow storage in the site settings, then reload.", {
        id: "app.failed.storage",
      });
    }
    return msg("Reload the page. If it stays like this, tell an administrator what stands below.", { id: "app.failed.other" });
  }

  override render(): TemplateResult {
    const { kind = "", detail = "" } = this.failure ?? {};
    return html`
      <main role="alert">
        <h1>${msg("The app cannot start", { id: "app.failed.title" })}</h1>
        <p>${this.#advice()}</p>
        <code>${[kind, detail].filter(Boolean).join(": ")}</code>
        <button type="button" @click=${this.#reload}>${msg("Reload", { id: "app.failed.reload" })}</button>
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-start-failed": StartFailed;
  }
}
