import { localized, msg } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Locale } from "../../domain/people/types.ts";
import { LOCALES, LOCALE_NAMES, chooseLocale, locale } from "../i18n/localize.ts";

/**
 * @summary The first page of a tablet that nobody has set up: two ways on.
 * @event cf-navigate - detail: the path to go to
 */
@customElement("cf-welcome")
@localized()
export class Welcome extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      place-items: center;
      min-block-size: 100vh;
      padding: var(--cf-space-4);
    }

    main {
      display: grid;
      gap: var(--cf-space-5);
      inline-size: min(100%, 720px);
    }

    h1 {
      margin: 0;
      font-size: clamp(32px, 5vw, 48px);
      line-height: 1.15;
      letter-spacing: -0.01em;
    }

    p {
      margin: var(--cf-space-2) 0 0;
      color: var(--cf-ink-quiet);
      font-size: 20px;
    }

    .ways {
      display: grid;
      gap: var(--cf-target-gap);
    }

    a {
      display: grid;
      gap: var(--cf-space-1);
      align-content: center;
      min-block-size: calc(var(--cf-target) * 1.6);
      padding: var(--cf-space-4);
      border: 2px solid var(--cf-edge);
      border-radius: var(--cf-radius);
      background: var(--cf-raised);
      color: var(--cf-ink);
      text-decoration: none;
    }

    a.first {
      border-color: var(--cf-accent);
      background: var(--cf-accent);
      color: var(--cf-on-accent);
    }

    a strong {
      font-size: 24px;
      line-height: 1.3;
    }

    a span {
      font-size: 17px;
    }

    a:focus-visible,
    button:focus-visible {
      outline: 4px solid var(--cf-focus);
      outline-offset: 3px;
    }

    .languages {
      display: flex;
      gap: var(--cf-space-2);
    }

    button {
      min-block-size: 48px;
      padding-inline: var(--cf-space-3);
      border: 1px solid transparent;
      border-radius: var(--cf-radius-small);
      background: none;
      color: var(--cf-ink);
      font: inherit;
      font-size: 17px;
      cursor: pointer;
    }

    button[aria-pressed="true"] {
      border-color: var(--cf-edge);
      font-weight: 650;
    }
  `;

  @state() private chosen: Locale = locale.value;

  readonly #choose = (next: Locale) => (): void => {
    this.chosen = next;
    void chooseLocale(next);
  };

  readonly #navigate = (event: MouseEvent): void => {
    const link = event.currentTarget;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("cf-navigate", { detail: link.pathname, bubbles: true, composed: true }));
  };

  override render(): TemplateResult {
    return html`
      <main>
        <header>
          <h1>${msg("Welcome to Clockface", { id: "app.welcome.title" })}</h1>
          <p>${msg("Face attendance at the door. Everything that touches a face stays on this tablet.", { id: "app.welcome.lead" })}</p>
        </header>
        <nav class="ways">
          <a class="first" href="/admin" @click=${this.#navigate}>
            <strong>${msg("Set up this tablet", { id: "app.welcome.set-up" })}</strong>
            <span>${msg("About five minutes: organisation, administrator, camera, first person", { id: "app.welcome.set-up.hint" })}</span>
          </a>
          <a href="/practice" @click=${this.#navigate}>
            <strong>${msg("Practice first", { id: "app.welcome.practice" })}</strong>
            <span>${msg("A moving portrait walks up to the kiosk; nothing is recorded", { id: "app.welcome.practice.hint" })}</span>
          </a>
        </nav>
        <div class="languages" role="group" aria-label=${msg("Language", { id: "app.welcome.language" })}>
          ${LOCALES.map(
            (each) =>
              html`<button type="button" lang=${each} aria-pressed=${each === this.chosen ? "true" : "false"} @click=${this.#choose(each)}>
                ${LOCALE_NAMES[each]}
              </button>`,
          )}
        </div>
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-welcome": Welcome;
  }
}
